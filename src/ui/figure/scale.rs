//! Where a column stands and how high it is. Months run from left to right; the area of a column is
//! its number, so that two months told as one are as wide as two and as high as their mean.

use serde::{Deserialize, Serialize};
use time::Date;

/// Months told as one number, divided from the bottom up.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartColumn {
    /// The first month, counted from the year 0.
    pub first: i32,
    /// How many months; 1 or more.
    pub months: i32,
    /// One for each series, none below 0.
    pub values: Vec<i64>,
}

fn month_number(day: Date) -> i32 {
    day.year() * 12 + i32::from(u8::from(day.month())) - 1
}

impl ChartColumn {
    /// The column of the months from that of `first` to that of `last`.
    pub fn of(first: Date, last: Date, values: Vec<i64>) -> Self {
        let (first, last) = (month_number(first), month_number(last));
        Self {
            first,
            months: (last - first + 1).max(1),
            values,
        }
    }

    /// The column of one month.
    pub fn of_month(day: Date, values: Vec<i64>) -> Self {
        Self::of(day, day, values)
    }

    /// The whole number.
    pub fn total(&self) -> i64 {
        self.values.iter().sum()
    }

    /// `10/2026`, `08–10/2026` or `12/2025–01/2026`.
    pub fn name(&self) -> String {
        let last = self.last();
        let (number, year) = (|month: i32| month % 12 + 1, |month: i32| month / 12);
        let whole = |month: i32| format!("{:02}/{}", number(month), year(month));
        if self.months == 1 {
            whole(last)
        } else if year(self.first) == year(last) {
            format!("{:02}–{}", number(self.first), whole(last))
        } else {
            format!("{}–{}", whole(self.first), whole(last))
        }
    }

    pub(super) fn last(&self) -> i32 {
        self.first + self.months - 1
    }

    fn mean(&self) -> f64 {
        self.total() as f64 / f64::from(self.months.max(1))
    }
}

/// The months and the greatest height that charts beside each other have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    first: i32,
    /// One after the last month.
    end: i32,
    full: f64,
}

/// Fewer months leave room at the right instead of growing fat.
const LEAST_MONTHS: i32 = 6;

impl Axis {
    /// The axis of these columns.
    pub fn over<'a>(columns: impl IntoIterator<Item = &'a ChartColumn> + Clone) -> Self {
        let all = || columns.clone().into_iter();
        let first = all().map(|column| column.first).min().unwrap_or(0);
        let end = all().map(|column| column.last() + 1).max().unwrap_or(0);
        Self {
            first,
            end: end.max(first + LEAST_MONTHS),
            full: all().map(ChartColumn::mean).fold(1.0, f64::max),
        }
    }

    /// How many months there is room for.
    pub(super) fn months(&self) -> i32 {
        self.end - self.first
    }

    /// The first month of the axis, and each month after it.
    pub(super) fn each_month(&self) -> std::ops::Range<i32> {
        self.first..self.end
    }

    /// Where a month begins, in percent of the width.
    pub(super) fn x(&self, month: i32) -> f64 {
        f64::from(month - self.first) * 100.0 / f64::from(self.months())
    }

    /// Left edge and width of a column, in percent of the width.
    pub(super) fn across(&self, column: &ChartColumn) -> (f64, f64) {
        let gap = 38.0 / f64::from(self.months());
        let (left, right) = (self.x(column.first), self.x(column.last() + 1));
        (left + gap / 2.0, right - left - gap)
    }

    /// How high `value` of a column is, of `room`.
    pub(super) fn height(&self, column: &ChartColumn, value: i64, room: f64) -> f64 {
        value as f64 / f64::from(column.months.max(1)) / self.full * room
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    fn column(first: i32, months: i32, value: i64) -> ChartColumn {
        ChartColumn {
            first,
            months,
            values: vec![value],
        }
    }

    #[test]
    fn columns_are_named_as_people_say_months() {
        let of = |first, last| ChartColumn::of(first, last, vec![]).name();
        assert_eq!(of(date!(2026 - 10 - 05), date!(2026 - 10 - 01)), "10/2026");
        assert_eq!(
            of(date!(2026 - 08 - 01), date!(2026 - 10 - 01)),
            "08–10/2026"
        );
        assert_eq!(
            of(date!(2025 - 12 - 01), date!(2026 - 01 - 01)),
            "12/2025–01/2026"
        );
    }

    #[test]
    fn two_months_told_as_one_are_twice_as_wide_and_as_high_as_their_mean() {
        let (one, two) = (column(0, 1, 10), column(1, 2, 10));
        let axis = Axis::over(&[one.clone(), two.clone(), column(3, 9, 0)]);
        assert_eq!(
            axis.height(&one, 10, 100.0),
            2.0 * axis.height(&two, 10, 100.0)
        );
        let slot = 100.0 / 12.0;
        let (left, width) = axis.across(&two);
        assert!(left > slot && left + width < 3.0 * slot && width > 1.5 * slot);
    }

    #[test]
    fn charts_beside_each_other_are_measured_alike() {
        let (received, answered) = ([column(0, 1, 24)], [column(1, 1, 12)]);
        let axis = Axis::over(received.iter().chain(&answered));
        assert_eq!(axis.height(&received[0], 24, 90.0), 90.0);
        assert_eq!(axis.height(&answered[0], 12, 90.0), 45.0);
    }

    proptest! {
        #[test]
        fn every_column_stands_inside_the_picture_and_no_two_touch(
            lengths in prop::collection::vec((1i32..4, 0i64..5000), 1..20),
        ) {
            let mut next = 24_300;
            let columns: Vec<ChartColumn> = lengths.into_iter().map(|(months, value)| {
                next += months;
                column(next - months, months, value)
            }).collect();
            let axis = Axis::over(&columns);
            let mut before = 0.0;
            for column in &columns {
                let (left, width) = axis.across(column);
                prop_assert!(left > before && width > 0.0 && left + width < 100.0);
                let height = axis.height(column, column.total(), 96.0);
                prop_assert!((0.0..=96.0001).contains(&height));
                before = left + width;
            }
        }
    }
}
