//! Rejects a proposal; the status of the case does not change.

use super::text::required_text;
use crate::{
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        TextArea,
        form::enhance::{Fields, value},
    },
};
use leptos::prelude::*;

/// The one text.
pub fn fields(_: &CaseFile) -> AnyView {
    view! { <TextArea name="rejection" label="Lý do không duyệt" rows=5 /> }.into_any()
}

fn parse(rejection: &str) -> Result<String, FieldErrors> {
    required_text("rejection", rejection, "Vui lòng nêu lý do không duyệt.")
}

/// The rule that needs no server.
///
/// # Errors
/// At `rejection` if it is empty or too long.
pub fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(value(fields, "rejection")).map(drop)
}

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
    let rejection = parse(&rejection)?;
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
