//! Figures: a sentence that says what is found, the chart that shows it, the table that proves it,
//! and the link that downloads it.

mod areas;
mod columns;
mod number;
mod scale;
mod sparkline;

pub use columns::ColumnChart;
pub use number::thousands;
pub use scale::{Axis, ChartColumn};
pub use sparkline::Sparkline;

use super::Icon;
use leptos::prelude::*;

/// One figure. The chart is its content; on paper the table stands open.
#[component]
pub fn Figure(
    /// What it is about.
    title: &'static str,
    /// What one reads off it, in a sentence.
    #[prop(into)]
    reading: String,
    /// The numbers, as a table.
    table: AnyView,
    /// Address of the same numbers as a file.
    #[prop(optional)]
    download: &'static str,
    /// The chart, and what must be said about it.
    children: Children,
) -> impl IntoView {
    let download = (!download.is_empty()).then(|| {
        view! {
            <a class="figure-download" href=download rel="external" download>
                <Icon name="download" />
                "Tải số liệu (CSV)"
            </a>
        }
    });
    view! {
        <section class="figure">
            <h2>{title}</h2>
            <p class="figure-reading">{reading}</p>
            {children()}
            <div class="figure-tools">
                <details>
                    <summary>"Xem bảng số liệu"</summary>
                    {table}
                </details>
                {download}
            </div>
        </section>
    }
}
