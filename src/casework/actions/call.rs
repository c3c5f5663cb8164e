//! The answer was told by telephone, as the submitter wished.

use super::action_form::ActionForm;
use crate::error::AppError;
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Confirm(
    "Ghi nhận đã gọi điện báo câu trả lời. Số điện thoại xem bằng cách mở danh tính cho việc này.",
);

/// The answer was told by telephone, as the submitter wished.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); [`AppError::Conflict`] if
/// none is owed.
#[server(endpoint = "quan-tri/ho-so/da_goi")]
pub async fn call(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::Call, &number, seen).await?;
    transition.reply_is_given().await?;
    transition.commit(CaseEvent::Called).await
}
