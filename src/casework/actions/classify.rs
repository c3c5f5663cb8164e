//! Says what and whom feedback is about, and counts the deadline again by the rule of its kind.

use super::{action_form::ActionForm, select_choices};
use crate::{
    case::{BRIBERY, Kind, REASONS, UnitId},
    casework::case_page::{CaseFile, UNKNOWN_UNIT},
    error::{AppError, FieldErrors},
    ui::{
        CheckField, CheckGroup, Choice, RadioGroup, SelectField,
        form::{Fields, value, values},
    },
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// Kind, reasons, whom it is about, and whether it is kept closer.
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
    let mut places = vec![Choice::new(UNKNOWN_UNIT, "Chưa xác định được")];
    places.extend(select_choices(&file.choices.places));
    let by = file.choices.classify_by.clone();
    view! {
        {(!by.is_empty())
            .then(|| view! { <p>"Phân loại chậm nhất "<strong>{by}</strong>"."</p> })}
        <RadioGroup name="kind" legend="Loại" choices=kinds value=file.kind.code() />
        <CheckGroup
            name="reasons[]"
            legend="Lý do"
            hint="Chỉ lý do thuộc loại đã chọn được ghi nhận."
            choices=reasons
            values=file.choices.reasons.clone()
        />
        <SelectField
            name="concerned"
            label="Đơn vị được phản ánh"
            hint="Đơn vị này và các đơn vị trực thuộc không được xử lý phản ánh về hành vi của mình. \
            Phải rõ trước khi giao; khi chưa xác định được, chỉ Tổ kiểm tra xác minh."
            choices=places
            value=file.choices.concerned.clone()
        />
        <CheckField
            name="denunciation"
            label="Giữ kín – có dấu hiệu tố cáo"
            hint="Chỉ lãnh đạo Sở, và Tổ kiểm tra khi được giao, còn xem được hồ sơ. Lý do nhũng nhiễu \
            luôn được giữ kín."
            checked=file.choices.denunciation
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
    /// Whom it is about.
    concerned: Concerned,
}

/// What is said of the unit that feedback is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Concerned {
    /// Nothing: it stays as it was.
    AsBefore,
    /// Nobody knows yet.
    Unknown,
    /// This one.
    Unit(UnitId),
}

impl Concerned {
    fn parse(typed: &str) -> Result<Self, FieldErrors> {
        match typed {
            "" => Ok(Self::AsBefore),
            UNKNOWN_UNIT => Ok(Self::Unknown),
            id => id
                .parse()
                .map(|id| Self::Unit(UnitId(id)))
                .map_err(|_| unknown_unit()),
        }
    }
}

fn unknown_unit() -> FieldErrors {
    FieldErrors::at("concerned", "Vui lòng chọn đơn vị trong danh sách.")
}

impl Classification {
    /// Reads the form. Reasons of another kind are dropped: the boxes of every kind are on the
    /// page.
    ///
    /// # Errors
    /// At `kind`, `reasons[]` or `concerned`.
    fn parse(
        kind: &str,
        reasons: &[String],
        denunciation: &str,
        concerned: &str,
    ) -> Result<Self, FieldErrors> {
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
            denunciation: denunciation == "1" || reasons.iter().any(|code| code == BRIBERY),
            reasons,
            concerned: Concerned::parse(concerned)?,
        })
    }
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    let (kind, reasons) = (value(fields, "kind"), values(fields, "reasons[]"));
    let (denunciation, concerned) = (value(fields, "denunciation"), value(fields, "concerned"));
    Classification::parse(kind, &reasons, denunciation, concerned).map(drop)
}

/// Classifies a case.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `kind`, `reasons[]` or
/// `concerned`.
#[server(endpoint = "quan-tri/ho-so/phan_loai")]
pub async fn classify(
    number: String,
    seen: i64,
    #[server(default)] kind: String,
    #[server(default)] reasons: Vec<String>,
    #[server(default)] denunciation: String,
    #[server(default)] concerned: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, CaseId, Confidentiality},
        casework::ssr::{Transition, count_deadline, is_unit},
    };
    let mut transition = Transition::begin(Action::Classify, &number, seen).await?;
    let Classification {
        kind,
        reasons,
        denunciation,
        concerned,
    } = Classification::parse(&kind, &reasons, &denunciation, &concerned)?;
    let concerned = match concerned {
        Concerned::AsBefore => transition.case.concerned_unit,
        Concerned::Unknown => None,
        Concerned::Unit(unit) if is_unit(&mut transition, unit).await? => Some(unit),
        Concerned::Unit(_) => return Err(unknown_unit().into()),
    };
    let due = match transition.case.is_lead {
        true => None,
        false => Some(count_deadline(&mut transition, kind).await?),
    };
    let secrecy = match (denunciation, transition.case.secrecy) {
        (true, _) => Confidentiality::Denunciation,
        // whoever sees it looked and found none; what the submitter wished is not known any more
        (false, Confidentiality::Denunciation) => Confidentiality::IdentityHidden,
        (false, as_before) => as_before,
    };
    sqlx::query!(
        "update feedback_case
        set kind = $2, reasons = $3, secrecy = $4, due_on = $5, due_rule = $6,
            calendar_version = $7, concerned_unit_id = $8
        where case_id = $1",
        transition.case.id as CaseId,
        kind as Kind,
        &reasons,
        secrecy as Confidentiality,
        due.as_ref().map(|due| due.due_on),
        due.as_ref().map(|_| kind.service_level().code()),
        due.as_ref().map(|due| due.calendar_version),
        concerned as Option<UnitId>
    )
    .execute(&mut *transition.tx)
    .await?;
    let event = CaseEvent::Classified {
        classified_as: Some(kind),
        reasons,
        denunciation,
        concerned,
    };
    transition.commit(event).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_another_kind_do_not_count() {
        let ticked = ["HV_KHAC", "QD_KHAC", "<script>"].map(str::to_owned);
        let parsed = Classification::parse("quy_dinh", &ticked, "", "");
        let parsed = parsed.expect("one is of the kind");
        assert_eq!(parsed.reasons, ["QD_KHAC"]);
        assert!(!parsed.denunciation);
        let refused = |kind, unit| Classification::parse(kind, &ticked, "1", unit).unwrap_err();
        assert!(refused("tre_hen", "").get("reasons[]").is_some());
        assert!(refused("", "").get("kind").is_some());
        assert!(refused("quy_dinh", "x").get("concerned").is_some());
    }

    #[test]
    fn bribery_is_kept_closer_though_the_box_was_left_empty() {
        let ticked = ["HV_CHAM_TRE", BRIBERY].map(str::to_owned);
        let parsed = Classification::parse("hanh_vi", &ticked, "", "");
        assert!(parsed.is_ok_and(|parsed| parsed.denunciation));
    }

    #[test]
    fn what_is_not_said_of_the_unit_stays_and_not_known_is_said() {
        for (typed, said) in [
            ("", Concerned::AsBefore),
            (UNKNOWN_UNIT, Concerned::Unknown),
            ("7", Concerned::Unit(UnitId(7))),
        ] {
            assert_eq!(Concerned::parse(typed), Ok(said));
        }
    }
}
