//! Published numbers as the rows of a table: each total beside the parts that it may be divided
//! into.

use crate::statistics::{
    catalogue::Table,
    month::Span,
    ssr::publishing::{Cell, store::Release},
};
use std::collections::BTreeMap;

/// What is told of one period, of the department or of a group of units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// When.
    pub(super) span: Span,
    /// Codes of the units; none for the whole department.
    pub(super) places: &'a [String],
    /// How many; 0 in a table without totals.
    pub(super) total: i64,
    /// Codes of the columns told, one by one or together, and how many of each.
    pub(super) parts: Vec<(&'a [String], i64)>,
}

impl<'a> Row<'a> {
    /// What is told of one column; `None` if it is told only together with others.
    pub(super) fn value(&self, class: &str) -> Option<i64> {
        let mut parts = self.parts.iter();
        parts.find_map(|(classes, value)| (*classes == [class]).then_some(*value))
    }

    /// The columns that are told only together, and how many they are.
    pub(super) fn pool(&self) -> Option<(&'a [String], i64)> {
        let mut parts = self.parts.iter();
        parts.find(|(classes, _)| classes.len() > 1).copied()
    }

    /// What is told of no single column.
    pub(super) fn undivided(&self) -> i64 {
        match self.parts.is_empty() {
            true => self.total,
            false => self.pool().map_or(0, |(_, value)| value),
        }
    }

    /// One number for each column, those told only together as 0; then what is undivided.
    pub(super) fn values(&self, table: Table) -> Vec<i64> {
        let classes = table.classes().into_iter();
        let told = classes.map(|(code, _)| self.value(code).unwrap_or(0));
        told.chain([self.undivided()]).collect()
    }

    /// Whether it is of the whole department.
    pub(super) fn is_whole(&self) -> bool {
        self.places.is_empty()
    }
}

/// The rows of a table over all releases, oldest first; of one period the department's first, then
/// its units in the order of the first of each group.
pub(super) fn rows(releases: &[Release], table: Table) -> Vec<Row<'_>> {
    let cells = releases.iter().flat_map(|release| &release.document.cells);
    let mut rows: BTreeMap<(Span, &[String]), Row<'_>> = BTreeMap::new();
    let mut order = Vec::new();
    for cell in cells.filter(|cell| cell.table == table) {
        let key = (cell.span, cell.places.as_slice());
        let row = rows.entry(key).or_insert_with(|| {
            order.push(key);
            empty(cell)
        });
        match cell.classes.is_empty() {
            true => row.total = cell.value,
            false => row.parts.push((&cell.classes, cell.value)),
        }
    }
    order.sort_by_key(|(span, _)| *span);
    let taken = order.iter().filter_map(|key| rows.remove(key));
    taken.collect()
}

fn empty(cell: &Cell) -> Row<'_> {
    Row {
        span: cell.span,
        places: &cell.places,
        total: 0,
        parts: Vec::new(),
    }
}

/// The rows of the whole department.
pub(super) fn whole(releases: &[Release], table: Table) -> Vec<Row<'_>> {
    let mut rows = rows(releases, table);
    rows.retain(Row::is_whole);
    rows
}
