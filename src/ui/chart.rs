//! Charts: SVG made on the server, repeated in words and in a table. Geometry is in attributes,
//! because the policy forbids inline style; colours come from the classes `series-1` … `series-5`.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One bar: a name and its values by series; `None` is a figure that is not released (under 5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Label above the bar.
    pub name: String,
    /// One for each series, in their order.
    pub values: Vec<Option<i64>>,
}

impl Bar {
    fn total(&self) -> i64 {
        self.values.iter().flatten().sum()
    }
}

/// `1234567` → `1.234.567`.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let head = digits.len() % 3;
    let mut groups: Vec<&str> = (head..digits.len())
        .step_by(3)
        .map(|i| &digits[i..i + 3])
        .collect();
    if head > 0 {
        groups.insert(0, &digits[..head]);
    }
    format!("{}{}", if number < 0 { "-" } else { "" }, groups.join("."))
}

// Units of the view box. Bars are horizontal, so that names and values stay readable on a phone of
// 320 px, however many there are.
const WIDTH: i64 = 280;
const ROW: i64 = 44;
const BAR_TOP: i64 = 18;
const BAR: i64 = 18;
/// A value of `n` digits fits into a mark this much wider than its digits.
const DIGIT: i64 = 8;

/// One mark: a part of a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    x: i64,
    width: i64,
    series: usize,
    value: i64,
}

impl Mark {
    fn text(&self) -> Option<String> {
        let text = thousands(self.value);
        (self.width >= DIGIT * (text.len() as i64 + 1)).then_some(text)
    }
}

/// The marks of a bar, on a scale from zero to `full` over the whole width. Their ends are rounded,
/// so that marks touch and the bar's length matches its total.
fn marks(bar: &Bar, full: i64) -> Vec<Mark> {
    let at = |sum: i64| (sum * WIDTH + full / 2) / full.max(1);
    let mut sum = 0;
    let mut marks = Vec::new();
    for (series, value) in bar.values.iter().enumerate() {
        let value = value.unwrap_or(0);
        let x = at(sum);
        sum += value;
        if value > 0 {
            marks.push(Mark {
                x,
                width: at(sum) - x,
                series,
                value,
            });
        }
    }
    marks
}

/// Stacked bars, zero-based, each with its name, its total and the values on the marks that have
/// room for them.
#[component]
pub fn BarChart(
    /// Text alternative.
    #[prop(into)]
    label: String,
    /// Names of the series, in the order of the values. An empty name leaves its colour unused.
    series: Vec<String>,
    /// From top to bottom.
    bars: Vec<Bar>,
) -> impl IntoView {
    let full = bars.iter().map(Bar::total).max().unwrap_or(0);
    let height = ROW * bars.len() as i64;
    let title = label.clone();
    let rows = bars
        .into_iter()
        .enumerate()
        .map(|(i, bar)| view! { <Row bar full series=series.clone() top=ROW * i as i64 /> })
        .collect_view();
    view! {
        <Legend series=series />
        <svg class="chart" role="img" aria-label=label viewBox=format!("0 0 {WIDTH} {height}")>
            <title>{title}</title>
            {rows}
        </svg>
    }
}

