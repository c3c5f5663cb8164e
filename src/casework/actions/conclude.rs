//! States what was found and what is done about it (Decree 20/2008 art. 14.2).

use super::action_form::{ActionForm, required_text};
use crate::{
    case::{Finding, Kind},
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        Choice, RadioGroup, TextArea,
        form::{Fields, value},
    },
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// Finding and measures.
fn fields(file: &CaseFile) -> AnyView {
    let findings = findings(file.kind).iter();
    let findings = findings
        .map(|finding| Choice::new(finding.code(), finding.label()))
        .collect::<Vec<_>>();
    view! {
        <RadioGroup
            name="finding"
            legend="Kết luận"
            choices=findings
            value=file.finding.map(Finding::code).unwrap_or_default()
        />
        <TextArea
            name="measures"
            label="Kết quả xác minh và biện pháp xử lý"
            value=file.measures.clone()
            rows=8
        />
    }
    .into_any()
}

/// Findings that may be stated on a kind.
fn findings(kind: Kind) -> &'static [Finding] {
    let (conduct, regulation) = Finding::ALL.split_at(5);
    match kind {
        Kind::Regulation => regulation,
        Kind::Conduct | Kind::LateDossier => conduct,
    }
}

/// Finding and measures, as far as they can be judged without the case.
///
/// # Errors
/// At `finding` if none was chosen; at `measures` if they are missing or too long.
fn parse(finding: &str, measures: &str) -> Result<(Finding, String), FieldErrors> {
    let ask = "Vui lòng ghi kết quả xác minh và biện pháp xử lý.";
    let measures = required_text("measures", measures, ask);
    match (Finding::from_code(finding), measures) {
        (Some(finding), measures) => Ok((finding, measures?)),
        (None, measures) => {
            let mut errors = no_finding();
            for (field, message) in measures.err().iter().flat_map(FieldErrors::all) {
                errors.add(field, message);
            }
            Err(errors)
        }
    }
}

fn no_finding() -> FieldErrors {
    FieldErrors::at("finding", "Vui lòng chọn kết luận.")
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(value(fields, "finding"), value(fields, "measures")).map(drop)
}

/// States the finding and the measures.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `finding` or `measures`.
#[server(endpoint = "quan-tri/ho-so/ket_luan")]
pub async fn conclude(
    number: String,
    seen: i64,
    #[server(default)] finding: String,
    #[server(default)] measures: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, BodyField, CaseEvent, CaseId},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::Conclude, &number, seen).await?;
    let (finding, measures) = parse(&finding, &measures)?;
    if !findings(transition.case.kind).contains(&finding) {
        return Err(no_finding().into());
    }
    transition.write_body(BodyField::Finding, &measures).await?;
    sqlx::query!(
        "update feedback_case set finding = $2 where case_id = $1",
        transition.case.id as CaseId,
        finding as Finding
    )
    .execute(&mut *transition.tx)
    .await?;
    transition.commit(CaseEvent::Concluded { finding }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_belongs_to_its_kind() {
        assert!(findings(Kind::LateDossier).contains(&Finding::True));
        assert!(!findings(Kind::Regulation).contains(&Finding::True));
        assert!(findings(Kind::Regulation).contains(&Finding::NotYetGrounded));
        assert!(!findings(Kind::Conduct).contains(&Finding::NotYetGrounded));
    }

    #[test]
    fn finding_and_measures_are_both_asked_for() {
        let refused = |finding, measures| parse(finding, measures).unwrap_err();
        assert!(refused("", "đã kiểm tra").get("finding").is_some());
        assert!(refused("dung", " ").get("measures").is_some());
        assert_eq!(refused("", "").all().len(), 2, "in one round");
    }
}
