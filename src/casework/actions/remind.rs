//! Reminds whoever has a case: its row in their inbox says so until the case moves on. Once a day.

use super::action_form::ActionForm;
use crate::error::AppError;
use leptos::prelude::*;

pub const FORM: ActionForm =
    ActionForm::Confirm("Người đang giữ hồ sơ thấy lời nhắc trong danh sách của mình.");

/// Reminds whoever has a case.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); [`AppError::Conflict`] if they
/// were reminded today.
#[server(endpoint = "quan-tri/ho-so/nhac")]
pub async fn remind(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::Action,
        casework::ssr::{Transition, note_reminder},
    };
    let mut transition = Transition::begin(Action::Remind, &number, seen).await?;
    let event = note_reminder(&mut transition).await?;
    transition.commit(event).await
}
