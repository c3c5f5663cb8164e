//! Counting the deadline of a case again when its kind changes.

use super::transition::Transition;
use crate::{
    calendar::{Calendar, Deadline},
    case::{CaseId, Kind},
    directory,
    error::AppError,
    platform::clock::VIETNAM,
};
use time::OffsetDateTime;

/// The deadline of a case of this kind, from the day of receipt, with the days the clock stood
/// still.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(crate) async fn count_deadline(
    transition: &mut Transition,
    kind: Kind,
) -> Result<Deadline, AppError> {
    let received_on = transition.case.received_on;
    let calendar = directory::ssr::calendar(&mut transition.tx).await?;
    let rule = kind.service_level();
    let days = directory::ssr::service_level(&mut transition.tx, rule, received_on).await?;
    let deadline = Deadline::count(&calendar, received_on, days);
    let paused = paused_days(transition, &calendar).await?;
    Ok(Deadline {
        due_on: calendar.add_working_days(deadline.due_on, paused),
        ..deadline
    })
}

/// Working days the clock stood still for the one supplement, from the history.
async fn paused_days(transition: &mut Transition, calendar: &Calendar) -> Result<u16, AppError> {
    let days = sqlx::query!(
        r#"select max(at) filter (where kind = 'yeu_cau_bo_sung') as asked,
            max(at) filter (where kind = 'bo_sung') as given
        from case_event where case_id = $1 and kind in ('yeu_cau_bo_sung', 'bo_sung')"#,
        transition.case.id as CaseId
    )
    .fetch_one(&mut *transition.tx)
    .await?;
    let day = |at: OffsetDateTime| at.to_offset(VIETNAM).date();
    let between = |(asked, given)| calendar.working_days_between(day(asked), day(given));
    let paused = days.asked.zip(days.given).map_or(0, between);
    Ok(u16::try_from(paused.max(0)).unwrap_or(0))
}
