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

    /// `Tháng 10/2026`, `Quý IV/2026`, `Năm 2026`, otherwise `Các tháng 08–10/2026`.
    pub fn words(self) -> String {
        const QUARTERS: [&str; 4] = ["I", "II", "III", "IV"];
        let year = self.from.year();
        let quarter = QUARTERS[usize::from((self.from.of_year() - 1) / 3)];
        match self.months() {
            1 => format!("Tháng {}", self.short()),
            3 if self.from.begins(3) => format!("Quý {quarter}/{year}"),
            12 if self.from.begins(12) => format!("Năm {year}"),
            _ => format!("Các tháng {}", self.short()),
        }
    }

    /// `10/2026`, `08–10/2026` or `12/2025–01/2026`.
    pub fn short(self) -> String {
        let (from, to) = (self.from, self.to);
        let whole = |month: Month| format!("{:02}/{}", month.of_year(), month.year());
        if from == to {
            whole(to)
        } else if from.year() == to.year() {
            format!("{:02}–{}", from.of_year(), whole(to))
        } else {
            format!("{}–{}", whole(from), whole(to))
        }
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
    fn spans_are_told_as_people_say_them() {
        let of = |from: (i32, u8), to: (i32, u8)| Span {
            from: Month::new(from.0, from.1),
            to: Month::new(to.0, to.1),
        };
        for (span, words) in [
            (of((2026, 10), (2026, 10)), "Tháng 10/2026"),
            (of((2026, 10), (2026, 12)), "Quý IV/2026"),
            (of((2026, 9), (2026, 11)), "Các tháng 09–11/2026"),
            (of((2025, 12), (2026, 2)), "Các tháng 12/2025–02/2026"),
            (of((2026, 1), (2026, 12)), "Năm 2026"),
        ] {
            assert_eq!(span.words(), words);
        }
    }

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
