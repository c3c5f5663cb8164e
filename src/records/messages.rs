//! The conversation with the submitter, and notes among colleagues.

use super::CaseRecord;
use crate::{
    case::{CaseId, Direction, MessageId, StaffId},
    error::AppError,
    platform::vault::SealContext,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// A message or note, opened.
pub struct MessageRecord {
    /// Which.
    pub id: MessageId,
    /// Which way it went.
    pub direction: Direction,
    /// When it was written.
    pub at: OffsetDateTime,
    /// Name of the member of staff who wrote it, if one did.
    pub staff: Option<String>,
    /// The words.
    pub text: String,
}

/// A message or note to be written.
pub struct NewMessage<'a> {
    /// Which.
    pub id: MessageId,
    /// Which way it goes.
    pub direction: Direction,
    /// Who writes it; `None` for the submitter.
    pub staff: Option<StaffId>,
    /// Now.
    pub at: OffsetDateTime,
    /// The words.
    pub text: &'a str,
}

impl CaseRecord {
    /// Reads the messages that go one of these ways, oldest first.
    ///
    /// # Errors
    /// [`AppError::Internal`] if one does not open.
    pub async fn messages(
        &self,
        tx: &mut PgConnection,
        directions: &[Direction],
    ) -> Result<Vec<MessageRecord>, AppError> {
        let rows = sqlx::query!(
            r#"select m.message_id as "id!: MessageId", m.direction as "direction!: Direction",
                m.at as "at!", m.sealed as "sealed!", s.display_name as "staff?"
            from case_message m left join staff s using (staff_id)
            where m.case_id = $1 and m.direction = any($2) order by m.at, m.message_id"#,
            self.case_id as CaseId,
            directions as &[Direction]
        )
        .fetch_all(tx)
        .await?;
        let opened = rows.into_iter().map(|row| {
            Ok(MessageRecord {
                text: self.open_text(message(row.id), &row.sealed)?,
                id: row.id,
                direction: row.direction,
                at: row.at,
                staff: row.staff,
            })
        });
        opened.collect()
    }

    /// The text of a message as it is stored.
    pub fn sealed_message(&self, id: MessageId, text: &str) -> Vec<u8> {
        self.seal_text(message(id), text)
    }

    /// Writes a message; `false` if one with this id was there already.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn add_message(
        &self,
        tx: &mut PgConnection,
        new: NewMessage<'_>,
    ) -> Result<bool, AppError> {
        let inserted = sqlx::query!(
            "insert into case_message (message_id, case_id, direction, at, staff_id, sealed)
            values ($1, $2, $3, $4, $5, $6) on conflict (message_id) do nothing",
            new.id as MessageId,
            self.case_id as CaseId,
            new.direction as Direction,
            new.at,
            new.staff as Option<StaffId>,
            self.sealed_message(new.id, new.text)
        )
        .execute(tx)
        .await?;
        Ok(inserted.rows_affected() == 1)
    }
}

fn message(id: MessageId) -> SealContext {
    SealContext {
        table: "case_message",
        row: id.0,
        field: "text",
    }
}
