//! One published number.

use crate::statistics::{catalogue::Table, month::Span};
use serde::{Deserialize, Serialize};

/// A number as the public reads it: what it counts, over which time, of which units and columns.
///
/// `places` are the units it is the sum of, empty for the whole department; `classes` the columns,
/// empty for their total. More than one member is a pool.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cell {
    /// In which table.
    #[serde(rename = "bang")]
    pub table: Table,
    /// Over which months.
    #[serde(flatten)]
    pub span: Span,
    /// Codes of units.
    #[serde(rename = "don_vi")]
    pub places: Vec<String>,
    /// Codes of columns ([`Table::classes`]).
    #[serde(rename = "chi_tieu")]
    pub classes: Vec<String>,
    /// How many cases; whole percent in [`Table::FirstShare`].
    #[serde(rename = "gia_tri")]
    pub value: i64,
}

impl Cell {
    /// The total of a table over a span.
    pub fn total(table: Table, span: Span, value: i64) -> Self {
        Self {
            table,
            span,
            places: Vec::new(),
            classes: Vec::new(),
            value,
        }
    }

    /// What it counts, without how many.
    pub fn key(&self) -> (Table, Span, &[String], &[String]) {
        (self.table, self.span, &self.places, &self.classes)
    }

    /// How an operator reads it: `t3 2026-01..2026-03 cn-o-mon+mot-cua tong`. Never with its value,
    /// which may be what must not be told.
    pub fn name(&self) -> String {
        let list = |members: &[String]| match members {
            [] => "tong".to_owned(),
            members => members.join("+"),
        };
        let (from, to) = (self.span.from, self.span.to);
        let (places, classes) = (list(&self.places), list(&self.classes));
        format!("{} {from}..{to} {places} {classes}", self.table.code())
    }
}
