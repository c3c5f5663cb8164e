//! How the units are doing: what each holds today, and how long its answers take against its own
//! past.

use super::{
    leadership::{Links, Unit},
    months::months_before,
    open_cases::OpenCases,
};
use crate::statistics::view::UnitState;
use std::collections::BTreeMap;
use time::Date;

/// The answers of one month by one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answers {
    /// First day of the month.
    pub month: Date,
    /// By which unit.
    pub unit: Unit,
    /// How many.
    pub count: i64,
    /// Days from receipt to answer, together.
    pub days: i64,
}

/// A mean of fewer answers says nothing.
const LEAST: i64 = 3;
/// The months that count as of late; those before are the past.
const RECENT: i32 = 2;
/// A smaller difference is none.
const NOTICED: f64 = 0.5;

/// The mean of these answers in days, if there are enough.
fn mean<'a>(answers: impl Iterator<Item = &'a Answers>) -> Option<f64> {
    let (count, days) = answers.fold((0, 0), |(count, days), some| {
        (count + some.count, days + some.days)
    });
    (count >= LEAST).then(|| days as f64 / count as f64)
}

/// `9.24` → "9,2".
fn tenths(days: f64) -> String {
    format!("{days:.1}").replace('.', ",")
}

/// The mean of late over all units, as written, and the mean of each of the twelve months.
pub(super) fn course(answers: &[Answers], today: Date) -> (String, Vec<f64>) {
    let since = months_before(today, RECENT);
    let recent = mean(answers.iter().filter(|some| some.month >= since));
    let months = (0..12).rev().map(|back| months_before(today, back));
    let course = months.filter_map(|month| mean(answers.iter().filter(|some| some.month == month)));
    (recent.map_or("–".to_owned(), tenths), course.collect())
}

/// Each unit that holds a case or has answered one, most overdue first. What no unit has yet is
/// told where cases wait.
pub(super) fn units_today(
    open_cases: &[OpenCases],
    answers: &[Answers],
    today: Date,
    links: Links,
) -> Vec<UnitState> {
    let mut units: BTreeMap<&(String, String), (i64, i64)> = BTreeMap::new();
    for open in open_cases {
        if let Some(unit) = &open.unit {
            let (held, late) = units.entry(unit).or_default();
            *held += open.count;
            *late += open.overdue;
        }
    }
    for unit in answers.iter().filter_map(|some| some.unit.as_ref()) {
        units.entry(unit).or_default();
    }
    let mut rows: Vec<UnitState> = units
        .into_iter()
        .map(|((code, name), (held, late))| {
            let (days, change) = pace(answers, code, today);
            let with = format!("&giao={code}");
            UnitState {
                name: name.clone(),
                held: links.number(held, "can-lam", &with),
                late: links.number(late, "qua-han", &with),
                days,
                change,
            }
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.late.value, row.held.value)));
    rows
}

/// A unit's mean of late, and how it compares with its own past.
fn pace(answers: &[Answers], code: &str, today: Date) -> (String, String) {
    let since = months_before(today, RECENT);
    let own = |some: &&Answers| some.unit.as_ref().is_some_and(|(own, _)| own == code);
    let recent = mean(
        answers
            .iter()
            .filter(own)
            .filter(|some| some.month >= since),
    );
    let before = mean(answers.iter().filter(own).filter(|some| some.month < since));
    let change = recent.zip(before).map(|(recent, before)| recent - before);
    let change = match change {
        None => String::new(),
        Some(by) if by <= -NOTICED => format!("nhanh hơn {}", tenths(-by)),
        Some(by) if by >= NOTICED => format!("chậm hơn {}", tenths(by)),
        Some(_) => "như trước".to_owned(),
    };
    (recent.map(tenths).unwrap_or_default(), change)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{case::Status, statistics::ssr::open_cases::tests::open_cases};
    use time::macros::date;

    const TODAY: Date = date!(2026 - 11 - 23);

    fn answers(month: Date, code: &str, count: i64, days: i64) -> Answers {
        Answers {
            month,
            unit: Some((code.to_owned(), code.to_uppercase())),
            count,
            days,
        }
    }

    #[test]
    fn a_unit_is_measured_against_its_own_past() {
        let answers = [
            answers(date!(2026 - 03 - 01), "a", 10, 120),
            answers(date!(2026 - 10 - 01), "a", 4, 30),
            answers(date!(2026 - 10 - 01), "b", 2, 90),
            answers(date!(2026 - 02 - 01), "c", 5, 50),
            answers(date!(2026 - 11 - 01), "c", 5, 52),
        ];
        let open = [
            open_cases(Status::Verifying, "a", 3, 0),
            open_cases(Status::Drafting, "b", 2, 1),
            open_cases(Status::Received, "", 9, 9),
        ];
        let rows = units_today(&open, &answers, TODAY, Links { open: true });
        let told: Vec<_> = rows
            .iter()
            .map(|row| (&*row.name, row.held.value, &*row.days, &*row.change))
            .collect();
        assert_eq!(
            told,
            [
                ("B", 2, "", ""),
                ("A", 3, "7,5", "nhanh hơn 4,5"),
                ("C", 0, "10,4", "như trước"),
            ]
        );
        assert_eq!(rows[0].held.href, "/quan-tri?xem=can-lam&giao=b");
    }

    #[test]
    fn months_with_too_few_answers_say_nothing() {
        let few = [answers(date!(2026 - 11 - 01), "a", 2, 4)];
        assert_eq!(course(&few, TODAY), ("–".to_owned(), vec![]));
        let enough = [answers(date!(2026 - 11 - 01), "a", 4, 34)];
        assert_eq!(course(&enough, TODAY), ("8,5".to_owned(), vec![8.5]));
    }
}
