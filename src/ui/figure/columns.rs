//! The column chart: SVG made on the server, as wide as its place and 160 px high, so that letters
//! stay the same on every screen. The columns of a series are one path in a picture that is stretched
//! to that width; words and numbers stand outside it. Geometry is in attributes, because the policy
//! forbids inline style; colours come from classes.

use super::{
    legend::{Legend, series_class},
    number::thousands,
    scale::{Axis, ChartColumn},
};
use leptos::prelude::*;
use std::fmt::Write as _;

const HEIGHT: f64 = 160.0;
const BASE: f64 = 124.0;
/// Above the highest column: its number, and how many months it holds.
const HEAD: f64 = 30.0;
const ROOM: f64 = BASE - HEAD;
/// Units of the stretched picture for a percent of the width.
const UNITS: f64 = 10.0;
/// What a digit takes, and the narrowest chart.
const DIGIT: i32 = 8;
const NARROW: i32 = 290;
/// More months are named one in three.
const CROWDED: i32 = 14;

/// Months from left to right, each with its number above it; the last one stands out. With one
/// series a chart shows numbers, with several it shows how each is made up.
#[component]
pub fn ColumnChart(
    /// Text alternative.
    #[prop(into)]
    label: String,
    /// Names of the series, from the bottom up; none for a single one.
    #[prop(optional)]
    series: Vec<&'static str>,
    /// Whether the last series is what is not divided, and drawn hollow.
    #[prop(optional)]
    rest: bool,
    /// Oldest first.
    columns: Vec<ChartColumn>,
) -> impl IntoView {
    let axis = Axis::over(&columns);
    let is_pooled = columns.iter().any(|column| column.months > 1);
    let paths = paths(&columns, axis, series.len(), rest);
    let numbers = numbers(&columns, axis, &series);
    let drawn = drawn(&columns, &series, rest);
    let note = is_pooled.then(|| {
        view! {
            <p class="figure-note">
                "Cột rộng gộp nhiều tháng; chiều cao là trung bình mỗi tháng."
            </p>
        }
    });
    view! {
        <Legend drawn />
        <svg class="chart" role="img" aria-label=label width="100%" height=HEIGHT>
            <svg
                aria-hidden="true"
                viewBox="0 0 1000 160"
                preserveAspectRatio="none"
                width="100%"
                height=HEIGHT
            >
                {paths}
            </svg>
            <g class="chart-value">{numbers}</g>
            <line class="chart-base" x1="0" x2="100%" y1=BASE y2=BASE></line>
            <g class="chart-muted">
                <Months axis />
            </g>
        </svg>
        {note}
    }
}

/// Which numbers are written: all if there is room, otherwise that of the highest and of the last.
fn numbered(columns: &[ChartColumn], axis: Axis) -> Vec<bool> {
    let longest = columns.iter().map(|c| thousands(c.total()).len()).max();
    let room = NARROW / axis.months().max(1);
    let fits = longest.unwrap_or(0) as i32 * DIGIT <= room;
    let highest = columns.iter().map(ChartColumn::total).max();
    let last = columns.len().saturating_sub(1);
    let is_told = |(i, column): (usize, &ChartColumn)| {
        fits || i == last || Some(column.total()) == highest || column.months > 1
    };
    columns.iter().enumerate().map(is_told).collect()
}

