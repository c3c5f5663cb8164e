//! Rejects a proposal; the status of the case does not change.

use super::action_form::{ActionForm, OneText};
use crate::error::AppError;
use leptos::prelude::*;

const TEXT: OneText = OneText::new(
    "rejection",
    "Lý do không duyệt",
    "Vui lòng nêu lý do không duyệt.",
);

pub const FORM: ActionForm = ActionForm::Text(TEXT);

/// Does not follow a proposal.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `rejection` if it is empty
/// or too long.
#[server(endpoint = "quan-tri/ho-so/khong_duyet")]
pub async fn reject_proposal(
    number: String,
    seen: i64,
    #[server(default)] rejection: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, CaseId},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::RejectProposal, &number, seen).await?;
    let rejection = TEXT.parse(&rejection)?;
    sqlx::query!(
        "update feedback_case set proposal = null, proposed_by = null where case_id = $1",
        transition.case.id as CaseId
    )
    .execute(&mut *transition.tx)
    .await?;
    transition
        .commit_with(CaseEvent::ProposalRejected, &rejection)
        .await
}
