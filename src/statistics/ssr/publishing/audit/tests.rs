//! What passes, and what must not.

use super::*;
use crate::statistics::{
    month::Month,
    ssr::publishing::{ledger::Count, plan::drafts},
};
use proptest::prelude::*;

/// Small numbers from a seed, the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % most) as i64
    }
}

/// A department of `units` units with about `volume` cases a month, for `months` months from
/// January 2027.
pub(crate) fn department(seed: u64, units: usize, volume: u64, months: i32) -> Ledger {
    let mut numbers = Numbers(seed);
    let mut ledger = Ledger::default();
    let mut pending = 30;
    for month in (0..months).map(|later| Month::new(2027, 1).plus(later)) {
        for at in 0..units {
            let code = format!("don-vi-{at:02}");
            ledger.add_unit(month, at as i64, &code, at % 7 == 6);
        }
        let mut add = |count: Count, place: &str, class: &str, value: i64| {
            ledger.add(count, month, place, class, value);
        };
        let (mut received, mut closed) = (0, 0);
        for at in 0..units {
            let place = format!("don-vi-{at:02}");
            let weight = volume / (1 + at as u64) + 1;
            for kind in ["hanh_vi", "quy_dinh", "tre_hen"] {
                let count = numbers.below(weight);
                add(Count::Received, &place, kind, count);
                received += count;
            }
        }
        let all = (pending + received).max(0);
        let ended = (all - numbers.below(30) - 4).max(0);
        for case in 0..ended {
            let place = format!("don-vi-{:02}", (case as usize * 7 + 3) % units);
            let timely = if numbers.below(5) == 0 {
                "tre_han"
            } else {
                "dung_han"
            };
            add(Count::Timely, &place, timely, 1);
            let outcome = [
                "dung",
                "khong_dung",
                "khong_du_co_so",
                "tu_choi",
                "da_rut",
                "dung",
            ];
            add(Count::Outcome, "", outcome[numbers.below(6) as usize], 1);
            let mark = [
                "hai_long",
                "chua_danh_gia",
                "rat_hai_long",
                "khong_hai_long",
            ];
            add(Count::Mark, "", mark[numbers.below(4) as usize], 1);
            closed += 1;
        }
        for case in 0..received {
            let channel = ["online", "dien_thoai", "online", "email"];
            add(Count::Channel, "", channel[numbers.below(4) as usize], 1);
            let reason = [
                "HV_CHAM_TRE",
                "HV_HACH_DICH",
                "TH_QUA_HAN",
                "",
                "HV_PHI_SAI",
            ];
            add(Count::Reason, "", reason[(case % 5) as usize], 1);
        }
        add(Count::Stock, "", "ton_dau", pending);
        add(Count::Stock, "", "tiep_nhan", received);
        add(Count::Stock, "", "ket_thuc", closed);
        pending += received - closed;
        add(Count::Stock, "", "ton_cuoi", pending);
    }
    ledger
}

/// All the drafts as releases.
pub(crate) fn released(ledger: &Ledger) -> Vec<Published> {
    let release = |cells| Published {
        origin: Origin::Rule,
        cells,
    };
    drafts(ledger)
        .into_iter()
        .map(|draft| release(draft.cells))
        .collect()
}

fn whys(releases: &[Published], ledger: &Ledger) -> BTreeSet<Why> {
    audit(releases, ledger)
        .into_iter()
        .map(|offence| offence.why)
        .collect()
}

/// The position of a pool of units in these releases.
fn a_pool(releases: &[Published]) -> (usize, usize) {
    let pools = releases.iter().enumerate().flat_map(|(at, release)| {
        let cells = release.cells.iter().enumerate();
        cells
            .filter(|(_, cell)| cell.places.len() > 2)
            .map(move |(cell, _)| (at, cell))
    });
    pools.into_iter().next().expect("a pool")
}

#[test]
fn a_year_by_rule_passes_and_says_something() {
    let ledger = department(1, 14, 40, 24);
    let releases = released(&ledger);
    assert_eq!(audit(&releases, &ledger), []);
    let tables: BTreeSet<Table> = releases
        .iter()
        .flat_map(|r| &r.cells)
        .map(|c| c.table)
        .collect();
    assert_eq!(tables.len(), 10, "{tables:?}");
    let by = |table: Table, telling: fn(&Cell) -> bool| {
        let cells = releases.iter().flat_map(|release| &release.cells);
        cells
            .filter(|cell| cell.table == table && telling(cell))
            .count()
    };
    assert!(by(Table::ByUnit, |cell| cell.places.len() == 1) >= 8);
    assert!(
        by(Table::ByUnitAndKind, |cell| cell.places.len() == 1
            && cell.classes.len() == 1)
            >= 3
    );
}

#[test]
fn one_cell_out_of_its_pool_is_found() {
    let ledger = department(1, 14, 40, 12);
    let mut releases = released(&ledger);
    let (release, cell) = a_pool(&releases);
    let pool = releases[release].cells[cell].clone();
    let single = Cell {
        places: vec![pool.places[0].clone()],
        ..pool.clone()
    };
    let value = ledger.value(&single).unwrap();
    releases[release].cells[cell].places.remove(0);
    releases[release].cells[cell].value -= value;
    releases[release].cells.push(Cell { value, ..single });
    assert!(!audit(&releases, &ledger).is_empty());
    // even where the pool stays and the cell is only added beside it
    let mut beside = released(&ledger);
    beside[release].cells.push(Cell {
        places: vec![pool.places[0].clone()],
        value,
        ..pool
    });
    assert!(whys(&beside, &ledger).contains(&Why::Overlap));
}

