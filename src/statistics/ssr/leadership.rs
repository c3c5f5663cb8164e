//! The figures of the leadership page: by unit and by month, each with a link to its cases in the
//! inbox.

use super::{
    months::{month_of, months_before},
    open_cases::OpenCases,
};
use crate::{
    routes,
    statistics::view::{ChosenPeriod, Linked, UnitRow},
    ui::{ChartColumn, thousands},
};
use std::collections::BTreeMap;
use time::Date;

impl ChosenPeriod {
    /// The period in an address; the current month if it is missing or unknown.
    pub fn from_code(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|period| period.code() == code)
            .unwrap_or(Self::ThisMonth)
    }

    /// First and last day, as far as `today`.
    pub fn days(self, today: Date) -> (Date, Date) {
        let month = i32::from(u8::from(today.month())) - 1;
        match self {
            Self::ThisMonth => (month_of(today), today),
            Self::LastMonth => (
                months_before(today, 1),
                month_of(today).previous_day().unwrap_or(today),
            ),
            Self::ThisQuarter => (months_before(today, month % 3), today),
            Self::ThisYear => (months_before(today, month), today),
        }
    }
}

/// Code and name of a unit; `None` for cases that no unit has yet.
pub type Unit = Option<(String, String)>;

/// Cases received in one month by one unit, and their outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// First day of the month.
    pub month: Date,
    /// With which unit.
    pub unit: Unit,
    /// Received.
    pub received: i64,
    /// Of these, answered.
    pub answered: i64,
    /// Answered after the deadline.
    pub answered_late: i64,
    /// Ended without an answer by the department: refused, forwarded, guided elsewhere, withdrawn.
    pub ended: i64,
}

/// Addresses in the inbox; empty for those who see figures but no cases.
#[derive(Clone, Copy, Debug)]
pub struct Links {
    /// Whether this person may open cases.
    pub open: bool,
}

impl Links {
    /// The inbox with `view`, narrowed by `more` (`&name=value…`).
    pub(super) fn inbox(self, view: &str, more: &str) -> String {
        if self.open {
            format!("{}{more}", routes::inbox_view(view))
        } else {
            String::new()
        }
    }

    /// Empty behind a zero.
    pub(super) fn number(self, value: i64, view: &str, more: &str) -> Linked {
        let href = if value > 0 {
            self.inbox(view, more)
        } else {
            String::new()
        };
        Linked { value, href }
    }
}

/// The table by unit: cases received from `first` to `last` and their outcome. Overdue is as of
/// today, for cases of any age.
pub fn by_unit(
    cohorts: &[Cohort],
    open_cases: &[OpenCases],
    (first, last): (Date, Date),
    links: Links,
) -> Vec<UnitRow> {
    let mut units: BTreeMap<&Unit, [i64; 4]> = BTreeMap::new();
    for cohort in cohorts
        .iter()
        .filter(|cohort| (first..=last).contains(&cohort.month))
    {
        let [received, answered, answered_late, _] = units.entry(&cohort.unit).or_default();
        *received += cohort.received;
        *answered += cohort.answered;
        *answered_late += cohort.answered_late;
    }
    for open in open_cases.iter().filter(|open| open.overdue > 0) {
        units.entry(&open.unit).or_default()[3] += open.overdue;
    }
    let mut rows: Vec<UnitRow> = units
        .into_iter()
        .map(|(unit, numbers)| unit_row(unit, numbers, (first, last), links))
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((row.numbers[3].value, row.numbers[0].value)));
    rows
}

fn unit_row(unit: &Unit, numbers: [i64; 4], (first, last): (Date, Date), links: Links) -> UnitRow {
    let (code, name) = unit
        .as_ref()
        .map_or(("chua", "Chưa giao đơn vị"), |(code, name)| {
            (code, name)
        });
    let (with, within) = (
        format!("&giao={code}"),
        format!("&tu={first}&den={last}&giao={code}"),
    );
    let [received, answered, answered_late, overdue] = numbers;
    let numbers = vec![
        links.number(received, "tat-ca", &within),
        links.number(answered, "tat-ca", &format!("{within}&tra-loi=roi")),
        links.number(answered_late, "tat-ca", &format!("{within}&tra-loi=tre")),
        links.number(overdue, "qua-han", &with),
    ];
    UnitRow {
        name: name.to_owned(),
        numbers,
    }
}

/// The twelve months up to `today`: of what was received in each, what is answered, what is open
/// and what ended otherwise.
pub fn trend(cohorts: &[Cohort], today: Date) -> Vec<ChartColumn> {
    let months = (0..12).rev().map(|back| months_before(today, back));
    months
        .map(|month| {
            let (mut answered, mut ended, mut received) = (0, 0, 0);
            for cohort in cohorts.iter().filter(|cohort| cohort.month == month) {
                answered += cohort.answered;
                ended += cohort.ended;
                received += cohort.received;
            }
            let open = received - answered - ended;
            ChartColumn::of_month(month, vec![answered, open, ended])
        })
        .collect()
}

