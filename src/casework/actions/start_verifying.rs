//! The unit begins to verify.

use super::action_form::ActionForm;
use crate::error::AppError;
use leptos::prelude::*;

pub const FORM: ActionForm =
    ActionForm::Confirm("Người phản ánh sẽ thấy hồ sơ đang được xác minh.");

/// Begins to verify.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin).
#[server(endpoint = "quan-tri/ho-so/xac_minh")]
pub async fn start_verifying(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::Transition,
    };
    let transition = Transition::begin(Action::StartVerifying, &number, seen).await?;
    transition.commit(CaseEvent::VerificationStarted).await
}
