//! What several tables tell together: spans that cut each other, pools that one table splits, and
//! hidden cells that follow from shown ones.

use super::{Offence, Tables, Why};
use crate::statistics::{
    catalogue::{Rhythm, Table},
    month::Span,
    ssr::publishing::{
        Cell, Ledger,
        ledger::Count,
        witness::{Block, Hidden},
    },
};

pub(super) fn offences(tables: &Tables<'_>, ledger: &Ledger) -> Vec<Offence> {
    let periods: Vec<Span> = spans(tables, Table::Flow).collect();
    let mut offences = cut(tables, &periods);
    offences.extend(chained(tables));
    offences.extend(agreeing(tables));
    for ((table, span), cells) in tables {
        if *table == Table::ByUnitAndKind {
            offences.extend(split_pools(tables, *span, cells));
        }
        if table.of_department().is_some() {
            offences.extend(computable(tables, ledger, *span, cells, &periods));
        }
    }
    offences
}

fn spans<'a>(tables: &'a Tables<'_>, of: Table) -> impl Iterator<Item = Span> + 'a {
    let of_table = tables.keys().filter(move |(table, _)| *table == of);
    of_table.map(|(_, span)| *span)
}

/// All tables are over whole periods, and those of quarters and years over the calendar's; no two
/// spans of a table meet.
fn cut(tables: &Tables<'_>, periods: &[Span]) -> Vec<Offence> {
    let mut offences = Vec::new();
    for ((table, span), cells) in tables {
        let is_period = periods.contains(span);
        let made: i32 = periods
            .iter()
            .filter(|period| span.holds(**period))
            .map(|period| period.months())
            .sum();
        let months = table.rhythm().months();
        let fits = match table.rhythm() {
            Rhythm::Month => is_period,
            _ => span.from.begins(months) && span.to.plus(1).begins(months),
        };
        let mut others = spans(tables, *table).filter(|other| other.meets(*span) && other != span);
        let whole = fits && made == span.months() && others.next().is_none();
        offences.extend(
            cells
                .iter()
                .filter(|_| !whole)
                .map(|cell| Offence::of(cell, Why::CutsPeriod)),
        );
    }
    offences
}

/// What was pending at the end of a period is pending at the start of the next.
fn chained(tables: &Tables<'_>) -> Vec<Offence> {
    let flows: Vec<&Vec<&Cell>> = tables
        .iter()
        .filter(|((table, _), _)| *table == Table::Flow)
        .map(|(_, cells)| cells)
        .collect();
    let of = |cells: &[&Cell], class: &str| {
        let mut found = cells.iter().filter(|cell| cell.classes == [class]);
        found.next().map(|cell| cell.value)
    };
    flows
        .windows(2)
        .filter(|pair| of(pair[0], "ton_cuoi") != of(pair[1], "ton_dau"))
        .filter_map(|pair| pair[1].first())
        .map(|cell| Offence::of(cell, Why::Unbalanced))
        .collect()
}

/// The totals of different tables over one period are the same numbers.
fn agreeing(tables: &Tables<'_>) -> Vec<Offence> {
    let mut offences = Vec::new();
    for ((table, span), cells) in tables {
        let stock = match table {
            Table::ByKind => "tiep_nhan",
            Table::ByOutcome | Table::Timeliness => "ket_thuc",
            _ => continue,
        };
        let Some(flow) = tables.get(&(Table::Flow, *span)) else {
            continue;
        };
        let mut counted = flow.iter().filter(|cell| cell.classes == [stock]);
        let said = counted.next().map(|cell| cell.value);
        let is_total = |cell: &&&Cell| cell.classes.is_empty() && cell.places.is_empty();
        let wrong = cells
            .iter()
            .filter(is_total)
            .filter(|cell| Some(cell.value) != said);
        offences.extend(wrong.map(|cell| Offence::of(cell, Why::Unbalanced)));
    }
    offences
}

/// Units that a quarter pooled stay together in the year.
fn split_pools(tables: &Tables<'_>, year: Span, cells: &[&Cell]) -> Vec<Offence> {
    let groups: Vec<&Cell> = groups(cells).collect();
    let is_whole = |pool: &Cell| {
        let holds = |group: &&&Cell| pool.places.iter().all(|unit| group.places.contains(unit));
        groups.iter().any(|group| holds(&group))
    };
    let mut offences = Vec::new();
    for quarter in spans(tables, Table::ByUnit).filter(|quarter| quarter.meets(year)) {
        let Some(of_quarter) = tables.get(&(Table::ByUnit, quarter)) else {
            continue;
        };
        let pools: Vec<&Cell> = self::groups(of_quarter).collect();
        // a quarter that tells no unit pooled them all
        let split = pools.is_empty() || pools.iter().any(|pool| !is_whole(pool));
        let in_year = groups.iter().filter(|_| split || !year.holds(quarter));
        offences.extend(in_year.map(|cell| Offence::of(cell, Why::SplitsPool)));
    }
    offences
}

/// The totals of the groups of units of a table.
fn groups<'a>(cells: &'a [&'a Cell]) -> impl Iterator<Item = &'a Cell> {
    let is_group = |cell: &&Cell| !cell.places.is_empty() && cell.classes.is_empty();
    cells.iter().copied().filter(is_group)
}

/// Hidden classes of a unit or a period that follow from those of the others.
fn computable(
    tables: &Tables<'_>,
    ledger: &Ledger,
    span: Span,
    cells: &[&Cell],
    periods: &[Span],
) -> Vec<Offence> {
    let groups: Vec<&Cell> = groups(cells).collect();
    let Some((table, monthly, count)) = groups.first().and_then(|group| {
        let monthly = group.table.of_department()?;
        Some((group.table, monthly, Count::of(group.table)?))
    }) else {
        return Vec::new();
    };
    let classes = table.classes();
    let within: Vec<Span> = periods.iter().copied().filter(|p| span.holds(*p)).collect();
    let shows = |cells: &[&Cell], places: &[String]| {
        cells
            .iter()
            .any(|cell| cell.places == places && !cell.classes.is_empty())
    };
    let of = |period: &Span, group: &&Cell| -> Vec<i64> {
        let class = |(code, _): &(&str, &str)| {
            ledger.sum(count, *period, &group.places, &[(*code).to_owned()])
        };
        classes.iter().map(class).collect()
    };
    let block = Block {
        counts: within
            .iter()
            .map(|period| groups.iter().map(|group| of(period, group)).collect())
            .collect(),
        period_shown: within
            .iter()
            .map(|period| tables.get(&(monthly, *period)))
            .map(|row| row.is_some_and(|row| shows(row, &[])))
            .collect(),
        group_shown: groups
            .iter()
            .map(|group| shows(cells, &group.places))
            .collect(),
    };
    let hidden = block.narrow(table.least()).into_iter();
    hidden
        .map(|(cell, class)| {
            let classes = classes.get(class).map(|(code, _)| (*code).to_owned());
            let (table, span, places) = match cell {
                Hidden::Period(at) => (monthly, within[at], Vec::new()),
                Hidden::Group(at) => (table, span, groups[at].places.clone()),
            };
            let classes = classes.into_iter().collect();
            Offence::of(
                &Cell {
                    table,
                    span,
                    places,
                    classes,
                    value: 0,
                },
                Why::Narrow,
            )
        })
        .collect()
}
