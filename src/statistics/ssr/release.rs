//! The released figures as shown on the transparency page and in the download: periods, parts and
//! shares of the counted months.

use super::disclosure::{Share, parts, periods};
use crate::{
    case::Kind,
    statistics::view::{AnsweredRow, ReceivedRow, TransparencyView},
    ui::{ChartColumn, thousands},
};
use std::ops::Range;
use time::{Date, Month};

/// One closed month as counted; never shown in this form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountedMonth {
    /// Its first day.
    pub month: Date,
    /// Received, in the order of [`Kind::ALL`].
    pub received: [i64; 3],
    /// Answered in this month, whenever received.
    pub answered: i64,
    /// Of these, within the deadline.
    pub on_time: i64,
}

/// Consecutive months that are published as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day of the first month.
    pub first: Date,
    /// First day of the last month.
    pub last: Date,
}

impl Period {
    /// `10/2026`, `08–10/2026` or `12/2025–01/2026`.
    pub fn short(self) -> String {
        self.column(vec![]).name()
    }

    /// How the period is drawn.
    fn column(self, values: Vec<i64>) -> ChartColumn {
        ChartColumn::of(self.first, self.last, values)
    }

    /// `Tháng 10/2026`, `Các tháng 08–10/2026`.
    pub fn long(self) -> String {
        let word = if self.first == self.last {
            "Tháng"
        } else {
            "Các tháng"
        };
        format!("{word} {}", self.short())
    }

    fn of(months: &[CountedMonth], range: &Range<usize>) -> Self {
        Self {
            first: months[range.start].month,
            last: months[range.end - 1].month,
        }
    }
}

/// Received in a period, as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// When.
    pub period: Period,
    /// By kind; `None` if pooled.
    pub shown: [Option<i64>; 3],
    /// Sum of the pooled kinds.
    pub pooled: Option<i64>,
    /// Everything received.
    pub total: i64,
}

/// Answered in a period, as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// When.
    pub period: Period,
    /// How many.
    pub answered: i64,
    /// How many of them in time.
    pub share: Share,
}

/// Everything the public may know, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// By period of receipt.
    pub received: Vec<Received>,
    /// By period of the answer.
    pub answered: Vec<Answered>,
}

impl Release {
    /// The release of consecutive closed months.
    pub fn of(months: &[CountedMonth]) -> Self {
        let received: Vec<i64> = months.iter().map(|m| m.received.iter().sum()).collect();
        let answered: Vec<i64> = months.iter().map(|m| m.answered).collect();
        Self {
            received: periods(&received)
                .iter()
                .map(|range| receipts(months, range))
                .collect(),
            answered: periods(&answered)
                .iter()
                .map(|range| answers(months, range))
                .collect(),
        }
    }
}

fn receipts(months: &[CountedMonth], range: &Range<usize>) -> Received {
    let sum = |kind: usize| {
        months[range.clone()]
            .iter()
            .map(|m| m.received[kind])
            .sum::<i64>()
    };
    let counts: [i64; 3] = std::array::from_fn(sum);
    let parts = parts(counts);
    Received {
        period: Period::of(months, range),
        shown: parts.shown,
        pooled: parts.pooled,
        total: counts.iter().sum(),
    }
}

fn answers(months: &[CountedMonth], range: &Range<usize>) -> Answered {
    let answered = months[range.clone()].iter().map(|m| m.answered).sum();
    let on_time = months[range.clone()].iter().map(|m| m.on_time).sum();
    Answered {
        period: Period::of(months, range),
        answered,
        share: Share::of(on_time, answered),
    }
}

/// How many periods are shown if no year is chosen.
const LATEST: usize = 12;

impl TransparencyView {
    /// The page of a `year`, or of the latest periods if it is 0. A period belongs to the year in
    /// which it ends.
    pub(crate) fn of(release: &Release, year: i32) -> Self {
        let received = chosen(&release.received, year, |r| r.period);
        let answered = chosen(&release.answered, year, |a| a.period);
        let mut years: Vec<i32> = release
            .received
            .iter()
            .map(|r| r.period.last.year())
            .collect();
        years.dedup();
        years.reverse();
        Self {
            years,
            year,
            finding: finding(received),
            total: received.iter().map(|r| r.total).sum(),
            received: received.iter().map(received_row).collect(),
            answered_finding: answered_finding(answered),
            answered_total: answered.iter().map(|a| a.answered).sum(),
            answered: answered.iter().map(answered_row).collect(),
        }
    }
}

/// The range of rows of a year, or the latest.
fn chosen<T>(rows: &[T], year: i32, period: impl Fn(&T) -> Period) -> &[T] {
    if year == 0 {
        return &rows[rows.len().saturating_sub(LATEST)..];
    }
    let start = rows.partition_point(|row| period(row).last.year() < year);
    let end = rows.partition_point(|row| period(row).last.year() <= year);
    &rows[start..end]
}

fn received_row(row: &Received) -> ReceivedRow {
    // kinds are drawn only where all of them may be told
    let kinds: Option<Vec<i64>> = row.shown.into_iter().collect();
    ReceivedRow {
        column: row.period.column(kinds.unwrap_or_else(|| vec![row.total])),
        cells: row.shown.into_iter().chain([row.pooled]).collect(),
        total: row.total,
    }
}

