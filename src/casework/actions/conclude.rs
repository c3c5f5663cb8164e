//! States what was found and what is done about it (Decree 20/2008 art. 14.2).

use super::text::{error, required_text};
use crate::{
    case::{Finding, Kind},
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{Choice, RadioGroup, TextArea},
};
use leptos::prelude::*;

/// Finding and measures.
pub fn fields(file: &CaseFile) -> AnyView {
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

/// What was found.
///
/// # Errors
/// At `finding` if none was chosen, or one of another kind.
fn parse_finding(kind: Kind, code: &str) -> Result<Finding, FieldErrors> {
    let of_kind = Finding::from_code(code).filter(|finding| findings(kind).contains(finding));
    of_kind.ok_or_else(|| error("finding", "Vui lòng chọn kết luận."))
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
    let finding = parse_finding(transition.case.kind, &finding)?;
    let ask = "Vui lòng ghi kết quả xác minh và biện pháp xử lý.";
    let measures = required_text("measures", &measures, ask)?;
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
        assert_eq!(parse_finding(Kind::LateDossier, "dung"), Ok(Finding::True));
        assert!(parse_finding(Kind::Regulation, "dung").is_err());
        let not_yet = parse_finding(Kind::Regulation, "chua_du_co_so");
        assert_eq!(not_yet, Ok(Finding::NotYetGrounded));
        assert!(parse_finding(Kind::Conduct, "chua_du_co_so").is_err());
    }
}