/// "Tháng này đã nhận 9, tháng trước 24. Còn 3 hồ sơ của các tháng trước chưa xong."
pub fn finding(trend: &[ChartColumn]) -> String {
    let Some((this, earlier)) = trend.split_last() else {
        return String::new();
    };
    let before = earlier.last().map_or(0, ChartColumn::total);
    let open: i64 = earlier.iter().filter_map(|month| month.values.get(1)).sum();
    let open = match open {
        0 => "Hồ sơ của các tháng trước đều đã xong.".to_owned(),
        open => format!(
            "Còn {} hồ sơ của các tháng trước chưa xong.",
            thousands(open)
        ),
    };
    format!(
        "Tháng này đã nhận {}, tháng trước {}. {open}",
        thousands(this.total()),
        thousands(before)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{case::Status, statistics::ssr::open_cases::tests::open_cases};
    use time::macros::date;

    const OCTOBER: Date = date!(2026 - 10 - 01);
    const NOVEMBER: Date = date!(2026 - 11 - 01);
    const TODAY: Date = date!(2026 - 11 - 23);

    fn unit(code: &str) -> Unit {
        (!code.is_empty()).then(|| (code.to_owned(), code.to_uppercase()))
    }

    fn cohort(month: Date, code: &str, received: i64, answered: i64) -> Cohort {
        Cohort {
            month,
            unit: unit(code),
            received,
            answered,
            answered_late: 0,
            ended: 0,
        }
    }

    #[test]
    fn periods_end_today_and_start_with_their_first_month() {
        assert_eq!(
            ChosenPeriod::from_code("thang-nay").days(TODAY),
            (NOVEMBER, TODAY)
        );
        assert_eq!(
            ChosenPeriod::from_code("thang-truoc").days(TODAY),
            (OCTOBER, date!(2026 - 10 - 31))
        );
        assert_eq!(
            ChosenPeriod::from_code("quy-nay").days(TODAY),
            (OCTOBER, TODAY)
        );
        assert_eq!(
            ChosenPeriod::from_code("nam-nay").days(TODAY),
            (date!(2026 - 01 - 01), TODAY)
        );
        assert_eq!(ChosenPeriod::from_code("khong-co"), ChosenPeriod::ThisMonth);
        assert_eq!(
            ChosenPeriod::LastMonth.days(date!(2026 - 01 - 15)),
            (date!(2025 - 12 - 01), date!(2025 - 12 - 31))
        );
    }

    #[test]
    fn units_with_overdue_cases_come_first_and_numbers_lead_to_their_cases() {
        let cohorts = [
            cohort(NOVEMBER, "a", 9, 8),
            cohort(NOVEMBER, "b", 4, 1),
            cohort(OCTOBER, "b", 3, 3),
            cohort(NOVEMBER, "", 2, 0),
        ];
        let open = [
            open_cases(Status::Verifying, "b", 3, 1),
            open_cases(Status::Drafting, "b", 1, 1),
        ];
        let rows = by_unit(&cohorts, &open, (NOVEMBER, TODAY), Links { open: true });
        assert_eq!(
            rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(),
            ["B", "A", "Chưa giao đơn vị"]
        );
        assert_eq!(
            rows[0].numbers.iter().map(|n| n.value).collect::<Vec<_>>(),
            [4, 1, 0, 2]
        );
        assert_eq!(
            rows[0].numbers[0].href,
            "/quan-tri?xem=tat-ca&tu=2026-11-01&den=2026-11-23&giao=b"
        );
        assert_eq!(rows[0].numbers[3].href, "/quan-tri?xem=qua-han&giao=b");
        assert_eq!(rows[1].numbers[3].href, "", "nothing to open behind a zero");
        let closed = by_unit(&cohorts, &open, (NOVEMBER, TODAY), Links { open: false });
        assert!(
            closed
                .iter()
                .flat_map(|row| &row.numbers)
                .all(|n| n.href.is_empty())
        );
    }

    #[test]
    fn the_trend_has_twelve_months_and_adds_up() {
        let months = trend(&[cohort(OCTOBER, "a", 9, 8)], TODAY);
        assert_eq!(months.len(), 12);
        assert_eq!(
            (months[0].name().as_str(), months[11].name().as_str()),
            ("12/2025", "11/2026")
        );
        assert_eq!(months[10].values, [8, 1, 0]);
        assert_eq!(
            finding(&months),
            "Tháng này đã nhận 0, tháng trước 9. Còn 1 hồ sơ của các tháng trước chưa xong."
        );
    }
}
