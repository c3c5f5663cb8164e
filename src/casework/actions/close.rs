//! Closes an answered case.

use super::action_form::ActionForm;
use crate::error::AppError;
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Confirm(
    "Đóng khi đã quá 10 ngày làm việc mà người phản ánh không đề nghị xem lại, \
        hoặc theo ý kiến lãnh đạo.",
);

/// Closes a case.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin).
#[server(endpoint = "quan-tri/ho-so/ket_thuc")]
pub async fn close(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, CaseId},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::Close, &number, seen).await?;
    let today = transition.today();
    sqlx::query!(
        "update feedback_case set closed_on = $2 where case_id = $1",
        transition.case.id as CaseId,
        today
    )
    .execute(&mut *transition.tx)
    .await?;
    transition.commit(CaseEvent::Closed).await
}
