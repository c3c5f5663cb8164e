//! E-mail addresses that a submitter leaves: for the acknowledgement, and for notices.

use crate::{
    case::{CaseId, ReplyBy},
    error::AppError,
    platform::{AppState, jobs::Job},
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

/// Tells the address sealed in the outbox that something arrived, and nothing else.
#[derive(Debug, Serialize, Deserialize)]
pub struct AcknowledgeReceipt {
    /// The sealed address.
    pub outbox_id: Uuid,
}

impl Job for AcknowledgeReceipt {
    const KIND: &'static str = "acknowledge";
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
