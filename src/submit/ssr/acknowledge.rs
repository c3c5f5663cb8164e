//! The job that acknowledges feedback to its submitter by e-mail.

use crate::platform::jobs::Job;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Tells the address sealed in the outbox that something arrived, and nothing else.
#[derive(Debug, Serialize, Deserialize)]
pub struct AcknowledgeReceipt {
    /// The sealed address.
    pub outbox_id: Uuid,
}

impl Job for AcknowledgeReceipt {
    const KIND: &'static str = "acknowledge";
}
