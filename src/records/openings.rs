//! The reason for which an identity is asked for, sealed with the case it is about.

use super::CaseRecord;
use crate::{case::OpeningId, error::AppError, platform::vault::SealContext};

impl CaseRecord {
    /// The reason as it is stored.
    pub fn sealed_reason(&self, opening: OpeningId, reason: &str) -> Vec<u8> {
        self.seal_text(reason_of(opening), reason)
    }

    /// The reason that was stored.
    ///
    /// # Errors
    /// [`AppError::Internal`] if it does not open.
    pub fn open_reason(&self, opening: OpeningId, sealed: &[u8]) -> Result<String, AppError> {
        self.open_text(reason_of(opening), sealed)
    }
}

fn reason_of(opening: OpeningId) -> SealContext {
    SealContext {
        table: "identity_opening",
        row: opening.0,
        field: "reason",
    }
}
