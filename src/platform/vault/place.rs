//! What a sealed text is bound to.

use crate::{case::CaseId, error::AppError};

/// Which cell of the database a sealed text belongs to; bound into the seal, so that a text moved elsewhere does not open.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Table name.
    pub table: &'static str,
    /// Row: the id of the case, message, event or attachment.
    pub row: u128,
    /// Field within the row.
    pub field: &'static str,
}

/// A sealed text did not open: wrong key, wrong place, or changed. Says nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CannotOpen;

impl Place {
    /// Where the wrapped key of a case lies.
    pub(super) const fn wrapped_key(case: CaseId) -> Self {
        Self {
            table: "case_key",
            row: case.0,
            field: "wrapped",
        }
    }

    /// Where the identity behind a case lies.
    pub(super) const fn identity(case: CaseId) -> Self {
        Self {
            table: "case_identity",
            row: case.0,
            field: "sealed",
        }
    }

    /// The associated data of a seal: every part of the place and the header of the blob, each of known length, so that no two
    /// places share one.
    pub(super) fn associated_data(&self, header: &[u8]) -> Vec<u8> {
        let mut data = Vec::with_capacity(96);
        data.extend_from_slice(b"lang-nghe/");
        data.extend_from_slice(header);
        for part in [
            self.table.as_bytes(),
            &self.row.to_be_bytes(),
            self.field.as_bytes(),
        ] {
            data.extend_from_slice(&(part.len() as u32).to_be_bytes());
            data.extend_from_slice(part);
        }
        data
    }
}

impl From<CannotOpen> for AppError {
    fn from(_: CannotOpen) -> Self {
        tracing::error!("a sealed text did not open");
        Self::Internal
    }
}
