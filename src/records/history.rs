//! What the history of a case says besides its sentences: how long its clock stood still, and
//! whether somebody has just done the same.

use crate::{
    calendar::{Calendar, resumed},
    case::{CaseEvent, CaseId, StaffId},
    error::AppError,
    platform::clock::VIETNAM,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// A day moved by the working days for which the clock of a case stood still: from the one request
/// for a supplement to the day it came, or to `today` if it is just coming.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn moved_by_pause(
    tx: &mut PgConnection,
    case: CaseId,
    calendar: &Calendar,
    due_on: Date,
    today: Date,
) -> Result<Date, AppError> {
    let days = sqlx::query!(
        "select max(at) filter (where kind = $2) as asked,
            max(at) filter (where kind = $3) as given
        from case_event where case_id = $1 and kind in ($2, $3)",
        case as CaseId,
        CaseEvent::SupplementRequested { until: None }.code(),
        CaseEvent::Supplemented { files: 0 }.code(),
    )
    .fetch_one(tx)
    .await?;
    let day = |at: OffsetDateTime| at.to_offset(VIETNAM).date();
    let given = days.given.map_or(today, day);
    Ok(days
        .asked
        .map_or(due_on, |asked| resumed(calendar, due_on, day(asked), given)))
}

/// Whether an event of this code, of this person if one is named, follows the event `seen`.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn has_happened_since(
    tx: &mut PgConnection,
    case: CaseId,
    seen: i64,
    code: &str,
    by: Option<StaffId>,
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
            select from case_event
            where case_id = $1 and event_id > $2 and kind = $3
                and ($4::uuid is null or staff_id = $4)
        ) as "again!""#,
        case as CaseId,
        seen,
        code,
        by as Option<StaffId>
    )
    .fetch_one(tx)
    .await?)
}

/// The newest event of a case.
pub struct NewestEvent {
    /// Increases with every event.
    pub event_id: i64,
    /// Its code.
    pub kind: String,
    /// When it happened.
    pub at: OffsetDateTime,
    /// Name of the member of staff, if one did it.
    pub staff: Option<String>,
}

/// Reads the newest event of a case.
///
/// # Errors
/// [`AppError::NotFound`] if it has none that the transaction sees.
pub async fn newest_event(tx: &mut PgConnection, case: CaseId) -> Result<NewestEvent, AppError> {
    Ok(sqlx::query_as!(
        NewestEvent,
        r#"select e.event_id as "event_id!", e.kind as "kind!", e.at as "at!",
            s.display_name as "staff?"
        from case_event e left join staff s using (staff_id)
        where e.case_id = $1 order by e.event_id desc limit 1"#,
        case as CaseId
    )
    .fetch_one(tx)
    .await?)
}

/// Reads which event of these cases is the newest; 0 if they have none.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn newest_event_of(tx: &mut PgConnection, cases: &[CaseId]) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(max(event_id), 0) as "newest!" from case_event
        where case_id = any($1)"#,
        cases as &[CaseId]
    )
    .fetch_one(tx)
    .await?)
}
