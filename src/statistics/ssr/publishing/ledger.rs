//! What was counted, frozen when its month closed. It is what every table is a sum of; it is never
//! published itself.

use crate::statistics::{
    catalogue::{Outcome, ReasonGroup, Stock, Table},
    month::{Month, Span},
};
use std::collections::BTreeMap;

/// A way in which the cases of a month were counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Count {
    /// Received, by unit and kind.
    Received,
    /// Received, by group of reasons.
    Reason,
    /// Received, by channel.
    Channel,
    /// Ended, by outcome.
    Outcome,
    /// Ended, by unit and whether in time.
    Timely,
    /// Ended, by what the submitter said.
    Mark,
    /// Pending at the start, received, ended, pending at the end.
    Stock,
}

impl Count {
    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "nhan",
            Self::Reason => "ly_do",
            Self::Channel => "kenh",
            Self::Outcome => "ket_qua",
            Self::Timely => "han",
            Self::Mark => "hai_long",
            Self::Stock => "luan_chuyen",
        }
    }

    /// The count of a stored code.
    pub fn from_code(code: &str) -> Option<Self> {
        [
            Self::Received,
            Self::Reason,
            Self::Channel,
            Self::Outcome,
            Self::Timely,
            Self::Mark,
            Self::Stock,
        ]
        .into_iter()
        .find(|count| count.code() == code)
    }

    /// The count that a table sums; `None` for what is no longer counted.
    pub const fn of(table: Table) -> Option<Self> {
        match table {
            Table::Flow => Some(Self::Stock),
            Table::ByKind | Table::ByUnit | Table::ByUnitAndKind => Some(Self::Received),
            Table::ByOutcome => Some(Self::Outcome),
            Table::Timeliness | Table::TimelinessByUnit => Some(Self::Timely),
            Table::ByReason => Some(Self::Reason),
            Table::ByChannel => Some(Self::Channel),
            Table::Satisfaction => Some(Self::Mark),
            // the register of late dossiers does not exist yet
            Table::LateDossiers | Table::FirstShare => None,
        }
    }

    /// The public class of what was counted.
    fn class(self, counted: &str) -> String {
        match self {
            Self::Outcome => Outcome::of(counted).code().to_owned(),
            Self::Reason => ReasonGroup::of(counted).code().to_owned(),
            _ => counted.to_owned(),
        }
    }
}

/// A unit that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// Has fewer officials than a unit that is published by itself.
    pub small: bool,
}

/// The counts of consecutive months.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Units in their order, with the months in which each was there and whether it was small then.
    units: BTreeMap<(i64, String), BTreeMap<Month, bool>>,
    counts: BTreeMap<(Count, Month, String, String), i64>,
    span: Option<Span>,
}

impl Ledger {
    /// Adds a unit that was there in a month; `order` is its place among those that are pooled.
    ///
    /// What units there were is frozen with the counts: a unit that comes, ends or grows later
    /// changes no draft of an earlier month.
    pub fn add_unit(&mut self, month: Month, order: i64, code: &str, small: bool) {
        let months = self.units.entry((order, code.to_owned())).or_default();
        months.insert(month, small);
    }

    /// Adds what was counted of a month; `place` is "" where units are not told apart.
    pub fn add(&mut self, count: Count, month: Month, place: &str, class: &str, value: i64) {
        let span = self.span.get_or_insert(Span::of(month));
        span.from = span.from.min(month);
        span.to = span.to.max(month);
        let key = (count, month, place.to_owned(), count.class(class));
        *self.counts.entry(key).or_default() += value;
    }

    /// The units that were there in a span, in the order in which they are pooled; one that was
    /// small in any month of it is small.
    pub fn units(&self, span: Span) -> Vec<Unit> {
        let there = self.units.iter().filter_map(|((_, code), months)| {
            let mut of_span = months.range(span.from..=span.to).peekable();
            of_span.peek()?;
            Some(Unit {
                code: code.clone(),
                small: of_span.any(|(_, small)| *small),
            })
        });
        there.collect()
    }

    /// The months counted; `None` if there are none.
    pub fn span(&self) -> Option<Span> {
        self.span
    }

    /// The sum over a span of these units (all if there are none) and classes (all if there are
    /// none).
    pub fn sum(&self, count: Count, span: Span, places: &[String], classes: &[String]) -> i64 {
        let first = (count, span.from, String::new(), String::new());
        let end = (count, span.to.plus(1), String::new(), String::new());
        let among = |list: &[String], code: &String| list.is_empty() || list.contains(code);
        self.counts
            .range(first..end)
            .filter(|((_, _, place, class), _)| among(places, place) && among(classes, class))
            .map(|(_, value)| value)
            .sum()
    }

    /// Pending before the first month of a span, or after its last.
    pub fn stock(&self, span: Span, stock: Stock) -> i64 {
        let at = match stock {
            Stock::Opening => Span::of(span.from),
            Stock::Pending => Span::of(span.to),
            Stock::Received | Stock::Closed => span,
        };
        self.sum(Count::Stock, at, &[], &[stock.code().to_owned()])
    }

    /// The true value of what a cell counts; `None` if it is not counted here.
    pub fn value(&self, cell: &super::Cell) -> Option<i64> {
        if cell.table == Table::Flow {
            let [class] = cell.classes.as_slice() else {
                return None;
            };
            return Some(self.stock(cell.span, Stock::from_code(class)?));
        }
        let count = Count::of(cell.table)?;
        Some(self.sum(count, cell.span, &cell.places, &cell.classes))
    }
}
