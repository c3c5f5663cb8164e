//! In the unit and with the leader: verify, conclude, submit, approve, close; and what is said along the way.

use super::transition::{Change, Desk, at};
use crate::{casework::actions::form, error::AppError};
use serde_json::json;

/// Gives the case back as outside the unit's competence.
///
/// # Errors
/// As [`Change::begin`].
pub async fn send_back(desk: &Desk, reason: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    sqlx::query!(
        "update feedback_case set assigned_unit_id = null, handler_id = null where case_id = $1",
        change.held.id()
    )
    .execute(&mut *change.tx)
    .await?;
    change.finish(json!({}), Some(reason)).await
}

/// Begins to verify.
///
/// # Errors
/// As [`Change::begin`].
pub async fn start_verifying(desk: &Desk) -> Result<(), AppError> {
    Change::begin(desk).await?.finish(json!({}), None).await
}

/// States what was found and what is done about it.
///
/// # Errors
/// As [`Change::begin`]; at `finding` where it does not belong to the kind.
pub async fn conclude(desk: &Desk, finding: &str, measures: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    let finding = form::finding(change.held.kind, finding)?;
    change.write_body("finding", measures).await?;
    sqlx::query!(
        "update feedback_case set finding = $2 where case_id = $1",
        change.held.id(),
        finding.code()
    )
    .execute(&mut *change.tx)
    .await?;
    change
        .finish(json!({ "ket_luan": finding.code() }), None)
        .await
}

/// Submits the draft reply to the leader.
///
/// # Errors
/// As [`Change::begin`].
pub async fn submit_for_approval(desk: &Desk, reply: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    change.write_body("reply", reply).await?;
    change.finish(json!({}), None).await
}

/// Returns the draft with a comment.
///
/// # Errors
/// As [`Change::begin`].
pub async fn return_draft(desk: &Desk, comment: &str) -> Result<(), AppError> {
    Change::begin(desk)
        .await?
        .finish(json!({}), Some(comment))
        .await
}

/// Approves the draft: from now on the submitter reads it. "On time" is measured here.
///
/// # Errors
/// As [`Change::begin`]; [`AppError::Conflict`] where there is no draft.
pub async fn answer(desk: &Desk) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    change.read_body("reply").await?.ok_or(AppError::Conflict)?;
    sqlx::query!(
        "update feedback_case set answered_on = $2 where case_id = $1",
        change.held.id(),
        desk.today()
    )
    .execute(&mut *change.tx)
    .await?;
    change.finish(json!({}), None).await
}

/// Closes an answered case.
///
/// # Errors
/// As [`Change::begin`].
pub async fn close(desk: &Desk) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    sqlx::query!(
        "update feedback_case set closed_on = $2 where case_id = $1",
        change.held.id(),
        desk.today()
    )
    .execute(&mut *change.tx)
    .await?;
    change.finish(json!({}), None).await
}

/// Writes a note that colleagues on this case read.
///
/// # Errors
/// As [`Change::begin`].
pub async fn note(desk: &Desk, text: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    change.say("note", text).await?;
    change.finish(json!({}), None).await
}

/// Writes to the submitter.
///
/// # Errors
/// As [`Change::begin`].
pub async fn message(desk: &Desk, text: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    change.say("out", text).await?;
    change.finish(json!({}), None).await
}

/// Proposes not to accept; a second person decides.
///
/// # Errors
/// As [`Change::begin`].
pub async fn propose_refusal(desk: &Desk, reason: &str, text: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    propose(&mut change, desk, "tu_choi").await?;
    change.finish(json!({ "ly_do": reason }), Some(text)).await
}

/// Proposes to forward the case to another body; a leader decides.
///
/// # Errors
/// As [`Change::begin`]; at `external_body` where there is no such body.
pub async fn propose_forward(desk: &Desk, body: i16, text: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    external_body(&mut change, body).await?;
    propose(&mut change, desk, "chuyen_co_quan").await?;
    change.finish(json!({ "co_quan": body }), Some(text)).await
}

async fn propose(change: &mut Change<'_>, desk: &Desk, proposal: &str) -> Result<(), AppError> {
    sqlx::query!(
        "update feedback_case set proposal = $2, proposed_by = $3 where case_id = $1",
        change.held.id(),
        proposal,
        desk.staff_key()
    )
    .execute(&mut *change.tx)
    .await?;
    Ok(())
}

async fn external_body(change: &mut Change<'_>, body: i16) -> Result<String, AppError> {
    let name = sqlx::query_scalar!(
        "select name from external_body where external_body_id = $1",
        body
    )
    .fetch_optional(&mut *change.tx)
    .await?;
    name.ok_or_else(|| at("external_body", "Vui lòng chọn cơ quan có thẩm quyền."))
}

/// Approves a refusal that somebody else proposed, and tells the submitter why.
///
/// # Errors
/// As [`Change::begin`].
pub async fn approve_refusal(desk: &Desk) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    let (data, words) = change.last_words("de_xuat_tu_choi").await?;
    let code = data["ly_do"].as_str().unwrap_or_default().to_owned();
    let label =
        crate::casework::actions::refusal::refusal_label(&code).ok_or(AppError::Internal)?;
    settle(&mut change, desk, "tu_choi").await?;
    change
        .say(
            "out",
            &crate::casework::actions::letters::refused(label, &words),
        )
        .await?;
    change.finish(json!({ "ly_do": code }), None).await
}

/// Approves a forwarding that somebody else proposed, and tells the submitter where to.
///
/// # Errors
/// As [`Change::begin`].
pub async fn approve_forward(desk: &Desk) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    let (data, words) = change.last_words("de_xuat_chuyen").await?;
    let body = data["co_quan"]
        .as_i64()
        .and_then(|id| i16::try_from(id).ok())
        .ok_or(AppError::Internal)?;
    let name = external_body(&mut change, body).await?;
    settle(&mut change, desk, "chuyen_co_quan").await?;
    change
        .say(
            "out",
            &crate::casework::actions::letters::forwarded(&name, &words),
        )
        .await?;
    change.finish(json!({ "co_quan": body }), None).await
}

/// Takes the proposal off the case; the database too insists on a second person.
async fn settle(change: &mut Change<'_>, desk: &Desk, proposal: &str) -> Result<(), AppError> {
    let settled = sqlx::query!(
        "update feedback_case set proposal = null, proposed_by = null, paused_on = null
        where case_id = $1 and proposal = $2 and proposed_by is distinct from $3",
        change.held.id(),
        proposal,
        desk.staff_key()
    )
    .execute(&mut *change.tx)
    .await?;
    if settled.rows_affected() == 1 {
        Ok(())
    } else {
        Err(AppError::Forbidden)
    }
}

/// Does not follow a proposal; the case stays where it is.
///
/// # Errors
/// As [`Change::begin`].
pub async fn reject_proposal(desk: &Desk, reason: &str) -> Result<(), AppError> {
    let mut change = Change::begin(desk).await?;
    sqlx::query!(
        "update feedback_case set proposal = null, proposed_by = null where case_id = $1",
        change.held.id()
    )
    .execute(&mut *change.tx)
    .await?;
    change.finish(json!({}), Some(reason)).await
}
