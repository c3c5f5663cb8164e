//! Guides the submitter to the procedure that the law has for what they wrote (Law on Complaints
//! 2011, Law on Denunciations 2018, Land Law).

use super::{
    action_form::{ActionForm, optional_text},
    letters,
};
use crate::{
    case::OtherProcedure,
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        Choice, RadioGroup, TextArea,
        form::{Fields, value},
    },
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// The procedure, and what is added to the guidance.
fn fields(_: &CaseFile) -> AnyView {
    let procedures = OtherProcedure::REDIRECTS.map(|procedure| {
        let guidance = letters::guidance(procedure);
        Choice::new(procedure.code(), procedure.label()).help(guidance)
    });
    view! {
        <RadioGroup name="procedure" legend="Nội dung là" choices=procedures.to_vec() />
        <TextArea
            name="guidance"
            label="Hướng dẫn thêm"
            hint="Thêm vào lời hướng dẫn có sẵn; có thể để trống."
            rows=4
            optional=true
        />
    }
    .into_any()
}

fn parse(procedure: &str, added: &str) -> Result<(OtherProcedure, String), FieldErrors> {
    Ok((
        parse_procedure(procedure)?,
        optional_text("guidance", added)?,
    ))
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(value(fields, "procedure"), value(fields, "guidance")).map(drop)
}

fn parse_procedure(code: &str) -> Result<OtherProcedure, FieldErrors> {
    let offered = |procedure: &OtherProcedure| OtherProcedure::REDIRECTS.contains(procedure);
    OtherProcedure::from_code(code)
        .filter(offered)
        .ok_or_else(|| FieldErrors::at("procedure", "Vui lòng chọn nội dung hướng dẫn."))
}

/// Guides the submitter. A sign of denunciation is kept closer from here on.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `procedure` if none was
/// chosen, or `guidance` if it is too long.
#[server(endpoint = "quan-tri/ho-so/huong_dan_kntc")]
pub async fn redirect(
    number: String,
    seen: i64,
    #[server(default)] procedure: String,
    #[server(default)] guidance: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, CaseId, Confidentiality, Direction},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::Redirect, &number, seen).await?;
    let (procedure, added) = parse(&procedure, &guidance)?;
    if procedure == OtherProcedure::Denunciation {
        sqlx::query!(
            "update feedback_case set secrecy = $2 where case_id = $1",
            transition.case.id as CaseId,
            Confidentiality::Denunciation as Confidentiality
        )
        .execute(&mut *transition.tx)
        .await?;
    }
    let letter = letters::redirected(procedure, &added);
    transition.add_message(Direction::Out, &letter).await?;
    let procedure = Some(procedure);
    transition.commit(CaseEvent::Redirected { procedure }).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_offered_may_be_chosen() {
        assert_eq!(parse_procedure("khieu_nai"), Ok(OtherProcedure::Complaint));
        assert!(parse_procedure("o_nhiem").is_err() && parse_procedure("").is_err());
    }
}
