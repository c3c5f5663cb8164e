//! Attachments: contents in the file store, names and rough sizes as rows of the case.

use super::{CaseRecord, open_text};
use crate::{
    case::{AttachmentId, CaseId, Confidentiality, MessageId},
    error::AppError,
    platform::{
        clock::random_id,
        files::{CleanFile, FileStore, size_bucket},
        vault::{CaseKey, SealContext},
    },
};
use sqlx::PgConnection;

/// An attachment, its name opened.
pub struct AttachmentRecord {
    /// Which.
    pub id: AttachmentId,
    /// The message it came with; without one it came with the case.
    pub message: Option<MessageId>,
    /// One of the accepted media types.
    pub media_type: String,
    /// Bytes of the content, rounded up to what the stored file shows anyway.
    pub size_bucket: i32,
    /// Name on the submitter's device.
    pub name: String,
}

/// Files whose contents are in the store and whose rows are still to be written.
pub struct StoredFiles {
    files: Vec<StoredFile>,
    /// Rows were written in a transaction: from then on the database alone knows whether they are
    /// there.
    named: bool,
}

struct StoredFile {
    id: AttachmentId,
    name: String,
    media_type: &'static str,
    size_bucket: i32,
}

impl StoredFiles {
    /// Seals the contents under the key of their case and stores them.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the store is; nothing stays there then.
    pub async fn put(
        store: &FileStore,
        key: &CaseKey,
        files: &[CleanFile],
    ) -> Result<Self, AppError> {
        let mut stored = Self {
            files: Vec::with_capacity(files.len()),
            named: false,
        };
        for file in files {
            let id = AttachmentId(random_id());
            stored.files.push(StoredFile {
                id,
                name: file.name.clone(),
                media_type: file.media_type,
                size_bucket: i32::try_from(size_bucket(file.bytes.len()))
                    .map_err(|_| AppError::Internal)?,
            });
            if let Err(error) = store.put(id.0, key, &file.bytes).await {
                stored.remove(store).await;
                return Err(error);
            }
        }
        Ok(stored)
    }

    /// Takes the contents out of the store again, unless rows were written that may be there: a
    /// commit that got no answer may have taken place. What is left over is swept later.
    pub async fn remove(self, store: &FileStore) {
        for file in self.files.into_iter().filter(|_| !self.named) {
            if store.remove(file.id.0).await.is_err() {
                tracing::warn!("a file without a case stayed in the store");
            }
        }
    }

    /// How many.
    pub fn count(&self) -> u16 {
        u16::try_from(self.files.len()).unwrap_or(u16::MAX)
    }
}

impl CaseRecord {
    /// Reads the attachments, those of the case first.
    ///
    /// # Errors
    /// [`AppError::Internal`] if a name does not open.
    pub async fn attachments(
        &self,
        tx: &mut PgConnection,
    ) -> Result<Vec<AttachmentRecord>, AppError> {
        let rows = sqlx::query!(
            r#"select attachment_id as "id: AttachmentId", message_id as "message: MessageId",
                media_type, size_bucket, sealed_name
            from attachment where case_id = $1
            order by message_id nulls first, position, attachment_id"#,
            self.case_id as CaseId
        )
        .fetch_all(tx)
        .await?;
        let opened = rows.into_iter().map(|row| {
            Ok(AttachmentRecord {
                name: self.open_text(name_of(row.id), &row.sealed_name)?,
                id: row.id,
                message: row.message,
                media_type: row.media_type,
                size_bucket: row.size_bucket,
            })
        });
        opened.collect()
    }

    /// Writes the rows of stored files, those of a message or of the case itself.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn add_attachments(
        &self,
        tx: &mut PgConnection,
        message: Option<MessageId>,
        files: &mut StoredFiles,
    ) -> Result<(), AppError> {
        files.named = true;
        for (position, file) in (0_i16..).zip(&files.files) {
            sqlx::query!(
                "insert into attachment
                    (attachment_id, case_id, message_id, position, media_type, size_bucket, sealed_name)
                values ($1, $2, $3, $4, $5, $6, $7)",
                file.id as AttachmentId,
                self.case_id as CaseId,
                message as Option<MessageId>,
                position,
                file.media_type,
                file.size_bucket,
                self.seal_text(name_of(file.id), &file.name)
            )
            .execute(&mut *tx)
            .await?;
        }
        Ok(())
    }
}

/// One attachment that the transaction may see: its row, the record of its case, and how secret the
/// case is.
///
/// # Errors
/// [`AppError::NotFound`] if there is none for this reader.
pub async fn read_attachment(
    tx: &mut PgConnection,
    vault: &crate::platform::vault::Vault,
    id: AttachmentId,
) -> Result<(CaseRecord, AttachmentRecord, Confidentiality), AppError> {
    let row = sqlx::query!(
        r#"select a.case_id as "case_id!: CaseId", a.message_id as "message: MessageId",
            a.media_type as "media_type!", a.size_bucket as "size_bucket!",
            a.sealed_name as "sealed_name!", c.secrecy as "secrecy!: Confidentiality"
        from attachment a join feedback_case c using (case_id) where attachment_id = $1"#,
        id as AttachmentId
    )
    .fetch_one(&mut *tx)
    .await?;
    let record = CaseRecord::open(tx, vault, row.case_id).await?;
    let attachment = AttachmentRecord {
        id,
        message: row.message,
        media_type: row.media_type,
        size_bucket: row.size_bucket,
        name: open_text(record.key(), name_of(id), &row.sealed_name)?,
    };
    Ok((record, attachment, row.secrecy))
}

fn name_of(id: AttachmentId) -> SealContext {
    SealContext {
        table: "attachment",
        row: id.0,
        field: "name",
    }
}
