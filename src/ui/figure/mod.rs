//! Figures: a sentence that says what is found, the chart that shows it, the table that proves it,
//! and the link that downloads it.

mod bars;
mod columns;
mod legend;
mod number;
mod scale;
mod sparkline;

pub use bars::{Bar, BarChart};
pub use columns::ColumnChart;
pub use number::thousands;
pub use scale::ChartColumn;
pub use sparkline::Sparkline;

use super::Icon;
use leptos::prelude::*;

/// One figure. The chart is its content; on paper the table stands open.
#[component]
pub fn Figure(
    /// Its anchor.
    #[prop(optional, into)]
    id: Option<&'static str>,
    /// What it is about.
    title: &'static str,
    /// What one reads off it, in a sentence.
    #[prop(into)]
    reading: String,
    /// The numbers, as a table.
    table: AnyView,
    /// What it counts, and the address that says how.
    #[prop(optional)]
    meaning: Option<(&'static str, String)>,
    /// Addresses of the same numbers as files, each with its form.
    #[prop(optional)]
    downloads: Vec<(String, &'static str)>,
    /// The chart, and what must be said about it.
    children: Children,
) -> impl IntoView {
    let download = |(href, form): (String, &'static str)| {
        view! {
            <a class="figure-download" href=href download>
                {form}
            </a>
        }
    };
    let meaning = meaning.map(|(counts, how)| {
        view! { <p class="figure-note">{counts} " " <a href=how>"Cách tính"</a></p> }
    });
    let downloads = (!downloads.is_empty()).then(|| {
        view! {
            <p class="figure-downloads">
                <Icon name="download" />
                "Tải số liệu:"
                {downloads.into_iter().map(download).collect_view()}
            </p>
        }
    });
    view! {
        <section class="figure" id=id>
            <h2>{title}</h2>
            <p class="figure-reading">{reading}</p>
            {children()}
            {meaning}
            <div class="figure-tools">
                <details>
                    <summary>"Xem bảng số liệu"</summary>
                    {table}
                </details>
                {downloads}
            </div>
        </section>
    }
}
