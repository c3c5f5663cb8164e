//! What is published, and when: drafts made from the ledger by rule. The same ledger always gives
//! the same drafts, and more months never change earlier ones.

use super::{
    Cell, Ledger,
    ledger::Count,
    pool::{Member, pooled},
    witness::Block,
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
    let groups = unit_groups(ledger, Table::ByUnit, span);
    cells.extend(by_unit(ledger, Table::ByUnit, span, &groups));
    let groups = unit_groups(ledger, Table::TimelinessByUnit, span);
    cells.extend(by_unit_and_class(
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
    let partitions = within.map(|quarter| unit_groups(ledger, Table::ByUnit, *quarter));
    let groups = joined(ledger, partitions);
    cells.extend(by_unit_and_class(
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

/// The units that are told by themselves over a span, and the pool; nothing if only the department
/// may be told.
fn unit_groups(ledger: &Ledger, table: Table, span: Span) -> Vec<Vec<String>> {
    let Some(count) = Count::of(table) else {
        return Vec::new();
    };
    let members: Vec<(String, Member)> = ledger
        .units()
        .iter()
        .map(|unit| {
            let code = unit.code.clone();
            let count = ledger.sum(count, span, std::slice::from_ref(&code), &[]);
            let small = unit.small;
            (code, Member { count, small })
        })
        .collect();
    split(&members, table.least())
}

/// The finest groups that split no pool of any of these partitions; a partition without groups is
/// the department as one.
fn joined(ledger: &Ledger, partitions: impl Iterator<Item = Vec<Vec<String>>>) -> Vec<Vec<String>> {
    let all = || ledger.units().iter().map(|unit| unit.code.clone());
    let mut groups: Vec<Vec<String>> = all().map(|unit| vec![unit]).collect();
    for partition in partitions {
        let pools = match partition.is_empty() {
            true => vec![all().collect()],
            false => partition,
        };
        for pool in pools {
            let meets = |group: &Vec<String>| group.iter().any(|unit| pool.contains(unit));
            let (together, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(meets);
            groups = apart;
            groups.push(together.concat());
        }
    }
    let place = |unit: &String| all().position(|other| other == *unit);
    for group in &mut groups {
        group.sort_by_key(place);
    }
    groups.retain(|group| !group.is_empty());
    groups.sort_by_key(|group| group.first().and_then(place));
    match groups.len() {
        1 => Vec::new(),
        _ => groups,
    }
}

fn by_unit(ledger: &Ledger, table: Table, span: Span, groups: &[Vec<String>]) -> Vec<Cell> {
    let Some(count) = Count::of(table) else {
        return Vec::new();
    };
    let cell = |places: &[String]| Cell {
        table,
        span,
        places: places.to_vec(),
        classes: Vec::new(),
        value: ledger.sum(count, span, places, &[]),
    };
    let rows = groups.iter().map(|group| cell(group));
    std::iter::once(cell(&[])).chain(rows).collect()
}

/// Totals by unit, and the classes of those units where they betray nothing about another unit or
/// month.
fn by_unit_and_class(
    ledger: &Ledger,
    table: Table,
    span: Span,
    groups: &[Vec<String>],
    periods: &[Span],
) -> Vec<Cell> {
    let within: Vec<Span> = periods.iter().copied().filter(|p| span.holds(*p)).collect();
    let Some(shown) = shown_groups(ledger, table, groups, &within) else {
        return by_unit(ledger, table, span, &[]);
    };
    let mut cells = by_unit(ledger, table, span, &[]);
    for (group, shown) in groups.iter().zip(shown) {
        let row = by_class(ledger, table, span, group);
        cells.extend(row.into_iter().take(if shown { usize::MAX } else { 1 }));
    }
    cells
}

/// Which groups of units show their classes. First those of which each class may be told; then as
/// many fewer, in the order of the units, as it takes until nothing can be computed. `None` if
/// even the totals by unit would tell too much.
fn shown_groups(
    ledger: &Ledger,
    table: Table,
    groups: &[Vec<String>],
    periods: &[Span],
) -> Option<Vec<bool>> {
    let count = Count::of(table)?;
    let monthly = table.of_department()?;
    let classes = table.classes();
    let of = |span: Span, places: &[String]| -> Vec<i64> {
        let class =
            |(code, _): &(&str, &str)| ledger.sum(count, span, places, &[(*code).to_owned()]);
        classes.iter().map(class).collect()
    };
    let whole = Span {
        from: periods.first()?.from,
        to: periods.last()?.to,
    };
    let is_told = |counts: Vec<i64>, least: i64| counts.iter().all(|count| *count >= least);
    let mut block = Block {
        counts: periods
            .iter()
            .map(|period| groups.iter().map(|group| of(*period, group)).collect())
            .collect(),
        period_shown: periods
            .iter()
            .map(|period| is_told(of(*period, &[]), monthly.least()))
            .collect(),
        group_shown: groups
            .iter()
            .map(|group| is_told(of(whole, group), table.least()))
            .collect(),
    };
    while !block.narrow(table.least()).is_empty() {
        let next = block.group_shown.iter().position(|shown| *shown)?;
        block.group_shown[next] = false;
    }
    Some(block.group_shown)
}
