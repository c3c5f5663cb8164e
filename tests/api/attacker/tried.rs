//! Which suppressed counts are attacked, and what of them is found out.

use super::{Attack, Number, Target};
use lang_nghe::statistics::{
    catalogue::Table,
    month::{Month, Span},
    ssr::publishing::{Ledger, ledger::Count},
};
use std::collections::BTreeSet;

/// Suppressed counts tried in each way for each seed, evenly chosen; all of them with
/// `LANG_NGHE_ATTACK=all` (`docs/statistics.md`).
fn tried_each() -> usize {
    match std::env::var("LANG_NGHE_ATTACK").as_deref() {
        Ok("all") => usize::MAX,
        _ => 3,
    }
}

fn span(target: &Target) -> Span {
    Span {
        from: Month::parse(&target.from).unwrap(),
        to: Month::parse(&target.to).unwrap(),
    }
}

fn truth(ledger: &Ledger, count: Count, target: &Target) -> i64 {
    let list = |code: &Option<String>| code.clone().into_iter().collect::<Vec<_>>();
    let (units, classes) = (list(&target.unit), list(&target.class));
    ledger.sum(count, span(target), &units, &classes)
}

/// The suppressed counts below `least` among these.
fn suppressed(
    numbers: &[Number],
    ledger: &Ledger,
    count: Count,
    table: &str,
    least: i64,
    candidates: Vec<Target>,
) -> Vec<(Target, i64)> {
    let is_shown = |target: &Target| {
        numbers.iter().any(|n| {
            n.table == table
                && (&n.from, &n.to) == (&target.from, &target.to)
                && n.units == target.unit.clone().into_iter().collect::<Vec<_>>()
                && n.classes == target.class.clone().into_iter().collect::<Vec<_>>()
        })
    };
    candidates
        .into_iter()
        .filter(|target| !is_shown(target))
        .map(|target| {
            let value = truth(ledger, count, &target);
            (target, value)
        })
        .filter(|(_, count)| *count < least)
        .collect()
}

/// Every count that a table could have told over a span.
fn cells(
    spans: &[(String, String)],
    units: &[Option<String>],
    classes: &[Option<&str>],
) -> Vec<Target> {
    let mut all = Vec::new();
    for (from, to) in spans {
        for unit in units {
            for class in classes {
                all.push(Target {
                    from: from.clone(),
                    to: to.clone(),
                    unit: unit.clone(),
                    class: class.map(str::to_owned),
                });
            }
        }
    }
    all
}

fn spans_of(numbers: &[Number], table: &str) -> Vec<(String, String)> {
    let of: BTreeSet<_> = numbers
        .iter()
        .filter(|n| n.table == table)
        .map(|n| (n.from.clone(), n.to.clone()))
        .collect();
    of.into_iter().collect()
}

/// What is wanted of a table: which count it tells, the tables that speak of the same cases, and
/// whether it tells them by unit.
struct Plan {
    table: Table,
    count: Count,
    together: &'static [&'static str],
}

const fn plan(table: Table, count: Count, together: &'static [&'static str]) -> Plan {
    Plan {
        table,
        count,
        together,
    }
}

const CAME: &[&str] = &["t1", "t3", "t4"];
const WENT: &[&str] = &["t5", "t5u"];
const PLANS: &[Plan] = &[
    plan(Table::ByKind, Count::Received, CAME),
    plan(Table::ByUnit, Count::Received, CAME),
    plan(Table::ByUnitAndKind, Count::Received, CAME),
    plan(Table::Timeliness, Count::Timely, WENT),
    plan(Table::TimelinessByUnit, Count::Timely, WENT),
    plan(Table::ByOutcome, Count::Outcome, &["t2"]),
    plan(Table::ByReason, Count::Reason, &["t6"]),
    plan(Table::ByChannel, Count::Channel, &["t7"]),
    plan(Table::Satisfaction, Count::Mark, &["t8"]),
];

impl Plan {
    /// Classes of the unknowns of its tables.
    fn unknown(&self) -> Vec<&'static str> {
        let of = self
            .together
            .iter()
            .filter_map(|code| Table::from_code(code));
        let classes = of
            .map(|table| table.classes())
            .find(|list| !list.is_empty());
        let classes = classes.unwrap_or_default().into_iter();
        classes.map(|(code, _)| code).collect()
    }

    /// Every count that the table could have told.
    fn wanted(&self, numbers: &[Number], units: &[String]) -> Vec<Target> {
        let own: Vec<&str> = self.table.classes().iter().map(|(code, _)| *code).collect();
        let places: Vec<Option<String>> = match self.table.is_by_unit() {
            true => units.iter().cloned().map(Some).collect(),
            false => vec![None],
        };
        let classes: Vec<Option<&str>> = match own.is_empty() {
            true => vec![None],
            false => own.into_iter().map(Some).collect(),
        };
        cells(&spans_of(numbers, self.table.code()), &places, &classes)
    }
}

/// Attacks what a department has published; how many suppressed counts were tried, and those
/// bounded too narrowly.
pub(super) fn attack(ledger: &Ledger, numbers: &[Number]) -> (usize, Vec<String>) {
    let units = ledger.units(ledger.span().unwrap()).into_iter();
    let units: Vec<String> = units.map(|unit| unit.code).collect();
    let (mut tried, mut found) = (0, Vec::new());
    for plan in PLANS {
        let (table, least) = (plan.table.code(), plan.table.least());
        let wanted = plan.wanted(numbers, &units);
        let hidden = suppressed(numbers, ledger, plan.count, table, least, wanted);
        let step = hidden.len().div_ceil(tried_each()).max(1);
        for (target, truth) in hidden.iter().step_by(step) {
            let year = stretch(numbers, target);
            let (from, to) = (&year.0, &year.1);
            let attack = Attack::on(numbers, plan.together, &plan.unknown(), &units, (from, to));
            let (low, high) = attack.bounds(target);
            let truth = *truth as f64;
            assert!(low <= truth + 1e-6 && high >= truth - 1e-6, "{target:?}");
            tried += 1;
            if high - low < (least - 1) as f64 - 1e-6 {
                found.push(format!("{table}: {target:?} is in {low}..{high}"));
            }
        }
    }
    (tried, found)
}

/// The same department as it is usually published: every count from the threshold on, the others
/// left out.
pub(super) fn left_out(ledger: &Ledger, numbers: &[Number]) -> Vec<Number> {
    let units = ledger.units(ledger.span().unwrap()).into_iter();
    let units: Vec<String> = units.map(|unit| unit.code).collect();
    let total = |n: &&Number| n.units.is_empty() && (n.classes.is_empty() || n.table == "t0");
    let mut shown: Vec<Number> = numbers.iter().filter(total).cloned().collect();
    for plan in PLANS {
        for target in plan.wanted(numbers, &units) {
            let value = truth(ledger, plan.count, &target);
            if value >= plan.table.least() {
                shown.push(Number {
                    table: plan.table.code().to_owned(),
                    from: target.from,
                    to: target.to,
                    units: target.unit.into_iter().collect(),
                    classes: target.class.into_iter().collect(),
                    value: value as f64,
                });
            }
        }
    }
    shown
}

/// The longest published span that holds a target: nothing outside shares an unknown with it.
fn stretch(numbers: &[Number], target: &Target) -> (String, String) {
    let holds = numbers
        .iter()
        .filter(|n| n.from <= target.from && n.to >= target.to);
    let longest = holds.max_by_key(|n| (std::cmp::Reverse(n.from.clone()), n.to.clone()));
    longest.map(|n| (n.from.clone(), n.to.clone())).unwrap()
}
