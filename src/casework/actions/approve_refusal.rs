//! Approves a refusal that somebody else proposed, and informs the submitter of the reason.

use super::action_form::ActionForm;
use crate::error::AppError;
use leptos::prelude::*;

pub const FORM: ActionForm =
    ActionForm::Confirm("Người phản ánh nhận được lý do và hướng dẫn kèm theo đề xuất.");

/// Approves a refusal.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); [`AppError::Forbidden`] for
/// one's own proposal.
#[server(endpoint = "quan-tri/ho-so/duyet_tu_choi")]
pub async fn approve_refusal(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, Direction, Proposal},
        casework::{actions::letters, ssr::Transition},
    };
    let mut transition = Transition::begin(Action::ApproveRefusal, &number, seen).await?;
    let proposed = transition.last_event(Action::ProposeRefusal.code()).await?;
    let (CaseEvent::RefusalProposed { reason }, words) = proposed else {
        return Err(AppError::Conflict);
    };
    transition.clear_proposal(Proposal::Refuse).await?;
    let letter = letters::refused(reason, &words);
    transition.add_message(Direction::Out, &letter).await?;
    transition
        .commit(CaseEvent::RefusalApproved { reason })
        .await
}
