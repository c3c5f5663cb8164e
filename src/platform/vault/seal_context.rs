//! What a sealed text is bound to.

use crate::{case::CaseId, error::AppError};

/// The database cell that a sealed text belongs to. It is authenticated with the text, so that a
/// blob copied into another row or column does not open.
#[derive(Clone, Copy, Debug)]
pub struct SealContext {
    /// Table name.
    pub table: &'static str,
    /// Row: the id of the case, message, event or attachment.
    pub row: u128,
    /// Field within the row.
    pub field: &'static str,
}

/// A sealed text did not open: wrong key, wrong context, or tampered with. It does not say which,
/// so that an attacker learns nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsealError;

impl SealContext {
    /// For the wrapped key of a case.
    pub(super) const fn wrapped_key(case: CaseId) -> Self {
        Self {
            table: "case_key",
            row: case.0,
            field: "wrapped",
        }
    }

    /// For the identity behind a case.
    pub(super) const fn identity(case: CaseId) -> Self {
        Self {
            table: "case_identity",
            row: case.0,
            field: "sealed",
        }
    }

    /// The associated data of a seal: the blob's header and every part of the context. Each part is
    /// preceded by its length, so that no two contexts share one.
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

impl From<UnsealError> for AppError {
    fn from(_: UnsealError) -> Self {
        tracing::error!("a sealed text did not open");
        Self::Internal
    }
}
