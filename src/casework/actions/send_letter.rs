//! The answer was sent by letter, as the submitter wished.

use super::action_form::ActionForm;
use crate::error::AppError;
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Confirm(
    "Ghi nhận đã gửi thư trả lời. Địa chỉ xem bằng cách mở danh tính cho việc này.",
);

/// The answer was sent by letter, as the submitter wished.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); [`AppError::Conflict`] if
/// none is owed.
#[server(endpoint = "quan-tri/ho-so/da_gui_thu")]
pub async fn send_letter(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::SendLetter, &number, seen).await?;
    transition.reply_is_given().await?;
    transition.commit(CaseEvent::LetterSent).await
}
