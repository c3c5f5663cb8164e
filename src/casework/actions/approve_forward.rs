//! Approves a forwarding that somebody else proposed, and informs the submitter of the recipient.

use super::action_form::ActionForm;
use crate::error::AppError;
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Confirm("Người phản ánh được báo cơ quan tiếp nhận.");

/// Approves a forwarding.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); [`AppError::Forbidden`] for
/// one's own proposal.
#[server(endpoint = "quan-tri/ho-so/duyet_chuyen")]
pub async fn approve_forward(number: String, seen: i64) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, Direction, Proposal},
        casework::{
            actions::letters,
            ssr::{Transition, external_body_name},
        },
    };
    let mut transition = Transition::begin(Action::ApproveForward, &number, seen).await?;
    let proposed = transition.last_event(Action::ProposeForward.code()).await?;
    let (CaseEvent::ForwardProposed { body: Some(body) }, words) = proposed else {
        return Err(AppError::Conflict);
    };
    let name = external_body_name(&mut transition.tx, body).await?;
    let name = name.ok_or(AppError::Internal)?;
    transition.clear_proposal(Proposal::Forward).await?;
    let letter = letters::forwarded(&name, &words);
    transition.add_message(Direction::Out, &letter).await?;
    let body = Some(body);
    transition.commit(CaseEvent::ForwardApproved { body }).await
}
