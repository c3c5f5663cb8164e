//! What can be seen of a cell by itself, and of the cells of one table and span.

use super::{Offence, Why};
use crate::statistics::{
    catalogue::{POOL_OF, Stock, Table},
    ssr::publishing::{Cell, Ledger, ledger::Count},
};
use std::collections::BTreeMap;

/// Threshold, pool, small unit, place in the catalogue, and truth.
pub(super) fn offences(cell: &Cell, ledger: &Ledger) -> Vec<Offence> {
    let is_first_stock = cell.table == Table::Flow
        && cell.value == 0
        && cell.classes == [Stock::Opening.code()]
        && ledger
            .span()
            .is_some_and(|span| span.from == cell.span.from);
    let few = |members: &[String]| (2..POOL_OF).contains(&members.len());
    let small_unit = || {
        let [place] = cell.places.as_slice() else {
            return false;
        };
        let mut units = ledger.units(cell.span).into_iter();
        units.any(|unit| unit.small && unit.code == *place)
    };
    [
        (
            cell.value < cell.table.least() && !is_first_stock,
            Why::Small,
        ),
        (few(&cell.places) || few(&cell.classes), Why::FewMembers),
        (small_unit(), Why::SmallUnit),
        (!is_in_catalogue(cell), Why::NotInCatalogue),
        (ledger.value(cell) != Some(cell.value), Why::NotTheSum),
    ]
    .into_iter()
    .filter(|(is_so, _)| *is_so)
    .map(|(_, why)| Offence::of(cell, why))
    .collect()
}

fn is_in_catalogue(cell: &Cell) -> bool {
    let classes = cell.table.classes();
    let known = |class: &String| classes.iter().any(|(code, _)| code == class);
    Count::of(cell.table).is_some()
        && cell.span.from <= cell.span.to
        && cell.classes.iter().all(known)
        && (cell.places.is_empty() || cell.table.is_by_unit())
}

/// Every row adds up, and the rows add up; each member is in one group of its row.
pub(super) fn sums(cells: &[&Cell], ledger: &Ledger) -> Vec<Offence> {
    let Some(first) = cells.first() else {
        return Vec::new();
    };
    if first.table == Table::Flow {
        return flow(cells);
    }
    let mut offences = Vec::new();
    let mut rows: BTreeMap<&[String], Vec<&Cell>> = BTreeMap::new();
    for cell in cells {
        rows.entry(&cell.places).or_default().push(cell);
    }
    let of_classes = first.table.classes();
    let classes: Vec<&str> = of_classes.iter().map(|(code, _)| *code).collect();
    for row in rows.values() {
        let (totals, parts) = row.iter().partition(|cell| cell.classes.is_empty());
        offences.extend(parts_of(totals, parts, |cell| &cell.classes, &classes));
    }
    let there = ledger.units(first.span);
    let units: Vec<&str> = there.iter().map(|unit| unit.code.as_str()).collect();
    let (totals, parts) = cells
        .iter()
        .filter(|cell| cell.classes.is_empty())
        .partition(|cell| cell.places.is_empty());
    offences.extend(parts_of(totals, parts, |cell| &cell.places, &units));
    offences
}

/// Whether `parts`, if there are any, make up the one total, each of `members` in one of them.
fn parts_of(
    totals: Vec<&Cell>,
    parts: Vec<&Cell>,
    of: fn(&Cell) -> &Vec<String>,
    members: &[&str],
) -> Vec<Offence> {
    let mut offences = Vec::new();
    let any = totals.iter().chain(&parts).next();
    let sum: i64 = parts.iter().map(|part| part.value).sum();
    let balanced = match totals.as_slice() {
        [total] => parts.is_empty() || sum == total.value,
        _ => false,
    };
    offences.extend(
        any.filter(|_| !balanced)
            .map(|cell| Offence::of(cell, Why::Unbalanced)),
    );
    let holders = |member: &str| {
        let holds = |part: &&&Cell| of(part).iter().any(|other| other == member);
        parts.iter().filter(holds).count()
    };
    for part in &parts {
        let twice = of(part).iter().any(|member| holders(member) > 1);
        offences.extend(twice.then(|| Offence::of(part, Why::Overlap)));
    }
    let missing = members.iter().any(|member| holders(member) == 0);
    let gap = any.filter(|_| missing && !parts.is_empty());
    offences.extend(gap.map(|cell| Offence::of(cell, Why::Gap)));
    offences
}

/// Opening and received make closed and pending.
fn flow(cells: &[&Cell]) -> Vec<Offence> {
    let of = |stock: Stock| {
        let mut found = cells.iter().filter(|cell| cell.classes == [stock.code()]);
        found.next().map(|cell| cell.value)
    };
    let figures: Option<Vec<i64>> = Stock::ALL.iter().map(|stock| of(*stock)).collect();
    let balanced = figures.is_some_and(|f| f.len() == cells.len() && f[0] + f[1] == f[2] + f[3]);
    let all = cells.iter().filter(|_| !balanced);
    all.map(|cell| Offence::of(cell, Why::Unbalanced)).collect()
}
