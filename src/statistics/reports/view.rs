//! What the page shows.

use super::{index::UnitIndex, results::Line};
use crate::ui::Viewer;
use serde::{Deserialize, Serialize};

/// A period to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodChoice {
    /// As in the address.
    pub code: String,
    /// "Quý IV/2026".
    pub name: String,
    /// Whether it runs from the 15th to the 14th.
    pub is_statutory: bool,
}

/// The reports of a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportsView {
    /// The member of staff, for the frame.
    pub viewer: Viewer,
    /// Periods one may choose, the latest first.
    pub periods: Vec<PeriodChoice>,
    /// The period shown.
    pub chosen: PeriodChoice,
    /// "15/09/2026 – 14/12/2026".
    pub days: String,
    /// Day by which the report is sent; "" where nothing says one.
    pub submit_by: String,
    /// Whether the period is not over: its numbers are those of today.
    pub runs: bool,
    /// Numbers of the cases that break the form; the report is stopped while there are any.
    pub broken: Vec<String>,
    /// Whether the reader may open cases, and have the register.
    pub opens_cases: bool,
    /// The form, a row for each unit; the last row is their total.
    pub lines: Vec<Line>,
    /// Indices by unit.
    pub indices: Vec<UnitIndex>,
}
