//! Approves the draft: from now on the submitter reads it. "On time" is measured here.

use super::action_form::ActionForm;
use crate::error::AppError;
use leptos::prelude::*;

pub const FORM: ActionForm =
    ActionForm::Confirm("Người phản ánh đọc được nội dung trả lời ngay sau khi phê duyệt.");

/// Approves the draft; the submitter is answered.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); [`AppError::Conflict`] if
/// there is no draft.
#[server(endpoint = "quan-tri/ho-so/tra_loi")]
pub async fn answer(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, BodyField, CaseEvent, CaseId},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::Answer, &number, seen).await?;
    let draft = transition.body(BodyField::Reply).await?;
    draft.ok_or(AppError::Conflict)?;
    let today = transition.today();
    sqlx::query!(
        "update feedback_case set answered_on = $2 where case_id = $1",
        transition.case.id as CaseId,
        today
    )
    .execute(&mut *transition.tx)
    .await?;
    transition.commit(CaseEvent::Answered).await
}
