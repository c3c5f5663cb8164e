//! What the pages show: ready to read, small on the wire.

use crate::ui::{Bar, Due, Viewer};
use serde::{Deserialize, Serialize};

/// A row of the table of receipts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedRow {
    /// `10/2026`.
    pub period: String,
    /// The three kinds, then the pool.
    pub cells: Vec<Option<i64>>,
    /// Their sum.
    pub total: i64,
}

/// A row of the table of answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredRow {
    /// `10/2026`.
    pub period: String,
    /// How many.
    pub answered: i64,
    /// The share in time, in words.
    pub share: String,
}

/// The transparency page: sentences, figures, tables.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransparencyView {
    /// Years one may choose, newest first.
    pub years: Vec<i32>,
    /// The year shown; 0 is the last twelve periods.
    pub year: i32,
    /// The published figures by month of receipt.
    pub finding: String,
    /// Oldest first.
    pub received: Vec<ReceivedRow>,
    /// Sum of the rows shown.
    pub total: i64,
    /// The published figures by month of the answer.
    pub answered_finding: String,
    /// Oldest first.
    pub answered: Vec<AnsweredRow>,
}

/// A period to choose. Each is within the twelve months that are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChosenPeriod {
    /// The current month.
    ThisMonth,
    /// The month before.
    LastMonth,
    /// The current quarter.
    ThisQuarter,
    /// The current year.
    ThisYear,
}

impl ChosenPeriod {
    /// Every period, as offered.
    pub const ALL: [Self; 4] = [
        Self::ThisMonth,
        Self::LastMonth,
        Self::ThisQuarter,
        Self::ThisYear,
    ];

    /// As in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ThisMonth => "thang-nay",
            Self::LastMonth => "thang-truoc",
            Self::ThisQuarter => "quy-nay",
            Self::ThisYear => "nam-nay",
        }
    }

    /// As read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ThisMonth => "Tháng này",
            Self::LastMonth => "Tháng trước",
            Self::ThisQuarter => "Quý này",
            Self::ThisYear => "Năm nay",
        }
    }
}

/// One of the four figures at the top.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// What it counts.
    pub label: String,
    /// How many.
    pub value: i64,
    /// Inbox address of its cases; empty if this person may see figures only.
    pub href: String,
    /// Since when or until when.
    pub note: String,
}

/// A number with the address of its cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// How many.
    pub value: i64,
    /// Inbox address of its cases; empty if there is nothing to open.
    pub href: String,
}

/// A unit's row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    /// The unit.
    pub name: String,
    /// Received, answered, answered late, overdue.
    pub numbers: Vec<Linked>,
}

/// Cases that wait at one stage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The status, as staff read it.
    pub label: String,
    /// How many.
    pub count: Linked,
    /// Day of receipt of the oldest.
    pub oldest: String,
}

/// A case that needs a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Case number.
    pub number: String,
    /// Address of the page on which it is decided.
    pub href: String,
    /// What is to be decided.
    pub what: String,
    /// With which unit.
    pub unit: String,
    /// Until when; `None` if no deadline runs.
    pub due: Option<Due>,
}

/// The leadership page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadershipView {
    /// The member of staff, for the frame.
    pub viewer: Viewer,
    /// New, in hand, due soon, overdue.
    pub headlines: Vec<Headline>,
    /// The period of the table by unit, as in the address.
    pub period: String,
    /// Its first and last day, as shown.
    pub days: String,
    /// By unit, most overdue first.
    pub units: Vec<UnitRow>,
    /// By status, in the order of the road.
    pub waiting: Vec<Waiting>,
    /// Twelve months: answered, ended otherwise, open.
    pub trend: Vec<Bar>,
    /// What needs a decision, nearest deadline first, at most ten.
    pub decisions: Vec<Decision>,
    /// How many need one.
    pub decisions_total: i64,
}
