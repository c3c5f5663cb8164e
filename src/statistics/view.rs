//! What leadership sees: ready to read, small on the wire.

use crate::ui::{BatonLeg, ChartColumn, Due, Viewer};
use serde::{Deserialize, Serialize};

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

/// One of the plain figures at the top.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    /// What it counts.
    pub label: String,
    /// How many, as written.
    pub value: String,
    /// Inbox address of its cases; empty if there are none to open.
    pub href: String,
    /// How it came to be, oldest first; empty for a figure without a past.
    pub course: Vec<f64>,
}

/// The sentence that matters: what is late, where, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// How many cases are past their day.
    pub count: Linked,
    /// For how long the oldest of them: "lâu nhất 4 ngày làm việc".
    pub oldest: String,
    /// "9 ở VP ĐKĐĐ · 2 ở CN Ninh Kiều".
    pub places: String,
    /// "6 chờ lãnh đạo duyệt · 3 đang xác minh".
    pub reasons: String,
}

/// A number with the address of its cases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// How many.
    pub value: i64,
    /// Inbox address of its cases; empty if there is nothing to open.
    pub href: String,
}

/// A unit's row for a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    /// The unit.
    pub name: String,
    /// Received, answered, answered late, overdue.
    pub numbers: Vec<Linked>,
}

/// How a unit stands today.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitState {
    /// The unit.
    pub name: String,
    /// Open cases that it has.
    pub held: Linked,
    /// Of these, past their day.
    pub late: Linked,
    /// Mean days to an answer of late: "9,2"; "" if there were too few answers.
    pub days: String,
    /// Against its own past: "nhanh hơn 2,1"; "" if that cannot be said.
    pub change: String,
}

/// An answer that waits for a leader's word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Case number.
    pub number: String,
    /// Address of the page on which it is decided.
    pub href: String,
    /// What it is about; the number if that may not be read.
    pub matter: String,
    /// The first lines of the answer, past its greeting.
    pub answer: String,
    /// Unit and handler.
    pub who: String,
    /// Until when; `None` if no deadline runs.
    pub due: Option<Due>,
}

/// Everything that waits for a leader's word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions {
    /// Whether the reader is one who decides.
    pub mine: bool,
    /// How many.
    pub total: i64,
    /// Answers, nearest deadline first, at most three.
    pub answers: Vec<Decision>,
    /// How many answers.
    pub answers_total: Linked,
    /// Number and address of each case with a sign of denunciation that no unit has yet.
    pub closed: Vec<(String, String)>,
    /// Number and address of each name that somebody asks to open.
    pub openings: Vec<(String, String)>,
    /// "38 đề xuất không tiếp nhận"; "" if there are none.
    pub proposals: String,
    /// Their address in the inbox.
    pub proposals_href: String,
}

/// The leadership page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LeadershipView {
    /// The member of staff, for the frame.
    pub viewer: Viewer,
    /// What is late.
    pub late: Late,
    /// New, in hand, due soon; received, and days to an answer.
    pub headlines: Vec<Headline>,
    /// What waits for a decision.
    pub decisions: Decisions,
    /// By stage, in the order of the road.
    pub waiting: Vec<BatonLeg>,
    /// What the twelve months show.
    pub finding: String,
    /// Twelve months: answered, open, ended otherwise.
    pub trend: Vec<ChartColumn>,
    /// Each unit today, most overdue first.
    pub units: Vec<UnitState>,
    /// The period of the table by unit, as in the address.
    pub period: String,
    /// Whether it was asked for.
    pub period_chosen: bool,
    /// Its first and last day, as shown.
    pub days: String,
    /// By unit in that period, most overdue first.
    pub period_units: Vec<UnitRow>,
}
