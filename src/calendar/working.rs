//! The working calendar of one version: Monday to Friday, less the days off, plus Saturdays worked
//! in exchange.

use std::collections::BTreeMap;
use time::{Date, Duration, Weekday};

/// How the published table changes a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// Off: holiday, compensatory or swapped day.
    Off,
    /// A Saturday worked in exchange for a day off.
    WorkingSaturday,
    /// Announced but not confirmed: counted as if it had not been announced.
    UnconfirmedOff,
}

/// A version of the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Stored with every deadline that it counts.
    pub version: i16,
    days: BTreeMap<Date, DayKind>,
}

impl Calendar {
    /// A calendar of this version from its exceptional days.
    pub fn new(version: i16, days: impl IntoIterator<Item = (Date, DayKind)>) -> Self {
        Self {
            version,
            days: days.into_iter().collect(),
        }
    }

    /// Whether offices work on this day.
    pub fn is_working(&self, day: Date) -> bool {
        match self.days.get(&day) {
            Some(DayKind::Off) => false,
            Some(DayKind::WorkingSaturday) => true,
            Some(DayKind::UnconfirmedOff) | None => {
                !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
            }
        }
    }

    /// The `count`-th working day after `start`; day 1 is the first working day after it. Zero
    /// gives `start` itself.
    pub fn add_working_days(&self, start: Date, count: u16) -> Date {
        let mut day = start;
        for _ in 0..count {
            day += Duration::DAY;
            while !self.is_working(day) {
                day += Duration::DAY;
            }
        }
        day
    }

    /// Working days after `from` up to and including `to`; negative if `to` is before `from`.
    pub fn working_days_between(&self, from: Date, to: Date) -> i32 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let mut day = from;
        let mut count = 0;
        while day < to {
            day += Duration::DAY;
            count += i32::from(self.is_working(day));
        }
        count
    }
}
