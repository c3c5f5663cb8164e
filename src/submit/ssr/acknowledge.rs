//! E-mail addresses that a submitter leaves: for the acknowledgement, and for notices.

use crate::{
    case::{CaseId, ReplyBy},
    error::AppError,
    platform::{AppState, http::rate_limit, jobs::Job},
    records::put_address,
    submit::NewFeedback,
};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// An address to acknowledge to goes after this, sent to or not: the tries take three days.
const ACKNOWLEDGED_WITHIN: Duration = Duration::days(7);
/// An address for notices goes after this at the latest, whatever became of the case.
const ADDRESS_KEPT: Duration = Duration::days(366);

/// Acknowledgements to one address in a day; only a keyed hash of it is counted.
const MOST_A_DAY: i32 = 5;
const DAY: std::time::Duration = std::time::Duration::from_secs(24 * 3600);

/// Tells the address sealed in the outbox that something arrived, and nothing else.
#[derive(Debug, Serialize, Deserialize)]
pub struct AcknowledgeReceipt {
    /// The sealed address.
    pub outbox_id: Uuid,
}

impl Job for AcknowledgeReceipt {
    const KIND: &'static str = "acknowledge";
}

/// Whether the address may be written to once more today: whoever types it need not be who reads it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn may_acknowledge(
    state: &AppState,
    feedback: &NewFeedback,
    now: OffsetDateTime,
) -> Result<bool, AppError> {
    let submitter = feedback.submitter.as_ref();
    let Some(email) = submitter.map(|who| who.email.to_lowercase()) else {
        return Ok(false);
    };
    if !feedback.acknowledge || email.is_empty() {
        return Ok(false);
    }
    let bucket = rate_limit::bucket(state, "rate acknowledgements", &email);
    Ok(rate_limit::count(&state.db, bucket, DAY, now).await? <= MOST_A_DAY)
}

/// Keeps the e-mail address for the acknowledgement and for notices, each if it was asked for, and
/// queues the acknowledgement.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn keep_addresses(
    state: &AppState,
    tx: &mut PgConnection,
    feedback: &NewFeedback,
    case: CaseId,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    let submitter = feedback.submitter.as_ref();
    let Some(email) = submitter.map(|who| &who.email).filter(|at| !at.is_empty()) else {
        return Ok(());
    };
    if feedback.acknowledge {
        let until = now + ACKNOWLEDGED_WITHIN;
        let outbox_id = put_address(tx, &state.vault, email, None, until).await?;
        AcknowledgeReceipt { outbox_id }.enqueue(tx, now).await?;
    }
    if feedback.story.reply_by() == ReplyBy::Email {
        put_address(tx, &state.vault, email, Some(case), now + ADDRESS_KEPT).await?;
    }
    Ok(())
}