fn answered_row(row: &Answered) -> AnsweredRow {
    AnsweredRow {
        column: row.period.column(vec![row.answered]),
        share: row.share.words(),
    }
}

/// "Tháng 10/2026, Sở nhận 42 phản ánh, kiến nghị; nhiều nhất là về hồ sơ trễ hẹn (20). Kỳ trước:
/// 37."
fn finding(rows: &[Received]) -> String {
    let Some(last) = rows.last() else {
        return String::new();
    };
    let most = Kind::ALL
        .iter()
        .zip(last.shown)
        .filter_map(|(kind, n)| n.map(|n| (n, *kind)))
        .max_by_key(|(n, _)| *n);
    let most = match most {
        Some((n, kind)) if last.pooled.is_none_or(|pooled| n > pooled) => {
            format!("; nhiều nhất là về {} ({})", about(kind), thousands(n))
        }
        _ => String::new(),
    };
    let before = match rows {
        [.., before, _] => format!(
            " Kỳ trước đó ({}) là {}.",
            before.period.short(),
            thousands(before.total)
        ),
        _ => String::new(),
    };
    format!(
        "{}, Sở nhận {} phản ánh, kiến nghị{most}.{before}",
        last.period.long(),
        thousands(last.total)
    )
}

const fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Conduct => "thái độ, cách làm việc",
        Kind::Regulation => "quy định, thủ tục",
        Kind::LateDossier => "hồ sơ trễ hẹn",
    }
}

fn answered_finding(rows: &[Answered]) -> String {
    let Some(last) = rows.last() else {
        return String::new();
    };
    let share = match last.share {
        Share::Untold => String::new(),
        share => format!(", trong đó {} đúng hạn", share.words()),
    };
    format!(
        "{}, Sở trả lời {} phản ánh, kiến nghị{share}.",
        last.period.long(),
        thousands(last.answered)
    )
}

/// First day of the month of `day`; earlier months are closed.
pub fn month_of(day: Date) -> Date {
    Date::from_calendar_date(day.year(), day.month(), 1).unwrap_or(day)
}

/// First day of the month `count` months before that of `day`.
pub fn months_before(day: Date, count: i32) -> Date {
    let months = day.year() * 12 + i32::from(u8::from(day.month())) - 1 - count;
    let month = Month::try_from((months.rem_euclid(12) + 1) as u8).unwrap_or(Month::January);
    Date::from_calendar_date(months.div_euclid(12), month, 1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn month(month: Date, received: [i64; 3], answered: i64, on_time: i64) -> CountedMonth {
        CountedMonth {
            month,
            received,
            answered,
            on_time,
        }
    }

    fn release() -> Release {
        Release::of(&[
            month(date!(2025 - 11 - 01), [10, 6, 7], 25, 25),
            month(date!(2025 - 12 - 01), [2, 0, 1], 2, 1),
            month(date!(2026 - 01 - 01), [9, 8, 20], 30, 20),
            month(date!(2026 - 02 - 01), [1, 1, 1], 4, 4),
        ])
    }

    #[test]
    fn small_months_are_told_together_with_the_next_and_the_rest_waits() {
        let release = release();
        let periods: Vec<String> = release.received.iter().map(|r| r.period.long()).collect();
        assert_eq!(periods, ["Tháng 11/2025", "Các tháng 12/2025–01/2026"]);
        assert_eq!(release.received[1].total, 40);
        assert_eq!(
            release
                .answered
                .iter()
                .map(|a| a.answered)
                .collect::<Vec<_>>(),
            [25, 32]
        );
    }

    #[test]
    fn the_page_states_its_finding_in_a_sentence() {
        let view = TransparencyView::of(&release(), 0);
        assert_eq!(
            view.finding,
            "Các tháng 12/2025–01/2026, Sở nhận 40 phản ánh, kiến nghị; nhiều nhất là về hồ sơ trễ \
             hẹn (21). Kỳ trước đó (11/2025) là 23."
        );
        assert_eq!(
            view.answered_finding,
            "Các tháng 12/2025–01/2026, Sở trả lời 32 phản ánh, kiến nghị, trong đó 66% đúng hạn."
        );
        assert_eq!((view.total, view.answered_total), (63, 57));
    }

    #[test]
    fn a_year_holds_the_periods_that_end_in_it() {
        let view = TransparencyView::of(&release(), 2025);
        assert_eq!(view.years, [2026, 2025]);
        assert_eq!(
            view.received
                .iter()
                .map(|r| r.column.name())
                .collect::<Vec<_>>(),
            ["11/2025"]
        );
        assert_eq!(TransparencyView::of(&release(), 1999).received, []);
    }

    #[test]
    fn nothing_counted_says_nothing() {
        assert_eq!(
            TransparencyView::of(&Release::of(&[]), 0),
            TransparencyView::default()
        );
    }

    #[test]
    fn months_are_counted_across_years() {
        assert_eq!(
            months_before(date!(2026 - 11 - 23), 0),
            date!(2026 - 11 - 01)
        );
        assert_eq!(
            months_before(date!(2026 - 11 - 23), 11),
            date!(2025 - 12 - 01)
        );
        assert_eq!(
            months_before(date!(2026 - 01 - 31), 1),
            date!(2025 - 12 - 01)
        );
    }
}
