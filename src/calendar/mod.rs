//! Working days and deadlines: pure functions of (start, rule, calendar), after the Civil Code 2015
//! art. 147 and 148 (`docs/law.md#working-days`).
#![warn(unreachable_pub)]

mod deadline;
mod passage;
#[cfg(test)]
mod tests;
mod working;

pub use crate::case::{day_month_year, long_date, weekday, weekday_date};
pub use deadline::{Counted, Deadline, Urgency, resumed};
pub use passage::Passage;
pub use working::{Calendar, DayKind};
