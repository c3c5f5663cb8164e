//! Months counted back from a day, for the figures of leadership.

use time::{Date, Month};

/// First day of the month of `day`; earlier months are closed.
pub(super) fn month_of(day: Date) -> Date {
    Date::from_calendar_date(day.year(), day.month(), 1).unwrap_or(day)
}

/// First day of the month `count` months before that of `day`.
pub(super) fn months_before(day: Date, count: i32) -> Date {
    let months = day.year() * 12 + i32::from(u8::from(day.month())) - 1 - count;
    let month = Month::try_from((months.rem_euclid(12) + 1) as u8).unwrap_or(Month::January);
    Date::from_calendar_date(months.div_euclid(12), month, 1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn months_are_counted_across_years() {
        for (day, count, month) in [
            (date!(2026 - 11 - 23), 0, date!(2026 - 11 - 01)),
            (date!(2026 - 11 - 23), 11, date!(2025 - 12 - 01)),
            (date!(2026 - 01 - 31), 1, date!(2025 - 12 - 01)),
        ] {
            assert_eq!(months_before(day, count), month);
        }
    }
}
