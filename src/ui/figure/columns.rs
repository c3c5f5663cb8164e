//! The column chart: SVG made on the server, as wide as its place and 160 px high, so that letters
//! stay the same on every screen. Geometry is in attributes, because the policy forbids inline
//! style; colours come from classes, and hatches tell apart what colours do not on paper.

use super::{
    areas::{Area, Hatches},
    number::thousands,
    scale::{Axis, ChartColumn},
};
use leptos::prelude::*;

const HEIGHT: f64 = 160.0;
const BASE: f64 = 124.0;
/// Above the highest column: its number, and how many months it holds.
const HEAD: f64 = 30.0;
const ROOM: f64 = BASE - HEAD;
/// What a digit takes, and the narrowest chart.
const DIGIT: i32 = 8;
const NARROW: i32 = 290;
/// More months are named one in three.
const CROWDED: i32 = 14;

/// Months from left to right, each with its number above it; the last one stands out. With one
/// series a chart shows numbers, with several it shows how each is made up.
#[component]
pub fn ColumnChart(
    /// Distinguishes its hatches from those of other charts of the page.
    id: &'static str,
    /// Text alternative.
    #[prop(into)]
    label: String,
    /// Names of the series, from the bottom up; none for a single one.
    #[prop(optional)]
    series: Vec<&'static str>,
    /// Oldest first.
    columns: Vec<ChartColumn>,
    /// The axis it shares with another chart.
    #[prop(optional_no_strip)]
    axis: Option<Axis>,
) -> impl IntoView {
    let axis = axis.unwrap_or_else(|| Axis::over(&columns));
    let numbered = numbered(&columns, axis);
    let last = columns.len().saturating_sub(1);
    let drawn = drawn(&columns, &series);
    let legend = view! { <Legend id drawn=drawn /> };
    let pooled = columns.iter().any(|column| column.months > 1);
    let parts = series.len();
    let marks = columns
        .into_iter()
        .zip(numbered)
        .enumerate()
        .map(|(i, (column, numbered))| {
            let is_last = i == last;
            view! { <Mark id column axis is_last numbered series=series.clone() /> }
        })
        .collect_view();
    view! {
        {legend}
        <svg class="chart" role="img" aria-label=label width="100%" height=HEIGHT>
            <Hatches id pooled parts />
            {marks}
            <line class="chart-base" x1="0" x2="100%" y1=BASE y2=BASE></line>
            <Months axis />
        </svg>
        {pooled
            .then(|| {
                view! {
                    <p class="figure-note">
                        "Cột gạch chéo gộp nhiều tháng; chiều cao là trung bình mỗi tháng."
                    </p>
                }
            })}
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

/// Place and name of each series that has a mark.
fn drawn(columns: &[ChartColumn], series: &[&'static str]) -> Vec<(usize, &'static str)> {
    let has_mark = |i: usize| columns.iter().any(|c| c.values.get(i) > Some(&0));
    let named = series.iter().copied().enumerate();
    named.filter(|(i, _)| has_mark(*i)).collect()
}

/// The legend of what is drawn; one series needs none.
#[component]
fn Legend(id: &'static str, drawn: Vec<(usize, &'static str)>) -> impl IntoView {
    (drawn.len() > 1).then(|| {
        let entries = drawn
            .into_iter()
            .map(|(i, name)| {
                view! {
                    <li>
                        <svg width="14" height="14" aria-hidden="true">
                            <Area
                                id
                                series=i
                                x="0".to_owned()
                                y=0.0
                                width="14".to_owned()
                                height=14.0
                            />
                        </svg>
                        {name}
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="legend">{entries}</ul> }
    })
}

/// One column with its number.
#[component]
fn Mark(
    id: &'static str,
    column: ChartColumn,
    axis: Axis,
    is_last: bool,
    numbered: bool,
    series: Vec<&'static str>,
) -> impl IntoView {
    let (left, width) = axis.across(&column);
    let middle = percent(left + width / 2.0);
    let top = BASE - axis.height(&column, column.total(), ROOM);
    let (x, width) = (percent(left), percent(width));
    let body = if series.len() > 1 {
        stacked(id, &column, axis, &x, &width)
    } else {
        plain(id, &column, is_last, (x, top, width))
    };
    let class = if is_last { "chart-last" } else { "chart-value" };
    let lift = if column.months > 1 { 18.0 } else { 5.0 };
    let number = numbered.then(|| {
        view! {
            <text class=class x=middle.clone() y=top - lift text-anchor="middle">
                {thousands(column.total())}
            </text>
        }
    });
    let months = (column.months > 1).then(|| {
        view! {
            <text class="chart-muted" x=middle y=top - 5.0 text-anchor="middle">
                {format!("{} tháng", column.months)}
            </text>
        }
    });
    view! {
        <g>
            <title>{told(&column, &series)}</title>
            {body}
            {number}
            {months}
        </g>
    }
}

fn percent(of_width: f64) -> String {
    format!("{of_width:.2}%")
}

/// What a pointer that rests on a column reads.
fn told(column: &ChartColumn, series: &[&str]) -> String {
    let parts: Vec<String> = series
        .iter()
        .zip(&column.values)
        .filter(|(_, value)| **value > 0)
        .map(|(name, value)| format!("{name} {}", thousands(*value)))
        .collect();
    let total = thousands(column.total());
    match parts.len() {
        0 | 1 => format!("{}: {total}", column.name()),
        _ => format!("{}: {total} ({})", column.name(), parts.join(", ")),
    }
}

fn plain(
    id: &'static str,
    column: &ChartColumn,
    is_last: bool,
    (x, top, width): (String, f64, String),
) -> AnyView {
    let height = BASE - top;
    let class = if is_last { "column-last" } else { "column" };
    let pattern = if is_last { "cuoi" } else { "gop" };
    let hatch = (column.months > 1).then(|| {
        view! {
            <rect
                fill=format!("url(#{id}-{pattern})")
                x=x.clone()
                y=top
                width=width.clone()
                height=height
            ></rect>
        }
    });
    view! {
        <rect class=class x=x.clone() y=top width=width.clone() height=height></rect>
        {hatch}
    }
    .into_any()
}

fn stacked(id: &'static str, column: &ChartColumn, axis: Axis, x: &str, width: &str) -> AnyView {
    let mut below = 0;
    let mut parts = Vec::new();
    for (series, value) in column.values.iter().copied().enumerate() {
        below += value;
        if value > 0 {
            let y = BASE - axis.height(column, below, ROOM);
            let height = axis.height(column, value, ROOM);
            let (x, width) = (x.to_owned(), width.to_owned());
            parts.push(view! { <Area id series x y width height /> });
        }
    }
    parts.collect_view().into_any()
}

/// The months below the line, and the year under its first month.
#[component]
fn Months(axis: Axis) -> impl IntoView {
    let step = if axis.months() > CROWDED { 3 } else { 1 };
    let first = axis.each_month().start;
    let name = |month: i32| {
        let x = percent((axis.x(month) + axis.x(month + 1)) / 2.0);
        let number = month % 12 + 1;
        let shown = (number - 1) % step == 0;
        let year = month == first && number < 11 || number == 1;
        view! {
            {shown
                .then(|| {
                    view! {
                        <text class="chart-muted" x=x.clone() y=BASE + 16.0 text-anchor="middle">
                            {number}
                        </text>
                    }
                })}
            {year
                .then(|| {
                    view! {
                        <text class="chart-muted" x=x y=BASE + 32.0 text-anchor="middle">
                            {month / 12}
                        </text>
                    }
                })}
        }
    };
    axis.each_month().map(name).collect_view()
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
            view! { <ColumnChart id="so" label="Số <phản ánh>" series columns /> }
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
        for text in [
            ">12<",
            ">30<",
            ">11<",
            ">2026<",
            "<title>01/2026: 30</title>",
        ] {
            assert!(html.contains(text), "{text} in {html}");
        }
        assert!(html.matches("column-last").count() == 1 && !html.contains("style="));
        assert!(!html.contains("gạch chéo"), "nothing is told as one");
    }

    #[test]
    fn months_told_as_one_are_hatched_and_say_how_many() {
        let html = html(
            &[],
            vec![column(START, 2, &[9]), column(START + 2, 1, &[8])],
        );
        assert!(
            html.contains("url(#so-gop)") && html.contains("2 tháng"),
            "{html}"
        );
        assert!(html.contains("Cột gạch chéo gộp nhiều tháng"));
    }

    #[test]
    fn the_legend_names_only_what_is_drawn() {
        let parts = ["Đã trả lời", "Kết thúc khác", "Đang xử lý"];
        let html = html(&parts, vec![column(START, 1, &[4, 0, 3])]);
        assert!(html.contains("Đã trả lời") && html.contains("Đang xử lý"));
        assert!(!html.contains("Kết thúc khác"), "{html}");
        assert!(html.contains("11/2025: 7 (Đã trả lời 4, Đang xử lý 3)"));
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
