//! The unit gives a case back as outside its competence.

use super::action_form::{ActionForm, OneText};
use crate::error::AppError;
use leptos::prelude::*;

const TEXT: OneText = OneText::new(
    "back_reason",
    "Lý do trả lại",
    "Vui lòng nêu lý do trả lại.",
);

pub const FORM: ActionForm = ActionForm::Text(TEXT);

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
    let back_reason = TEXT.parse(&back_reason)?;
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
