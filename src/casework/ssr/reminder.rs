//! What a reminder leaves on its case.

use super::transition::Transition;
use crate::{
    case::{CaseEvent, CaseId},
    error::AppError,
};

/// Marks the case as reminded of today.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(crate) async fn note_reminder(transition: &mut Transition) -> Result<CaseEvent, AppError> {
    sqlx::query!(
        "update feedback_case set reminded_on = $2 where case_id = $1",
        transition.case.id as CaseId,
        transition.today()
    )
    .execute(&mut *transition.tx)
    .await?;
    Ok(CaseEvent::Reminded)
}
