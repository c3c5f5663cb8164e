//! What a submitter who asked to be written to hears of a change: that there is one.

use crate::{
    case::{CaseEvent, CaseId, Direction},
    error::AppError,
    platform::jobs::Job,
    records::{Notice, UNDO_WITHIN, address_of, keep_address_until},
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

/// Queues the notice of an event, in its transaction, and says until when the address is kept. Gives
/// what it takes to recall the notice of an answer.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn notify(
    tx: &mut PgConnection,
    case: CaseId,
    event: &CaseEvent,
    now: OffsetDateTime,
) -> Result<Option<Notice>, AppError> {
    let Some(outbox_id) = address_of(tx, case).await? else {
        return Ok(None);
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
        _ => return Ok(None),
    };
    let before = match kept {
        Some(kept) => keep_address_until(tx, case, now + kept).await?,
        None => None,
    };
    // an answer can be taken back for a while
    let at = match event {
        CaseEvent::Answered => now + UNDO_WITHIN,
        _ => now,
    };
    if !is_news {
        return Ok(None);
    }
    let job = NotifyUpdate { outbox_id, last }.enqueue(tx, at).await?;
    Ok(before.map(|until| Notice {
        job,
        kept_until: until.unix_timestamp(),
    }))
}

/// An answer that was taken back before its notice went out is not news any more, and the address is
/// kept as long as before; an earlier notice that waits for another try still goes.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn recall(
    tx: &mut PgConnection,
    case: CaseId,
    notice: Notice,
) -> Result<(), AppError> {
    let until = OffsetDateTime::from_unix_timestamp(notice.kept_until);
    keep_address_until(tx, case, until.map_err(|_| AppError::Internal)?).await?;
    sqlx::query!(
        "delete from job where job_id = $1 and kind = $2",
        notice.job,
        NotifyUpdate::KIND
    )
    .execute(tx)
    .await?;
    Ok(())
}
