//! What the submitter allows: kept as events, read as the last of them.

use super::{Actor, CaseRecord, events::read_event};
use crate::{
    case::{BodyField, CaseEvent, CaseId, Consent},
    error::AppError,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

impl CaseRecord {
    /// What was chosen last; `None` if nothing was since it was sent.
    pub(super) async fn chosen(&self, tx: &mut PgConnection) -> Result<Option<Consent>, AppError> {
        let last = sqlx::query_scalar!(
            r#"select data as "data!" from case_event where case_id = $1 and kind = 'dong_y'
            order by event_id desc limit 1"#,
            self.case_id as CaseId
        )
        .fetch_optional(tx)
        .await?;
        Ok(match last.and_then(|data| read_event("dong_y", data)) {
            Some(CaseEvent::Consented { chosen }) => Some(chosen),
            _ => None,
        })
    }

    /// What is allowed now: what was chosen last, or what was allowed when it was sent.
    ///
    /// # Errors
    /// [`AppError::Internal`] if the words do not open.
    pub async fn consent(&self, tx: &mut PgConnection) -> Result<Consent, AppError> {
        let bodies = self.bodies(tx, &[BodyField::Original]).await?;
        Ok(bodies.content()?.unwrap_or_default().consent())
    }

    /// Keeps what was chosen; `false` if it is so already, as after a second click.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if the database is unreachable.
    pub async fn choose(
        &self,
        tx: &mut PgConnection,
        chosen: Consent,
        actor: Actor,
        at: OffsetDateTime,
    ) -> Result<bool, AppError> {
        // of two choices at once, the later one finds the earlier
        sqlx::query_scalar!(
            "select number from feedback_case where case_id = $1 for update",
            self.case_id as CaseId
        )
        .fetch_one(&mut *tx)
        .await?;
        if self.consent(tx).await? == chosen {
            return Ok(false);
        }
        let event = CaseEvent::Consented { chosen };
        self.add_event(tx, &event, actor, at, None).await?;
        Ok(true)
    }
}
