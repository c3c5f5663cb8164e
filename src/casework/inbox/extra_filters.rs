//! What narrows the inbox besides view, kind, unit and channel: when cases came, which unit
//! has them, whether they were answered. The leadership page counts by these, so that each of its
//! numbers is a link to exactly its cases.

use super::filters::is_unit_code;
use crate::case::{read_day, write_day};
use time::Date;

/// With which unit a case is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Holder {
    /// With any, or none.
    #[default]
    Any,
    /// With no unit yet.
    Nobody,
    /// With the unit of this code.
    Unit(String),
}

/// Whether a case was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was, in time or late.
    Given,
    /// It was, after its day.
    Late,
}

impl Answer {
    /// Both, in the order of the page.
    pub const ALL: [Self; 2] = [Self::Given, Self::Late];

    /// In the address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Given => "roi",
            Self::Late => "tre",
        }
    }

    /// On the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Given => "Đã trả lời",
            Self::Late => "Trả lời trễ hạn",
        }
    }
}

/// Filters behind "more filters", each a parameter of the inbox's address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtraFilters {
    /// Received on this day or later.
    pub from: Option<Date>,
    /// Received on this day or earlier.
    pub to: Option<Date>,
    /// Which unit has the case.
    pub holder: Holder,
    /// Only answered cases, or only those answered late.
    pub answer: Option<Answer>,
}

/// The value of `giao` in the address for cases without a unit.
pub const NOBODY: &str = "chua";

impl ExtraFilters {
    /// Takes one pair of a query string; ignores names and values it does not know.
    pub fn take(&mut self, name: &str, value: &str) {
        match name {
            "tu" => self.from = read_day(value),
            "den" => self.to = read_day(value),
            "giao" if value == NOBODY => self.holder = Holder::Nobody,
            "giao" if is_unit_code(value) => self.holder = Holder::Unit(value.to_owned()),
            "tra-loi" => {
                self.answer = Answer::ALL
                    .into_iter()
                    .find(|answer| answer.code() == value)
            }
            _ => {}
        }
    }

    /// The pairs of a query string that say the same.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let holder = match &self.holder {
            Holder::Any => None,
            Holder::Nobody => Some(NOBODY.to_owned()),
            Holder::Unit(code) => Some(code.clone()),
        };
        let pairs = [
            ("tu", self.from.map(write_day)),
            ("den", self.to.map(write_day)),
            ("giao", holder),
            (
                "tra-loi",
                self.answer.map(|answer| answer.code().to_owned()),
            ),
        ];
        pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }
}
