//! What is published, and when: drafts made from the ledger by rule. The same ledger always gives
//! the same drafts, and more months never change earlier ones.

mod units;

use super::{
    Cell, Ledger,
    ledger::Count,
    pool::{Member, pooled},
};
use crate::statistics::{
    catalogue::{LEAST, LEAST_OF_OUTCOME, Rhythm, Stock, Table},
    month::{Month, Span},
};

/// Months that are published as one because a single one would say too little have at least this
/// many among them.
const WAITED: i32 = 3;

/// The figures of one period, as drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The months that are new in it.
    pub span: Span,
    /// Everything it publishes, in the order in which it is written.
    pub cells: Vec<Cell>,
}

/// The draft of every period that is ripe, oldest first.
pub fn drafts(ledger: &Ledger) -> Vec<Draft> {
    let periods = periods(ledger);
    let quarters = longer(&periods, Rhythm::Quarter);
    let years = longer(&quarters, Rhythm::Year);
    periods
        .iter()
        .map(|period| {
            let mut cells = monthly(ledger, *period);
            let ends_here = |span: &&Span| span.to == period.to;
            for quarter in quarters.iter().filter(ends_here) {
                cells.extend(quarterly(ledger, *quarter, &periods));
            }
            for year in years.iter().filter(ends_here) {
                cells.extend(yearly(ledger, *year, &periods, &quarters));
            }
            cells.sort_by(|a, b| a.key().cmp(&b.key()));
            Draft {
                span: *period,
                cells,
            }
        })
        .collect()
}

/// Months, or runs of months: each ends where what came, what went and what remained may be told.
/// The same periods for every table, so that no two differ by part of one.
fn periods(ledger: &Ledger) -> Vec<Span> {
    let Some(all) = ledger.span() else {
        return Vec::new();
    };
    let mut periods = Vec::new();
    let mut from = all.from;
    // a first stock of a few cases is not told either
    while from <= all.to && (1..LEAST).contains(&ledger.stock(Span::of(from), Stock::Opening)) {
        from = from.plus(1);
    }
    let mut to = from;
    while to <= all.to {
        let span = Span { from, to };
        if may_be_told(ledger, span) {
            periods.push(span);
            from = to.plus(1);
        }
        to = to.plus(1);
    }
    periods
}

fn may_be_told(ledger: &Ledger, span: Span) -> bool {
    let waited = span.months() == 1 || span.months() >= WAITED;
    waited
        && [
            (Stock::Received, LEAST),
            (Stock::Closed, LEAST_OF_OUTCOME),
            (Stock::Pending, LEAST),
        ]
        .into_iter()
        .all(|(stock, least)| ledger.stock(span, stock) >= least)
}

/// Spans of the calendar made of whole `parts`; one that would cut a part waits for the next.
fn longer(parts: &[Span], rhythm: Rhythm) -> Vec<Span> {
    let ends = parts.last().map(|last| last.to.plus(1));
    let starts = parts.iter().map(|part| part.from);
    let bounds: Vec<Month> = starts
        .chain(ends)
        .filter(|month| month.begins(rhythm.months()))
        .collect();
    let span = |pair: &[Month]| Span {
        from: pair[0],
        to: pair[1].plus(-1),
    };
    bounds.windows(2).map(span).collect()
}

fn monthly(ledger: &Ledger, span: Span) -> Vec<Cell> {
    let flow = Stock::ALL.iter().map(|stock| Cell {
        classes: vec![stock.code().to_owned()],
        ..Cell::total(Table::Flow, span, ledger.stock(span, *stock))
    });
    flow.chain(by_class(ledger, Table::ByKind, span, &[]))
        .chain(by_class(ledger, Table::ByOutcome, span, &[]))
        .chain(by_class(ledger, Table::Timeliness, span, &[]))
        .collect()
}

fn quarterly(ledger: &Ledger, span: Span, periods: &[Span]) -> Vec<Cell> {
    let mut cells = by_class(ledger, Table::Satisfaction, span, &[]);
    let groups = units::groups(ledger, Table::ByUnit, span);
    cells.extend(units::totals(ledger, Table::ByUnit, span, &groups));
    let groups = units::groups(ledger, Table::TimelinessByUnit, span);
    cells.extend(units::with_classes(
        ledger,
        Table::TimelinessByUnit,
        span,
        &groups,
        periods,
    ));
    cells
}

fn yearly(ledger: &Ledger, span: Span, periods: &[Span], quarters: &[Span]) -> Vec<Cell> {
    let mut cells = by_class(ledger, Table::ByReason, span, &[]);
    cells.extend(by_class(ledger, Table::ByChannel, span, &[]));
    let within = quarters.iter().filter(|quarter| span.holds(**quarter));
    let groups = units::joined(ledger, Table::ByUnit, span, within);
    cells.extend(units::with_classes(
        ledger,
        Table::ByUnitAndKind,
        span,
        &groups,
        periods,
    ));
    cells
}

/// A row: its total, and its classes as far as each may be told.
fn by_class(ledger: &Ledger, table: Table, span: Span, places: &[String]) -> Vec<Cell> {
    let Some(count) = Count::of(table) else {
        return Vec::new();
    };
    let cell = |classes: Vec<String>| Cell {
        table,
        span,
        places: places.to_vec(),
        value: ledger.sum(count, span, places, &classes),
        classes,
    };
    let members: Vec<(String, Member)> = table
        .classes()
        .into_iter()
        .map(|(code, _)| {
            let code = code.to_owned();
            let count = ledger.sum(count, span, places, std::slice::from_ref(&code));
            let small = false;
            (code, Member { count, small })
        })
        .collect();
    let groups = split(&members, table.least());
    std::iter::once(Vec::new())
        .chain(groups)
        .map(cell)
        .collect()
}

/// Members one by one, and the pool; nothing if only their total may be told.
fn split(members: &[(String, Member)], least: i64) -> Vec<Vec<String>> {
    let counts: Vec<Member> = members.iter().map(|(_, member)| *member).collect();
    let pool = pooled(&counts, least);
    if pool.len() == members.len() {
        return Vec::new();
    }
    let code = |at: usize| members[at].0.clone();
    let single = (0..members.len()).filter(|at| !pool.contains(at));
    let mut groups: Vec<Vec<String>> = single.map(|at| vec![code(at)]).collect();
    if !pool.is_empty() {
        groups.push(pool.into_iter().map(code).collect());
    }
    groups
}
