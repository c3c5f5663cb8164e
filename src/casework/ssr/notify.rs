//! What a submitter who asked to be written to hears of a change: that there is one.

use crate::{
    case::{CaseEvent, CaseId, Direction},
    error::AppError,
    platform::jobs::Job,
    records::{UNDO_WITHIN, address_of, keep_address_until},
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// After the answer, until the case is closed or opened again.
const AFTER_ANSWER: Duration = Duration::days(60);
/// While another body may still send its result.
const AFTER_FORWARDING: Duration = Duration::days(183);
/// As long as the last notice may need.
const AT_THE_END: Duration = Duration::days(4);

/// Writes to the address sealed in the outbox that there is news, and nothing else.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct NotifyUpdate {
    /// The sealed address.
    pub outbox_id: Uuid,
    /// No further news will come: the address goes with this mail.
    pub last: bool,
}

impl Job for NotifyUpdate {
    const KIND: &'static str = "notify";
}

/// Queues the notice of an event, in its transaction, and says until when the address is kept.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn notify(
    tx: &mut PgConnection,
    case: CaseId,
    event: &CaseEvent,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let Some(outbox_id) = address_of(tx, case).await? else {
        return Ok(());
    };
    let (is_news, last, kept) = match event {
        CaseEvent::SupplementRequested { .. } => (true, false, None),
        CaseEvent::Messaged {
            direction: Direction::Out,
            ..
        } => (true, false, None),
        CaseEvent::Answered => (true, false, Some(AFTER_ANSWER)),
        CaseEvent::ForwardApproved { .. } => (true, false, Some(AFTER_FORWARDING)),
        CaseEvent::RefusalApproved { .. } | CaseEvent::Redirected { .. } => {
            (true, true, Some(AT_THE_END))
        }
        CaseEvent::Closed => (false, false, Some(AT_THE_END)),
        _ => return Ok(()),
    };
    if let Some(kept) = kept {
        keep_address_until(tx, case, now + kept).await?;
    }
    // an answer can be taken back for a while
    let at = match event {
        CaseEvent::Answered => now + UNDO_WITHIN,
        _ => now,
    };
    match is_news {
        true => NotifyUpdate { outbox_id, last }.enqueue(tx, at).await,
        false => Ok(()),
    }
}

/// An answer that was taken back before its notice went out is not news any more.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn recall_answer(
    tx: &mut PgConnection,
    case: CaseId,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let Some(outbox_id) = address_of(tx, case).await? else {
        return Ok(());
    };
    sqlx::query!(
        "delete from job where kind = $1 and payload->>'outbox_id' = $2 and run_at > $3",
        NotifyUpdate::KIND,
        outbox_id.to_string(),
        now
    )
    .execute(tx)
    .await?;
    Ok(())
}
