//! Tables by unit: which units are told by themselves, which together, and whose classes.

use super::{by_class, split};
use crate::statistics::{
    catalogue::Table,
    month::Span,
    ssr::publishing::{
        Cell, Ledger,
        ledger::{Count, Unit},
        pool::Member,
        witness::Block,
    },
};

/// The units that are told by themselves over a span, and the pool; nothing if only the department
/// may be told.
pub(super) fn groups(ledger: &Ledger, table: Table, span: Span) -> Vec<Vec<String>> {
    let Some(count) = Count::of(table) else {
        return Vec::new();
    };
    let member = |Unit { code, small }: Unit| {
        let count = ledger.sum(count, span, std::slice::from_ref(&code), &[]);
        (code, Member { count, small })
    };
    let members: Vec<(String, Member)> = ledger.units(span).into_iter().map(member).collect();
    split(&members, table.least())
}

/// The finest groups of the units of a span that split no pool which `table` made of its `parts`;
/// a part without groups told the department as one.
pub(super) fn joined<'a>(
    ledger: &Ledger,
    table: Table,
    span: Span,
    parts: impl Iterator<Item = &'a Span>,
) -> Vec<Vec<String>> {
    let codes = |span: Span| -> Vec<String> {
        let units = ledger.units(span).into_iter();
        units.map(|unit| unit.code).collect()
    };
    let all = codes(span);
    let mut joined: Vec<Vec<String>> = all.iter().map(|unit| vec![unit.clone()]).collect();
    for part in parts {
        let mut pools = groups(ledger, table, *part);
        if pools.is_empty() {
            pools.push(codes(*part));
        }
        for pool in pools {
            let meets = |group: &Vec<String>| group.iter().any(|unit| pool.contains(unit));
            let (together, apart): (Vec<_>, Vec<_>) = joined.into_iter().partition(meets);
            joined = apart;
            joined.push(together.concat());
        }
    }
    let place = |unit: &String| all.iter().position(|other| other == unit);
    for group in &mut joined {
        group.sort_by_key(place);
    }
    joined.retain(|group| !group.is_empty());
    joined.sort_by_key(|group| group.first().and_then(place));
    match joined.len() {
        1 => Vec::new(),
        _ => joined,
    }
}

/// The total of the department, and of each group.
pub(super) fn totals(
    ledger: &Ledger,
    table: Table,
    span: Span,
    groups: &[Vec<String>],
) -> Vec<Cell> {
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
pub(super) fn with_classes(
    ledger: &Ledger,
    table: Table,
    span: Span,
    groups: &[Vec<String>],
    periods: &[Span],
) -> Vec<Cell> {
    let within: Vec<Span> = periods.iter().copied().filter(|p| span.holds(*p)).collect();
    let Some(shown) = shown_groups(ledger, table, groups, &within) else {
        return totals(ledger, table, span, &[]);
    };
    let mut cells = totals(ledger, table, span, &[]);
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
