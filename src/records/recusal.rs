//! Who takes no part in a case, and the words in which people may be named.

use super::CaseRecord;
use crate::{
    case::{BodyField, CaseEvent, CaseId, Direction, StaffId},
    error::AppError,
};
use sqlx::PgConnection;

/// Writes who takes no part in a case, in place of whoever was there before; a handler among them
/// handles it no longer.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn recuse(
    tx: &mut PgConnection,
    case: CaseId,
    staff: &[StaffId],
) -> Result<(), AppError> {
    sqlx::query!(
        "update feedback_case set recused = $2,
            handler_id = case when handler_id = any ($2) then null else handler_id end
        where case_id = $1",
        case as CaseId,
        staff as &[StaffId]
    )
    .execute(tx)
    .await?;
    Ok(())
}

impl CaseRecord {
    /// Everything that the submitter has written to the case: whom it is about, the story, their
    /// messages, why they asked again.
    ///
    /// # Errors
    /// [`AppError::Internal`] if one does not open.
    pub async fn words_of_submitter(&self, tx: &mut PgConnection) -> Result<String, AppError> {
        let original = self.bodies(tx, &[BodyField::Original]).await?.content()?;
        let story = original.map(|content| [content.officer, content.title, content.content]);
        let messages = self.messages(tx, &[Direction::In]).await?;
        let messages = messages.into_iter().map(|message| message.text);
        let asked_again = match self.last_event(tx, CaseEvent::Reopened.code()).await {
            Ok((_, words)) => words,
            Err(AppError::Conflict) => String::new(),
            Err(error) => return Err(error),
        };
        let words = story.into_iter().flatten().chain(messages);
        let words: Vec<_> = words.chain([asked_again]).collect();
        Ok(words.join("\n"))
    }
}
