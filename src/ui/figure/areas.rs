//! Areas of a chart and their hatches, which tell apart what colours do not on paper.

use leptos::prelude::*;

/// The hatches of a chart: of months told as one, and on paper of the series.
#[component]
pub(super) fn Hatches(id: &'static str, pooled: bool, parts: usize) -> impl IntoView {
    let lines = |name: &str, class: &'static str, turn: &'static str| {
        view! {
            <pattern
                id=format!("{id}-{name}")
                width="5"
                height="5"
                patternUnits="userSpaceOnUse"
                patternTransform=turn
            >
                <line class=class x1="0" x2="0" y1="0" y2="5"></line>
            </pattern>
        }
    };
    let of_months = pooled.then(|| {
        [
            lines("gop", "hatch", "rotate(45)"),
            lines("cuoi", "hatch-on", "rotate(45)"),
        ]
        .collect_view()
    });
    let of_parts = (parts > 1).then(|| {
        [
            lines("2", "hatch-on", "rotate(-45)"),
            lines("3", "hatch-on", "rotate(90)"),
        ]
        .collect_view()
    });
    view! { <defs>{of_months} {of_parts}</defs> }
}

/// A part of a column, in the colour of its series, hatched on paper.
#[component]
pub(super) fn Area(
    id: &'static str,
    series: usize,
    x: String,
    y: f64,
    width: String,
    height: f64,
) -> impl IntoView {
    let number = series + 1;
    let hatch = (series > 0).then(|| {
        view! {
            <rect
                class="on-paper"
                fill=format!("url(#{id}-{number})")
                x=x.clone()
                y=y
                width=width.clone()
                height=height
            ></rect>
        }
    });
    view! {
        <rect
            class=format!("series-{number}")
            x=x.clone()
            y=y
            width=width.clone()
            height=height
        ></rect>
        {hatch}
    }
}
