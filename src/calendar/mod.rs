//! Working days and deadlines: pure functions of (start, rule, calendar). Civil Code 2015 art. 147–148: the day of the event does not
//! count; a period ends with the end of its last day; a last day off moves to the next working day.

mod deadline;
mod format;
#[cfg(test)]
mod tests;
mod working;

pub use deadline::{Deadline, Urgency, resumed};
pub use format::{day_month_year, long_date, weekday, weekday_date};
pub use working::{Calendar, DayKind};