#[test]
fn one_live_total_is_found() {
    let ledger = department(1, 14, 40, 12);
    for at in 0..released(&ledger)[0].cells.len() {
        let mut releases = released(&ledger);
        releases[0].cells[at].value += 1;
        let whys = whys(&releases, &ledger);
        assert!(
            whys.contains(&Why::NotTheSum),
            "{}",
            releases[0].cells[at].name()
        );
    }
}

#[test]
fn the_same_number_with_another_value_is_found() {
    let ledger = department(1, 14, 40, 12);
    let mut releases = released(&ledger);
    let mut again = releases[0].cells[4].clone();
    releases[1].cells.push(again.clone());
    assert!(whys(&releases, &ledger).contains(&Why::Repeated));
    releases[1].cells.pop();
    again.value += 7;
    releases[1].cells.push(again);
    assert!(whys(&releases, &ledger).contains(&Why::Changed));
}

#[test]
fn a_part_of_a_period_is_found() {
    let ledger = department(3, 6, 3, 12);
    let mut releases = released(&ledger);
    let waited = releases.iter().find_map(|release| {
        release
            .cells
            .iter()
            .find(|cell| cell.table == Table::Flow && cell.span.months() > 2)
    });
    let span = Span::of(waited.expect("a small department waits").span.from);
    let value = ledger.sum(Count::Received, span, &[], &[]);
    releases
        .last_mut()
        .unwrap()
        .cells
        .push(Cell::total(Table::ByKind, span, value));
    assert!(whys(&releases, &ledger).contains(&Why::CutsPeriod));
}

#[test]
fn a_row_that_follows_from_the_others_is_found() {
    let ledger = department(1, 14, 40, 12);
    let mut releases = released(&ledger);
    let year = releases.iter_mut().find(|release| {
        release
            .cells
            .iter()
            .any(|cell| cell.table == Table::ByUnitAndKind)
    });
    let cells = &mut year.unwrap().cells;
    // every group but one tells its kinds, beside months that tell them too
    let groups: Vec<Cell> = cells
        .iter()
        .filter(|cell| {
            cell.table == Table::ByUnitAndKind && !cell.places.is_empty() && cell.classes.is_empty()
        })
        .cloned()
        .collect();
    cells.retain(|cell| cell.table != Table::ByUnitAndKind || cell.classes.is_empty());
    for group in &groups[1..] {
        for kind in ["hanh_vi", "quy_dinh", "tre_hen"] {
            let cell = Cell {
                classes: vec![kind.to_owned()],
                ..group.clone()
            };
            cells.push(Cell {
                value: ledger.value(&cell).unwrap(),
                ..cell
            });
        }
    }
    assert!(whys(&releases, &ledger).contains(&Why::Narrow));
}

#[test]
fn a_year_that_splits_a_pool_of_a_quarter_is_found() {
    let ledger = department(1, 14, 40, 12);
    let mut releases = released(&ledger);
    let cells = &mut releases.last_mut().unwrap().cells;
    let at = cells
        .iter()
        .position(|cell| cell.table == Table::ByUnitAndKind && cell.places.len() > 2);
    let pool = cells.remove(at.expect("a pool of the year"));
    for places in [pool.places[..1].to_vec(), pool.places[1..].to_vec()] {
        let cell = Cell {
            places,
            ..pool.clone()
        };
        cells.push(Cell {
            value: ledger.value(&cell).unwrap(),
            ..cell
        });
    }
    assert!(whys(&releases, &ledger).contains(&Why::SplitsPool));
}

#[test]
fn what_the_first_version_told_is_not_told_again_otherwise() {
    let ledger = department(1, 14, 40, 3);
    let mut releases = released(&ledger);
    let first = |span| Published {
        origin: Origin::FirstVersion,
        cells: vec![Cell::total(Table::ByKind, span, 99)],
    };
    releases.insert(0, first(Span::of(Month::new(2026, 12))));
    assert_eq!(audit(&releases, &ledger), []);
    releases.insert(
        0,
        first(Span {
            from: Month::new(2026, 11),
            to: Month::new(2027, 1),
        }),
    );
    assert_eq!(whys(&releases, &ledger), BTreeSet::from([Why::CutsPeriod]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_drafted_passes(seed in any::<u64>(), units in 3usize..16, volume in 1u64..60) {
        let ledger = department(seed, units, volume, 24);
        let releases = released(&ledger);
        for upto in 1..=releases.len() {
            prop_assert_eq!(audit(&releases[..upto], &ledger), []);
        }
    }

    #[test]
    fn more_months_never_change_a_draft(seed in any::<u64>(), units in 3usize..16, volume in 1u64..40) {
        let (short, long) = (department(seed, units, volume, 9), department(seed, units, volume, 24));
        let before = drafts(&short);
        prop_assert_eq!(&before[..], &drafts(&long)[..before.len()]);
    }

    #[test]
    fn one_number_more_or_less_anywhere_is_found(seed in any::<u64>(), pick in any::<prop::sample::Index>()) {
        let ledger = department(seed, 9, 30, 12);
        let mut releases = released(&ledger);
        let sizes: Vec<usize> = releases.iter().map(|release| release.cells.len()).collect();
        prop_assume!(!sizes.is_empty());
        let mut at = pick.index(sizes.iter().sum());
        let release = sizes.iter().position(|size| { let here = at < *size; if !here { at -= size; } here }).unwrap();
        releases[release].cells[at].value += 1;
        prop_assert!(!audit(&releases, &ledger).is_empty());
    }
}