/// Class and name of each series that has a mark.
fn drawn(
    columns: &[ChartColumn],
    series: &[&'static str],
    rest: bool,
) -> Vec<(String, &'static str)> {
    let has_mark = |i: usize| columns.iter().any(|c| c.values.get(i) > Some(&0));
    let named = series.iter().copied().enumerate();
    named
        .filter(|(i, _)| has_mark(*i))
        .map(|(i, name)| (series_class(i, series.len(), rest), name))
        .collect()
}

/// A path for each series, or for the columns before the last and for the last.
fn paths(columns: &[ChartColumn], axis: Axis, series: usize, rest: bool) -> AnyView {
    let path =
        |class: String, d: String| (!d.is_empty()).then(|| view! { <path class=class d=d></path> });
    if series > 1 {
        let of = |i: usize| {
            let parts = columns.iter().map(|column| part(column, axis, i));
            path(series_class(i, series, rest), parts.collect())
        };
        return (0..series).filter_map(of).collect_view().into_any();
    }
    let whole = |columns: &[ChartColumn]| {
        let columns = columns.iter();
        columns
            .map(|column| area(axis.across(column), axis, column, (0, column.total())))
            .collect::<String>()
    };
    let (last, before) = columns
        .split_last()
        .map_or((&[][..], &[][..]), |(last, before)| {
            (std::slice::from_ref(last), before)
        });
    [
        path("column".to_owned(), whole(before)),
        path("column-last".to_owned(), whole(last)),
    ]
    .into_iter()
    .flatten()
    .collect_view()
    .into_any()
}

/// The part of a column that belongs to a series.
fn part(column: &ChartColumn, axis: Axis, series: usize) -> String {
    let below = column.values.iter().take(series).sum();
    let value = column.values.get(series).copied().unwrap_or(0);
    area(axis.across(column), axis, column, (below, value))
}

/// A rectangle as part of a path; nothing for nothing.
fn area(
    (left, width): (f64, f64),
    axis: Axis,
    column: &ChartColumn,
    (below, value): (i64, i64),
) -> String {
    let mut d = String::new();
    if value > 0 {
        let (x, right) = (left * UNITS, (left + width) * UNITS);
        let y = BASE - axis.height(column, below + value, ROOM);
        let height = axis.height(column, value, ROOM);
        // writing into a String does not fail
        let _written = write!(d, "M{x:.0} {y:.1}H{right:.0}v{height:.1}H{x:.0}z");
    }
    d
}

/// The number above each column that has room for one, and how many months it holds.
fn numbers(columns: &[ChartColumn], axis: Axis, series: &[&str]) -> AnyView {
    let last = columns.len().saturating_sub(1);
    let numbered = numbered(columns, axis);
    let written = columns.iter().zip(numbered).enumerate();
    let number = |(i, (column, is_told)): (usize, (&ChartColumn, bool))| {
        let (left, width) = axis.across(column);
        let x = percent(left + width / 2.0);
        let top = BASE - axis.height(column, column.total(), ROOM);
        let lift = if column.months > 1 { 18.0 } else { 5.0 };
        let class = (i == last).then_some("chart-last");
        let months = (column.months > 1).then(|| {
            view! {
                <text class="chart-muted" x=x.clone() y=rounded(top - 5.0)>
                    {format!("{} tháng", column.months)}
                </text>
            }
        });
        let told = told(column, series).map(|told| view! { <title>{told}</title> });
        let number = is_told.then(|| {
            view! {
                <text class=class x=x y=rounded(top - lift)>
                    {thousands(column.total())}
                    {told}
                </text>
            }
        });
        (number, months)
    };
    written.map(number).collect_view().into_any()
}

fn percent(of_width: f64) -> String {
    format!("{of_width:.1}%")
}

fn rounded(length: f64) -> String {
    format!("{length:.0}")
}

/// What a pointer that rests on the number of a divided column reads.
fn told(column: &ChartColumn, series: &[&str]) -> Option<String> {
    let parts: Vec<String> = series
        .iter()
        .zip(&column.values)
        .filter(|(_, value)| **value > 0)
        .map(|(name, value)| format!("{name} {}", thousands(*value)))
        .collect();
    (parts.len() > 1).then(|| format!("{}: {}", column.name(), parts.join(", ")))
}

/// The months below the line, and the year under its first month.
#[component]
fn Months(axis: Axis) -> impl IntoView {
    let step = if axis.months() > CROWDED { 3 } else { 1 };
    let first = axis.each_month().start;
    let mut words = Vec::new();
    for month in axis.each_month() {
        let x = percent((axis.x(month) + axis.x(month + 1)) / 2.0);
        let number = month % 12 + 1;
        let mut write = |y: f64, word: i32| {
            words.push(view! {
                <text x=x.clone() y=BASE + y>
                    {word}
                </text>
            });
        };
        if (number - 1) % step == 0 {
            write(16.0, number);
        }
        if month == first && number < 11 || number == 1 {
            write(32.0, month / 12);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(first: i32, months: i32, values: &[i64]) -> ChartColumn {
        ChartColumn {
            first,
            months,
            values: values.to_vec(),
        }
    }

    fn html(series: &[&'static str], columns: Vec<ChartColumn>) -> String {
        let series = series.to_vec();
        Owner::new().with(|| {
            view! { <ColumnChart label="Số <phản ánh>" series columns /> }
                .to_html()
                .replace("<!>", "")
        })
    }

    /// November 2025.
    const START: i32 = 2025 * 12 + 10;

    #[test]
    fn a_chart_has_a_name_its_numbers_and_the_years() {
        let html = html(
            &[],
            vec![column(START, 1, &[12]), column(START + 2, 1, &[30])],
        );
        assert!(html.contains("role=\"img\"") && html.contains("aria-label=\"Số &lt;phản ánh"));
        for text in [">12<", ">30<", ">11<", ">2026<"] {
            assert!(html.contains(text), "{text} in {html}");
        }
        assert!(html.matches("column-last").count() == 1 && !html.contains("style="));
        assert!(!html.contains("Cột rộng"), "nothing is told as one");
    }

    #[test]
    fn months_told_as_one_are_wide_and_say_how_many() {
        let html = html(
            &[],
            vec![column(START, 2, &[9]), column(START + 2, 1, &[8])],
        );
        assert!(
            html.contains("2 tháng") && html.contains("Cột rộng gộp nhiều tháng"),
            "{html}"
        );
    }

    #[test]
    fn the_legend_names_only_what_is_drawn() {
        let parts = ["Đã trả lời", "Kết thúc khác", "Đang xử lý"];
        let html = html(&parts, vec![column(START, 1, &[4, 0, 3])]);
        assert!(html.contains("Đã trả lời") && html.contains("Đang xử lý"));
        assert!(!html.contains("Kết thúc khác"), "{html}");
        assert!(html.contains("<title>11/2025: Đã trả lời 4, Đang xử lý 3</title>"));
    }

    #[test]
    fn long_numbers_are_written_where_they_matter() {
        let columns: Vec<_> = (0..12)
            .map(|i| column(START + i, 1, &[1000 + 7 * i64::from(i % 5)]))
            .collect();
        let told = numbered(&columns, Axis::over(&columns));
        assert_eq!(
            told.iter().filter(|told| **told).count(),
            3,
            "highest twice, last once"
        );
        let short: Vec<_> = (0..12).map(|i| column(START + i, 1, &[i.into()])).collect();
        assert!(
            numbered(&short, Axis::over(&short))
                .into_iter()
                .all(|told| told)
        );
    }

    #[test]
    fn nothing_to_show_draws_nothing() {
        assert!(!html(&[], vec![]).contains("class=\"column"));
    }
}
