//! Months, and spans of months: the time of every published figure.

use serde::{Deserialize, Serialize};
use std::fmt;
use time::{Date, Month as OfYear};

/// A calendar month. Written `2026-03`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month(i32);

impl Month {
    /// The month `of_year` (1 to 12) of `year`.
    pub const fn new(year: i32, of_year: u8) -> Self {
        Self(year * 12 + of_year as i32 - 1)
    }

    /// The month of a day.
    pub fn of(day: Date) -> Self {
        Self::new(day.year(), u8::from(day.month()))
    }

    /// The month `count` later; earlier if it is negative.
    pub const fn plus(self, count: i32) -> Self {
        Self(self.0 + count)
    }

    /// Months from `earlier` to this one.
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// Its year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 to 12.
    pub const fn of_year(self) -> u8 {
        self.0.rem_euclid(12) as u8 + 1
    }

    /// Whether a period of `months` (3 for a quarter, 12 for a year) of the calendar begins here.
    pub const fn begins(self, months: i32) -> bool {
        self.0.rem_euclid(months) == 0
    }

    /// The first day; of the earliest month there is where the calendar of the program ends.
    pub fn first_day(self) -> Date {
        let month = OfYear::try_from(self.of_year()).unwrap_or(OfYear::January);
        Date::from_calendar_date(self.year(), month, 1).unwrap_or(Date::MIN)
    }

    /// As stored and sent, `2026-03`; `None` if it is not of that form.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str, count| {
            text.len() == count && text.bytes().all(|digit| digit.is_ascii_digit())
        };
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let month: u8 = month.parse().ok()?;
        (1..=12)
            .contains(&month)
            .then_some(Self::new(year.parse().ok()?, month))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.of_year())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a month")
    }
}

/// Consecutive months, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first month.
    #[serde(rename = "tu_thang")]
    pub from: Month,
    /// The last month.
    #[serde(rename = "den_thang")]
    pub to: Month,
}

impl Span {
    /// The span of one month.
    pub const fn of(month: Month) -> Self {
        Self {
            from: month,
            to: month,
        }
    }

    /// How many months.
    pub const fn months(self) -> i32 {
        self.to.since(self.from) + 1
    }

    /// Whether `inner` lies within.
    pub fn holds(self, inner: Self) -> bool {
        self.from <= inner.from && inner.to <= self.to
    }

    /// Whether they share a month.
    pub fn meets(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn months_count_over_the_turn_of_a_year() {
        let november = Month::of(date!(2026 - 11 - 23));
        assert_eq!(november.to_string(), "2026-11");
        assert_eq!(november.plus(2).first_day(), date!(2027 - 01 - 01));
        assert!(november.plus(2).begins(12) && !november.begins(3));
        assert_eq!(Month::parse("2026-11"), Some(november));
        for wrong in ["2026-13", "2026-1", "26-11", "2026/11", "+026-11", ""] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }
}
