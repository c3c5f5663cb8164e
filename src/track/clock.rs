//! What a pause does to a deadline.

use crate::calendar::Calendar;
use time::Date;

/// The deadline after a supplement: `due` moved by the working days from the day after the pause began up to `today`, so that as many
/// days are left as when the department stopped to ask, day 1 being the next working day (domain §6.4). Dates of Viet Nam.
pub fn resumed_due(calendar: &Calendar, due: Date, paused_on: Date, today: Date) -> Date {
    let paused = calendar.working_days_between(paused_on, today);
    calendar.add_working_days(due, u16::try_from(paused).unwrap_or(0))
}
