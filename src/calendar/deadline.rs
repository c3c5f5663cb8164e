//! A deadline with the account of how it was counted.

use super::{Calendar, format::weekday_date};
use time::Date;

/// The last day of a period, and how it came to be that day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// Ends at 24:00 of this day, `Asia/Ho_Chi_Minh`.
    pub due_on: Date,
    /// The calendar that counted it.
    pub calendar_version: i16,
    /// One sentence a submitter can follow.
    pub explanation: String,
}

impl Deadline {
    /// `working_days` from the day of receipt, whatever the hour (domain §6.4).
    pub fn count(calendar: &Calendar, received_on: Date, working_days: u16) -> Self {
        let due_on = calendar.add_working_days(received_on, working_days);
        let explanation = format!(
            "{working_days:02} ngày làm việc, tính từ ngày làm việc đầu tiên sau {}, không kể thứ Bảy, Chủ nhật và ngày nghỉ lễ.",
            weekday_date(received_on)
        );
        Self { due_on, calendar_version: calendar.version, explanation }
    }
}

/// How near a deadline is: a word, so that colour is never alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// More than three working days left.
    Calm,
    /// This many working days left, three or fewer; 0 is today.
    Soon(i32),
    /// This many working days late.
    Overdue(i32),
}

impl Urgency {
    /// The urgency of `due_on` as seen on `today`.
    pub fn of(calendar: &Calendar, due_on: Date, today: Date) -> Self {
        if due_on < today {
            return Self::Overdue(calendar.working_days_between(due_on, today).max(1));
        }
        match calendar.working_days_between(today, due_on) {
            left @ 0..=3 => Self::Soon(left),
            _ => Self::Calm,
        }
    }
}
