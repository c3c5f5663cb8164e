//! What the transparency page shows: each published table as a figure, ready to read.

use super::catalogue::Table;
use crate::ui::{Bar, ChartColumn};
use serde::{Deserialize, Serialize};

/// The transparency page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransparencyView {
    /// Years one may choose, newest first; none before the first release.
    pub years: Vec<i32>,
    /// The year shown; 0 for the latest periods.
    pub year: i32,
    /// One for each table that is told of, in the order of the article; none for a year of which
    /// nothing is.
    pub figures: Vec<FigureView>,
    /// The releases of the year, or the latest; newest first.
    pub releases: Vec<ReleaseView>,
}

/// A table as a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureView {
    /// Which.
    pub table: Table,
    /// What one reads off it.
    pub reading: String,
    /// How it is drawn; `None` if nothing of it is out yet.
    pub chart: Option<Chart>,
    /// The numbers.
    pub grid: Grid,
}

/// How numbers are drawn. The values of a column or bar are those of the table's columns in their
/// order, and then what is told of no single one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chart {
    /// Along the months.
    Columns(Vec<ChartColumn>),
    /// Beside each other.
    Bars(Vec<Bar>),
}

/// Rows and columns of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grid {
    /// What the rows are, read above them.
    pub caption: String,
    /// Headings, that of the row names first.
    pub heads: Vec<String>,
    /// The name of each row and its cells.
    pub rows: Vec<(String, Vec<String>)>,
}

/// A release in the list of releases.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseView {
    /// Its code, in its address as well.
    pub code: String,
    /// What it tells of, in words.
    pub period: String,
    /// Its day as shown; "" for what the first version published.
    pub published_on: String,
    /// SHA-256 of its JSON, in hexadecimal digits.
    pub sha256: String,
}
