//! What the first version published of the months that it counted: periods, parts and shares, by
//! rules of its own.

use super::disclosure::{Share, parts, periods};
use crate::error::AppError;
use sqlx::PgConnection;
use std::ops::Range;
use time::Date;

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

/// Every month that the first version counted, oldest first.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn counted_months(connection: &mut PgConnection) -> Result<Vec<CountedMonth>, AppError> {
    let rows = sqlx::query!(
        r#"select month, array_agg(received order by kind) as "received!",
            sum(answered) as "answered!", sum(on_time) as "on_time!"
        from released_month group by month order by month"#
    )
    .fetch_all(connection)
    .await?;
    let months = rows.into_iter().map(|row| CountedMonth {
        month: row.month,
        // kinds are in the order of their codes, which is that of `Kind::ALL`
        received: std::array::from_fn(|kind| row.received.get(kind).copied().map_or(0, i64::from)),
        answered: row.answered,
        on_time: row.on_time,
    });
    Ok(months.collect())
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

    #[test]
    fn small_months_are_told_together_with_the_next_and_the_rest_waits() {
        let release = Release::of(&[
            month(date!(2025 - 11 - 01), [10, 6, 7], 25, 25),
            month(date!(2025 - 12 - 01), [2, 0, 1], 2, 1),
            month(date!(2026 - 01 - 01), [9, 8, 20], 30, 20),
            month(date!(2026 - 02 - 01), [1, 1, 1], 4, 4),
        ]);
        let received = release.received.iter();
        let received: Vec<_> = received
            .map(|r| (r.period.first, r.period.last, r.total))
            .collect();
        assert_eq!(
            received,
            [
                (date!(2025 - 11 - 01), date!(2025 - 11 - 01), 23),
                (date!(2025 - 12 - 01), date!(2026 - 01 - 01), 40)
            ]
        );
        let answered: Vec<i64> = release.answered.iter().map(|a| a.answered).collect();
        assert_eq!(answered, [25, 32]);
        assert_eq!(Release::of(&[]), Release::default());
    }
}
