//! The sealed record of a case: its key, bodies, events, messages and attachments, and the audit
//! log. Server only.
//!
//! The one owner of how these rows are written and read: no slice names a table of theirs
//! (`tests/architecture.rs`). Slices speak of cases in the kernel's terms and never see a nonce or
//! an associated datum; what they do read and write themselves is `feedback_case`, which holds
//! nothing that is sealed. The unsealer alone keeps its own SQL: it distrusts everything up here.
#![warn(unreachable_pub)]

mod attachments;
mod audit;
mod bodies;
mod consent;
mod events;
mod history;
mod last_step;
mod messages;
mod new_case;
mod openings;
mod outbox;
mod receipts;
mod recusal;
mod retention;
mod slip;

pub use attachments::{AttachmentRecord, StoredFiles, read_attachment};
pub use audit::{AuditAction, AuditEntry, audit};
pub use bodies::{Bodies, texts_of_many};
pub use events::{Actor, EventRecord, PublicEventRecord, particulars};
pub use history::{NewestEvent, has_happened_since, moved_by_pause, newest_event, newest_event_of};
pub use last_step::{LastStep, Notice, Opened, UNDO_WITHIN, forget_last_steps, note_opened};
pub use messages::{MessageRecord, NewMessage};
pub use new_case::{NewCase, Submission, insert_case};
pub use outbox::{
    address_of, delete_address, delete_expired_addresses, keep_address_until, put_address,
    read_address,
};
pub use receipts::{Receipt, case_of};
pub use recusal::recuse;
pub use retention::{
    Erased, Erasure, apply_retention, erase_again, erase_case, hold_case, retention_due,
};
pub use slip::{SLIP_COOKIE, destroy_slip};

use crate::{
    case::CaseId,
    error::AppError,
    platform::vault::{CaseKey, SealContext, Vault, WrappedKey},
};
use sqlx::PgConnection;
use unicode_normalization::UnicodeNormalization as _;

/// The record of one case, open for reading and writing within a transaction that may see it.
pub struct CaseRecord {
    /// Which case.
    pub case_id: CaseId,
    key: CaseKey,
}

impl CaseRecord {
    /// Opens the record of a case.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if the transaction may not see the case, [`AppError::Internal`] if
    /// its key does not open.
    pub async fn open(
        tx: &mut PgConnection,
        vault: &Vault,
        case_id: CaseId,
    ) -> Result<Self, AppError> {
        let row = sqlx::query!(
            "select kek_version, wrapped from case_key where case_id = $1",
            case_id as CaseId
        )
        .fetch_one(tx)
        .await?;
        let wrapped = WrappedKey {
            kek_version: row.kek_version,
            bytes: row.wrapped,
        };
        let key = vault.unwrap(case_id, &wrapped)?;
        Ok(Self { case_id, key })
    }

    /// The record of a case that is being written with this fresh key.
    pub fn new(case_id: CaseId, key: CaseKey) -> Self {
        Self { case_id, key }
    }

    /// The key under which the contents of attachments are stored.
    pub fn key(&self) -> &CaseKey {
        &self.key
    }

    fn seal_text(&self, place: SealContext, text: &str) -> Vec<u8> {
        let composed: String = text.nfc().collect();
        self.key.seal(place, composed.as_bytes())
    }

    fn open_text(&self, place: SealContext, sealed: &[u8]) -> Result<String, AppError> {
        open_text(&self.key, place, sealed)
    }
}

fn open_text(key: &CaseKey, place: SealContext, sealed: &[u8]) -> Result<String, AppError> {
    let plain = key.open(place, sealed)?;
    String::from_utf8(plain.to_vec()).map_err(|_| AppError::Internal)
}
