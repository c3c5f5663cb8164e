//! Says what feedback is about, and counts the deadline again by the rule of its kind.

use super::action_form::ActionForm;
use crate::{
    case::{Kind, REASONS},
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        CheckField, CheckGroup, Choice, RadioGroup,
        form::{Fields, value, values},
    },
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// Kind, reasons, and whether it is kept closer.
fn fields(file: &CaseFile) -> AnyView {
    let kinds = Kind::ALL.iter();
    let kinds = kinds
        .map(|kind| Choice::new(kind.code(), kind.label()))
        .collect::<Vec<_>>();
    let reasons = REASONS.iter().map(|reason| {
        let label = format!("{} – {}", reason.kind.short(), reason.label);
        Choice::new(reason.code, label)
    });
    let reasons = reasons.collect::<Vec<_>>();
    view! {
        <RadioGroup name="kind" legend="Loại" choices=kinds value=file.kind.code() />
        <CheckGroup
            name="reasons[]"
            legend="Lý do"
            hint="Chỉ lý do thuộc loại đã chọn được ghi nhận."
            choices=reasons
            values=file.choices.reasons.clone()
        />
        <CheckField
            name="denunciation"
            label="Giữ kín – có dấu hiệu tố cáo"
            hint="Chỉ lãnh đạo Sở và tổ kiểm tra còn xem được hồ sơ."
        />
    }
    .into_any()
}

/// What feedback is about.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Classification {
    kind: Kind,
    /// Codes of the reasons, at least one, all of the kind.
    reasons: Vec<String>,
    /// Signs of a denunciation: fewer people may see it.
    denunciation: bool,
}

impl Classification {
    /// Reads the form. Reasons of another kind are dropped: the boxes of every kind are on the
    /// page.
    ///
    /// # Errors
    /// At `kind` or `reasons[]`.
    fn parse(kind: &str, reasons: &[String], denunciation: &str) -> Result<Self, FieldErrors> {
        let kind = Kind::from_code(kind)
            .ok_or_else(|| FieldErrors::at("kind", "Vui lòng chọn loại phản ánh."))?;
        let of_kind = kind.reasons().map(|reason| reason.code.to_owned());
        let reasons: Vec<_> = of_kind.filter(|code| reasons.contains(code)).collect();
        if reasons.is_empty() {
            let message = "Vui lòng chọn ít nhất một lý do thuộc loại đã chọn.";
            return Err(FieldErrors::at("reasons[]", message));
        }
        Ok(Self {
            kind,
            reasons,
            denunciation: denunciation == "1",
        })
    }
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    let (kind, reasons) = (value(fields, "kind"), values(fields, "reasons[]"));
    Classification::parse(kind, &reasons, value(fields, "denunciation")).map(drop)
}

/// Classifies a case.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `kind` or `reasons[]`.
#[server(endpoint = "quan-tri/ho-so/phan_loai")]
pub async fn classify(
    number: String,
    seen: i64,
    #[server(default)] kind: String,
    #[server(default)] reasons: Vec<String>,
    #[server(default)] denunciation: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, CaseId, Confidentiality},
        casework::ssr::{Transition, count_deadline},
    };
    let mut transition = Transition::begin(Action::Classify, &number, seen).await?;
    let Classification {
        kind,
        reasons,
        denunciation,
    } = Classification::parse(&kind, &reasons, &denunciation)?;
    let due = match transition.case.is_lead {
        true => None,
        false => Some(count_deadline(&mut transition, kind).await?),
    };
    let secrecy = match denunciation {
        true => Confidentiality::Denunciation,
        false => transition.case.secrecy,
    };
    sqlx::query!(
        "update feedback_case
        set kind = $2, reasons = $3, secrecy = $4, due_on = $5, due_rule = $6,
            calendar_version = $7
        where case_id = $1",
        transition.case.id as CaseId,
        kind as Kind,
        &reasons,
        secrecy as Confidentiality,
        due.as_ref().map(|due| due.due_on),
        due.as_ref().map(|_| kind.service_level().code()),
        due.as_ref().map(|due| due.calendar_version)
    )
    .execute(&mut *transition.tx)
    .await?;
    let event = CaseEvent::Classified {
        classified_as: Some(kind),
        reasons,
        denunciation,
    };
    transition.commit(event).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_another_kind_do_not_count() {
        let ticked = ["HV_KHAC", "QD_KHAC", "<script>"].map(str::to_owned);
        let parsed = Classification::parse("quy_dinh", &ticked, "").expect("one is of the kind");
        assert_eq!(parsed.reasons, ["QD_KHAC"]);
        assert!(!parsed.denunciation);
        let refused = |kind| Classification::parse(kind, &ticked, "1").unwrap_err();
        assert!(refused("tre_hen").get("reasons[]").is_some());
        assert!(refused("").get("kind").is_some());
    }
}
