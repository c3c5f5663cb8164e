//! Takes the newest step back, within ten minutes and as long as it has reached nobody. The history
//! keeps both.

use super::action_form::ActionForm;
use crate::error::AppError;
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Confirm("Hồ sơ trở lại như trước bước vừa ghi.");

/// Takes the newest step back.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `undo` if somebody was
/// faster.
#[server(endpoint = "quan-tri/ho-so/hoan_tac")]
pub async fn undo(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::{Transition, take_back},
    };
    let mut transition = Transition::begin(Action::Undo, &number, seen).await?;
    let action = take_back(&mut transition, seen).await?;
    transition.commit(CaseEvent::Undone { action }).await
}
