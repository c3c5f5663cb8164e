//! The leadership page's figures put together: by unit, by month, each leading to its cases in the inbox.

use super::release::{month_of, months_before};
use crate::{
    calendar::day_month_year,
    case::Status,
    statistics::view::{ChosenPeriod, Linked, UnitRow, Waiting},
    ui::Bar,
};
use std::collections::BTreeMap;
use time::Date;

impl ChosenPeriod {
    /// The period of an address; the current month where it says nothing known.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|period| period.code() == code).unwrap_or(Self::ThisMonth)
    }

    /// First and last day, as far as `today`.
    pub fn days(self, today: Date) -> (Date, Date) {
        let month = i32::from(u8::from(today.month())) - 1;
        match self {
            Self::ThisMonth => (month_of(today), today),
            Self::LastMonth => (months_before(today, 1), month_of(today).previous_day().unwrap_or(today)),
            Self::ThisQuarter => (months_before(today, month % 3), today),
            Self::ThisYear => (months_before(today, month), today),
        }
    }
}

/// Cases received in one month by one unit, and what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cohort {
    /// Unit code and name; `None` where the case is with no unit yet.
    pub unit: Option<(String, String)>,
    /// Received.
    pub received: i64,
    /// Of these, answered.
    pub answered: i64,
    /// Answered after the deadline.
    pub answered_late: i64,
    /// Still open after the deadline.
    pub overdue: i64,
    /// Ended without an answer of our own: refused, forwarded, guided elsewhere, withdrawn.
    pub ended: i64,
}

/// Addresses in the inbox; "" for those who see figures and no cases.
#[derive(Clone, Copy, Debug)]
pub struct Links {
    /// Whether this person may open cases.
    pub open: bool,
}

impl Links {
    /// The view `view` of the inbox, narrowed by `more` (`&name=value…`).
    pub fn inbox(self, view: &str, more: &str) -> String {
        if self.open { format!("/quan-tri?xem={view}{more}") } else { String::new() }
    }

    fn number(self, value: i64, view: &str, more: &str) -> Linked {
        Linked { value, href: if value > 0 { self.inbox(view, more) } else { String::new() } }
    }

    /// A status where `count` cases wait, the oldest received on `oldest`.
    pub fn waiting(self, status: Status, count: i64, oldest: Option<Date>) -> Waiting {
        Waiting {
            label: status.label().to_owned(),
            count: self.number(count, "dang-mo", &format!("&tinh-trang={}", status.code())),
            oldest: oldest.map(day_month_year).unwrap_or_default(),
        }
    }
}

/// The table by unit of what was received from `first` to `last`.
pub fn by_unit(cohorts: &[(Date, Cohort)], (first, last): (Date, Date), links: Links) -> Vec<UnitRow> {
    let mut units: BTreeMap<Option<(String, String)>, Cohort> = BTreeMap::new();
    for (_, cohort) in cohorts.iter().filter(|(month, _)| (first..=last).contains(month)) {
        let sum = units.entry(cohort.unit.clone()).or_default();
        sum.received += cohort.received;
        sum.answered += cohort.answered;
        sum.answered_late += cohort.answered_late;
        sum.overdue += cohort.overdue;
    }
    let mut rows: Vec<UnitRow> = units.into_iter().map(|(unit, sum)| unit_row(unit, &sum, (first, last), links)).collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.numbers[3].value, row.numbers[0].value)));
    rows
}

fn unit_row(unit: Option<(String, String)>, sum: &Cohort, (first, last): (Date, Date), links: Links) -> UnitRow {
    let (code, name) = unit.unwrap_or_else(|| ("chua-giao".to_owned(), "Chưa giao đơn vị".to_owned()));
    let more = format!("&don-vi={code}&tu={first}&den={last}");
    let number = |value, view| links.number(value, view, &more);
    let numbers = vec![
        number(sum.received, "tat-ca"),
        number(sum.answered, "da-tra-loi"),
        number(sum.answered_late, "tra-loi-tre"),
        number(sum.overdue, "qua-han"),
    ];
    UnitRow { name, numbers }
}

/// The twelve months up to `today` by what became of the cases received in each.
pub fn trend(cohorts: &[(Date, Cohort)], today: Date) -> Vec<Bar> {
    let months = (0..12).rev().map(|back| months_before(today, back));
    months
        .map(|month| {
            let (mut answered, mut ended, mut received) = (0, 0, 0);
            for (_, cohort) in cohorts.iter().filter(|(m, _)| *m == month) {
                answered += cohort.answered;
                ended += cohort.ended;
                received += cohort.received;
            }
            let name = format!("{:02}/{}", u8::from(month.month()), month.year());
            Bar { name, values: vec![Some(answered), Some(ended), Some(received - answered - ended)] }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn cohort(unit: &str, received: i64, answered: i64, overdue: i64) -> Cohort {
        let unit = (!unit.is_empty()).then(|| (unit.to_owned(), unit.to_uppercase()));
        Cohort { unit, received, answered, overdue, ..Cohort::default() }
    }

    #[test]
    fn periods_end_today_and_start_with_their_first_month() {
        let today = date!(2026 - 11 - 23);
        assert_eq!(ChosenPeriod::from_code("thang-nay").days(today), (date!(2026 - 11 - 01), today));
        assert_eq!(ChosenPeriod::from_code("thang-truoc").days(today), (date!(2026 - 10 - 01), date!(2026 - 10 - 31)));
        assert_eq!(ChosenPeriod::from_code("quy-nay").days(today), (date!(2026 - 10 - 01), today));
        assert_eq!(ChosenPeriod::from_code("nam-nay").days(today), (date!(2026 - 01 - 01), today));
        assert_eq!(ChosenPeriod::from_code("khong-co"), ChosenPeriod::ThisMonth);
        assert_eq!(ChosenPeriod::LastMonth.days(date!(2026 - 01 - 15)), (date!(2025 - 12 - 01), date!(2025 - 12 - 31)));
    }

    #[test]
    fn units_with_overdue_cases_come_first_and_numbers_lead_to_their_cases() {
        let cohorts = [
            (date!(2026 - 11 - 01), cohort("a", 9, 8, 0)),
            (date!(2026 - 11 - 01), cohort("b", 4, 1, 2)),
            (date!(2026 - 10 - 01), cohort("b", 3, 3, 0)),
            (date!(2026 - 11 - 01), cohort("", 2, 0, 0)),
        ];
        let days = (date!(2026 - 11 - 01), date!(2026 - 11 - 23));
        let rows = by_unit(&cohorts, days, Links { open: true });
        assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["B", "A", "Chưa giao đơn vị"]);
        assert_eq!(rows[0].numbers.iter().map(|n| n.value).collect::<Vec<_>>(), [4, 1, 0, 2]);
        assert_eq!(rows[0].numbers[3].href, "/quan-tri?xem=qua-han&don-vi=b&tu=2026-11-01&den=2026-11-23");
        assert_eq!(rows[0].numbers[2].href, "", "nothing to open behind a zero");
        assert!(by_unit(&cohorts, days, Links { open: false }).iter().flat_map(|row| &row.numbers).all(|n| n.href.is_empty()));
    }

    #[test]
    fn the_trend_has_twelve_months_and_adds_up() {
        let bars = trend(&[(date!(2026 - 10 - 01), cohort("a", 9, 8, 1))], date!(2026 - 11 - 23));
        assert_eq!(bars.len(), 12);
        assert_eq!((bars[0].name.as_str(), bars[11].name.as_str()), ("12/2025", "11/2026"));
        assert_eq!(bars[10].values, [Some(8), Some(0), Some(1)]);
    }
}
