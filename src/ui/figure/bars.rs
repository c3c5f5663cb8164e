//! Bars beside each other: each with its name and its number in words, so that the picture adds only
//! the length. A list, because names are long and wrap.

use super::{
    legend::{Legend, series_class},
    number::thousands,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A bar: what it counts, and how it is divided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// What it is made of, if it is several things that are told only together; "" otherwise.
    pub members: String,
    /// Its length, in parts, none below 0.
    pub values: Vec<i64>,
}

impl Bar {
    fn total(&self) -> i64 {
        self.values.iter().sum()
    }
}

/// Horizontal bars, all measured alike. A bar that stands for several things is hollow, or its last
/// part is.
#[component]
pub fn BarChart(
    /// Names of the parts, the last of them for what is not divided; none if bars are not divided.
    #[prop(optional)]
    series: Vec<&'static str>,
    /// In the order in which they are read.
    bars: Vec<Bar>,
) -> impl IntoView {
    let longest = bars.iter().map(Bar::total).max().unwrap_or(0).max(1);
    let count = series.len();
    let has_mark = |i: usize| bars.iter().any(|bar| bar.values.get(i) > Some(&0));
    let named = series.into_iter().enumerate();
    let drawn = named
        .filter(|(i, _)| has_mark(*i))
        .map(|(i, name)| (series_class(i, count, true), name))
        .collect();
    let bars = bars.into_iter().map(|bar| line(bar, longest, count));
    view! {
        <Legend drawn />
        <ul class="bars">{bars.collect_view()}</ul>
    }
}

fn line(bar: Bar, longest: i64, series: usize) -> impl IntoView {
    let total = thousands(bar.total());
    let is_pool = !bar.members.is_empty();
    let name = match is_pool {
        false => view! { <span>{bar.name}</span> }.into_any(),
        true => {
            let members = view! { <small>{bar.members}</small> };
            view! { <span>{bar.name} {members}</span> }.into_any()
        }
    };
    let share = |part: i64| format!("{:.1}%", part as f64 * 100.0 / longest as f64);
    let mut from = 0;
    let mut areas = Vec::new();
    for (part, value) in bar.values.into_iter().enumerate().filter(|(_, n)| *n > 0) {
        let class = match series {
            0 if is_pool => "column".to_owned(),
            0 => "column-last".to_owned(),
            count => series_class(part, count, true),
        };
        let x = (from > 0).then(|| share(from));
        areas.push(view! { <rect class=class x=x width=share(value) height="14"></rect> });
        from += value;
    }
    view! { <li>{name} <b>{total}</b> <svg aria-hidden="true">{areas}</svg></li> }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(name: &str, members: &str, values: &[i64]) -> Bar {
        Bar {
            name: name.to_owned(),
            members: members.to_owned(),
            values: values.to_vec(),
        }
    }

    fn html(series: &[&'static str], bars: Vec<Bar>) -> String {
        let series = series.to_vec();
        Owner::new().with(|| {
            view! { <BarChart series bars /> }
                .to_html()
                .replace("<!>", "")
        })
    }

    #[test]
    fn a_bar_has_its_name_its_number_and_its_length() {
        let bars = vec![bar("Chậm", "", &[1200]), bar("Gộp", "a; b; c", &[300])];
        let html = html(&[], bars);
        for part in [
            "Chậm",
            ">1.200<",
            "width=\"100.0%\"",
            "width=\"25.0%\"",
            "a; b; c",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(html.contains("class=\"column\"") && html.contains("class=\"column-last\""));
        assert!(!html.contains("legend") && !html.contains("style="));
    }

    #[test]
    fn a_divided_bar_says_what_its_parts_are() {
        let bars = vec![bar("A", "", &[6, 0, 0]), bar("B", "", &[0, 0, 4])];
        let html = html(&["Đúng hạn", "Trễ hạn", "Không tách"], bars);
        assert!(html.contains("Đúng hạn") && html.contains("Không tách"));
        assert!(!html.contains("Trễ hạn"), "nothing of it is drawn: {html}");
    }
}
