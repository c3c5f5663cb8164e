//! The unit gives a case back as outside its competence.

use super::text::required_text;
use crate::{
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        TextArea,
        form::enhance::{Fields, value},
    },
};
use leptos::prelude::*;

/// The one text.
pub fn fields(_: &CaseFile) -> AnyView {
    view! { <TextArea name="back_reason" label="Lý do trả lại" rows=5 /> }.into_any()
}

fn parse(back_reason: &str) -> Result<String, FieldErrors> {
    required_text("back_reason", back_reason, "Vui lòng nêu lý do trả lại.")
}

/// The rule that needs no server.
///
/// # Errors
/// At `back_reason` if it is empty or too long.
pub fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(value(fields, "back_reason")).map(drop)
}

/// Gives a case back.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `back_reason` if it is
/// empty or too long.
#[server(endpoint = "quan-tri/ho-so/tra_lai")]
pub async fn send_back(
    number: String,
    seen: i64,
    #[server(default)] back_reason: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, CaseId},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::SendBack, &number, seen).await?;
    let back_reason = parse(&back_reason)?;
    sqlx::query!(
        "update feedback_case set assigned_unit_id = null, handler_id = null where case_id = $1",
        transition.case.id as CaseId
    )
    .execute(&mut *transition.tx)
    .await?;
    transition
        .commit_with(CaseEvent::SentBack, &back_reason)
        .await
}
