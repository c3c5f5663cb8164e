//! Somebody who downloads everything ever published and computes: linear programs over the unknown
//! counts by period, unit and class. Knows nothing of how the figures are made or audited; reads the
//! JSON that everybody gets.

mod department;
mod tried;

use department::{KINDS, department, downloads};
use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const SEEDS: u64 = 100;

/// A published number, as read from a download.
#[derive(Clone, Debug)]
struct Number {
    table: String,
    from: String,
    to: String,
    units: Vec<String>,
    classes: Vec<String>,
    value: f64,
}

fn read(download: &[u8]) -> Vec<Number> {
    let document: Value = serde_json::from_slice(download).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = |value: &Value| value.as_array().unwrap().iter().map(text).collect();
    let number = |cell: &Value| Number {
        table: text(&cell["bang"]),
        from: text(&cell["tu_thang"]),
        to: text(&cell["den_thang"]),
        units: list(&cell["don_vi"]),
        classes: list(&cell["chi_tieu"]),
        value: cell["gia_tri"].as_f64().unwrap(),
    };
    document["so_lieu"]
        .as_array()
        .unwrap()
        .iter()
        .map(number)
        .collect()
}

/// What one wants to know: a count over time, units and classes.
#[derive(Clone, Debug)]
struct Target {
    from: String,
    to: String,
    unit: Option<String>,
    class: Option<String>,
}

/// The unknown counts of some tables, and everything said about them.
struct Attack<'a> {
    numbers: Vec<&'a Number>,
    periods: Vec<(String, String)>,
    /// Units that everything says the same about are one.
    units: Vec<Vec<String>>,
    classes: Vec<&'static str>,
}

impl<'a> Attack<'a> {
    /// Over the numbers of `tables` within a stretch of time. Numbers that share no unknown with
    /// the target cannot bound it, so nothing is left out that would help.
    fn on(
        all: &'a [Number],
        tables: &[&str],
        classes: &[&'static str],
        units: &[String],
        within: (&str, &str),
    ) -> Self {
        let inside = |n: &&Number| n.from.as_str() >= within.0 && n.to.as_str() <= within.1;
        let numbers: Vec<&Number> = all
            .iter()
            .filter(|n| tables.contains(&n.table.as_str()))
            .filter(inside)
            .collect();
        let periods: BTreeSet<(String, String)> = all
            .iter()
            .filter(|n| n.table == "t0")
            .filter(inside)
            .map(|n| (n.from.clone(), n.to.clone()))
            .collect();
        let mut alike: BTreeMap<Vec<bool>, Vec<String>> = BTreeMap::new();
        for unit in units {
            let said = numbers.iter().map(|n| n.units.contains(unit)).collect();
            alike.entry(said).or_default().push(unit.clone());
        }
        Self {
            numbers,
            periods: periods.into_iter().collect(),
            units: alike.into_values().collect(),
            classes: classes.to_vec(),
        }
    }

    /// Least and most that a target can be.
    fn bounds(&self, target: &Target) -> (f64, f64) {
        let least = self.solve(target, OptimizationDirection::Minimize);
        let most = self.solve(target, OptimizationDirection::Maximize);
        // one of several that nothing tells apart may be none of them
        let alone = target.unit.as_ref().is_none_or(|unit| {
            self.units
                .iter()
                .any(|alike| alike.len() == 1 && alike[0] == *unit)
        });
        (if alone { least } else { 0.0 }, most)
    }

    fn solve(&self, target: &Target, direction: OptimizationDirection) -> f64 {
        let mut problem = Problem::new(direction);
        let mut unknown: Vec<(Variable, usize, usize, usize)> = Vec::new();
        for (p, period) in self.periods.iter().enumerate() {
            for (u, alike) in self.units.iter().enumerate() {
                for (c, class) in self.classes.iter().enumerate() {
                    let wanted = period.0 >= target.from
                        && period.1 <= target.to
                        && target.unit.as_ref().is_none_or(|unit| alike.contains(unit))
                        && target.class.as_ref().is_none_or(|wanted| wanted == class);
                    let weight = f64::from(u8::from(wanted));
                    unknown.push((problem.add_var(weight, (0.0, f64::INFINITY)), p, u, c));
                }
            }
        }
        for number in &self.numbers {
            let among = |list: &[String], code: &str| {
                list.is_empty() || list.iter().any(|member| member == code)
            };
            let counted = unknown.iter().filter(|(_, p, u, c)| {
                let period = &self.periods[*p];
                period.0 >= number.from
                    && period.1 <= number.to
                    && among(&number.units, &self.units[*u][0])
                    && among(&number.classes, self.classes[*c])
            });
            let sum: Vec<(Variable, f64)> = counted.map(|(v, ..)| (*v, 1.0)).collect();
            problem.add_constraint(&sum, ComparisonOp::Eq, number.value);
        }
        let solved = problem.solve().expect("the truth is a solution");
        solved
            .into_solution()
            .expect("no limit was set")
            .objective()
    }
}

#[test]
fn nothing_suppressed_is_bounded_by_all_that_was_ever_published() {
    let (mut tried, mut found) = (0, Vec::new());
    for seed in 1..=SEEDS {
        let ledger = department(seed);
        let (of_seed, narrow) = tried::attack(&ledger, &downloads(&ledger));
        tried += of_seed;
        found.extend(narrow.iter().map(|cell| format!("seed {seed}, {cell}")));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    assert!(tried > 500, "{tried} suppressed counts were tried");
    println!("{tried} suppressed counts were tried, none bounded");
}

#[test]
fn counts_that_are_only_left_out_are_found() {
    let ledger = department(3);
    let shown = tried::left_out(&ledger, &downloads(&ledger));
    let (tried, found) = tried::attack(&ledger, &shown);
    assert!(found.len() * 4 > tried, "{} of {tried}", found.len());
}

#[test]
fn the_attacker_finds_what_is_left_open() {
    // one month hides its kinds while the units tell theirs for the whole time
    let number = |table: &str, units: &[&str], classes: &[&str], value: f64| Number {
        table: table.to_owned(),
        from: "2026-01".to_owned(),
        to: "2026-01".to_owned(),
        units: units.iter().map(|unit| (*unit).to_owned()).collect(),
        classes: classes.iter().map(|class| (*class).to_owned()).collect(),
        value,
    };
    let numbers = [
        number("t0", &[], &["tiep_nhan"], 60.0),
        number("t1", &[], &[], 60.0),
        number("t4", &["a"], &["hanh_vi"], 30.0),
        number("t4", &["a"], &["quy_dinh"], 8.0),
        number("t4", &["b", "c"], &["hanh_vi"], 14.0),
        number("t4", &["b", "c"], &["quy_dinh"], 6.0),
    ];
    let units = ["a", "b", "c"].map(str::to_owned);
    let attack = Attack::on(
        &numbers,
        &["t1", "t4"],
        &KINDS,
        &units,
        ("2026-01", "2026-01"),
    );
    let target = Target {
        from: "2026-01".to_owned(),
        to: "2026-01".to_owned(),
        unit: None,
        class: Some("tre_hen".to_owned()),
    };
    let (low, high) = attack.bounds(&target);
    assert!(
        (low - 2.0).abs() < 1e-6 && (high - 2.0).abs() < 1e-6,
        "{low}..{high}"
    );
}
