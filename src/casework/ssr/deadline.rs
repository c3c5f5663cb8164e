//! Counting the deadline of a case again when its kind changes.

use super::transition::Transition;
use crate::{calendar::Deadline, case::Kind, directory, error::AppError, records::moved_by_pause};

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
    let (case, today) = (transition.case.id, transition.today());
    let moved = moved_by_pause(&mut transition.tx, case, &calendar, deadline.due_on, today);
    Ok(Deadline {
        due_on: moved.await?,
        ..deadline
    })
}
