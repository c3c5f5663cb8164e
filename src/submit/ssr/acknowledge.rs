//! The job that acknowledges feedback to its submitter by e-mail.

use crate::platform::jobs::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Sends the case number to the address sealed in the outbox, and nothing else.
#[derive(Debug, Serialize, Deserialize)]
pub struct AcknowledgeReceipt {
    /// The sealed address.
    pub outbox_id: Uuid,
    /// The case number as written, `PA26-…`.
    pub number: String,
}

impl Job for AcknowledgeReceipt {
    const KIND: &'static str = "acknowledge";
}