/// The legend; omitted for a single series.
#[component]
fn Legend(series: Vec<String>) -> impl IntoView {
    (series.len() > 1).then(|| {
        let entries = series
            .into_iter()
            .enumerate()
            .filter(|(_, name)| !name.is_empty())
            .map(|(i, name)| {
                let class = format!("series-{}", i + 1);
                view! {
                    <li>
                        <svg viewBox="0 0 14 14" aria-hidden="true">
                            <rect class=class width="14" height="14"></rect>
                        </svg>
                        {name}
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="legend">{entries}</ul> }
    })
}

#[component]
fn Row(bar: Bar, full: i64, series: Vec<String>, top: i64) -> impl IntoView {
    let total = thousands(bar.total());
    // a single mark's value is the total, which is shown above it
    let tells_parts = series.len() > 1;
    let marks = marks(&bar, full)
        .into_iter()
        .map(|mark| {
            let name = series.get(mark.series).cloned().unwrap_or_default();
            let tip = format!("{} · {name}: {}", bar.name, thousands(mark.value));
            let value = mark.text().filter(|_| tells_parts).map(|text| {
                let (x, y) = (mark.x + mark.width / 2, top + BAR_TOP + BAR - 5);
                view! {
                    <text class="chart-on" x=x y=y text-anchor="middle">
                        {text}
                    </text>
                }
            });
            let class = format!("series-{}", mark.series + 1);
            view! {
                <g>
                    <rect class=class x=mark.x y=top + BAR_TOP width=mark.width height=BAR>
                        <title>{tip}</title>
                    </rect>
                    {value}
                </g>
            }
        })
        .collect_view();
    view! {
        <text x="0" y=top + 12>
            {bar.name.clone()}
        </text>
        <text class="chart-muted" x=WIDTH y=top + 12 text-anchor="end">
            {total}
        </text>
        {marks}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bar(values: &[Option<i64>]) -> Bar {
        Bar {
            name: "10/2026".to_owned(),
            values: values.to_vec(),
        }
    }

    #[test]
    fn bars_start_at_zero_and_the_largest_fills_the_width() {
        let marks = marks(&bar(&[Some(30), None, Some(10)]), 40);
        assert_eq!(
            marks,
            [
                Mark {
                    x: 0,
                    width: 210,
                    series: 0,
                    value: 30
                },
                Mark {
                    x: 210,
                    width: 70,
                    series: 2,
                    value: 10
                }
            ],
            "what is not released leaves no mark"
        );
    }

    #[test]
    fn values_stand_on_marks_that_have_room() {
        let mark = |width, value| {
            Mark {
                x: 0,
                width,
                series: 0,
                value,
            }
            .text()
        };
        assert_eq!(mark(40, 12), Some("12".to_owned()));
        assert_eq!(mark(10, 12), None);
    }

    #[test]
    fn thousands_are_set_apart_by_points() {
        assert_eq!(
            [0, 5, 999, 1000, 1_234_567, -1200].map(thousands),
            ["0", "5", "999", "1.000", "1.234.567", "-1.200"].map(str::to_owned)
        );
    }

    #[test]
    fn a_chart_has_a_name_and_escapes_what_it_shows() {
        let html = Owner::new().with(|| {
            view! {
                <BarChart
                    label="Số phản ánh"
                    series=vec!["<b>".to_owned(), "Hai".to_owned()]
                    bars=vec![bar(&[Some(12), Some(30)])]
                />
            }
            .to_html()
            .replace("<!>", "")
        });
        assert!(
            html.contains("role=\"img\"") && html.contains("aria-label=\"Số phản ánh\""),
            "{html}"
        );
        assert!(html.contains("<title>Số phản ánh</title>"), "{html}");
        assert!(
            html.contains("series-2") && html.contains(">30<") && html.contains(">42<"),
            "{html}"
        );
        assert!(!html.contains("<b>") && !html.contains("style="), "{html}");
    }

    #[test]
    fn nothing_to_show_draws_nothing() {
        assert_eq!(marks(&bar(&[None, Some(0)]), 0), []);
    }

    proptest! {
        #[test]
        fn marks_touch_and_end_where_the_total_belongs(
            values in prop::collection::vec(prop::option::of(0i64..5000), 0..6),
            rest in 0i64..5000,
        ) {
            let bar = bar(&values);
            let full = bar.total() + rest;
            let marks = marks(&bar, full);
            let end = marks.iter().fold(0, |end, mark| {
                assert_eq!(mark.x, end);
                end + mark.width
            });
            prop_assert!(end <= WIDTH);
            let error = (end * full - bar.total() * WIDTH).abs();
            prop_assert!(full == 0 || error <= full, "less than a unit off");
        }
    }
}
