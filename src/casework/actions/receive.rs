//! Receives a case: the day of receipt stays the day it arrived.

use super::action_form::ActionForm;
use crate::error::AppError;
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Confirm("Ngày nhận giữ nguyên là ngày phản ánh đến.");

/// Receives a case.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin).
#[server(endpoint = "quan-tri/ho-so/tiep_nhan")]
pub async fn receive(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::Transition,
    };
    let transition = Transition::begin(Action::Receive, &number, seen).await?;
    transition.commit(CaseEvent::Received).await
}
