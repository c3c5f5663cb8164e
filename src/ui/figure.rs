//! A figure: the sentence it states, the chart that shows it, the table that proves it, the file to take away.

use super::icon::Icon;
use leptos::prelude::*;

/// A chart with its reading; the children are its table, folded away. `download` is the path of the data, or empty.
#[component]
pub fn Figure(
    #[prop(into)] title: String,
    #[prop(optional, into)] reading: String,
    chart: AnyView,
    #[prop(optional, into)] download: String,
    #[prop(default = "Tải số liệu (CSV)")] download_label: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="figure">
            <h2 class="figure-title">{title}</h2>
            {(!reading.is_empty()).then(|| view! { <p class="figure-reading">{reading}</p> })}
            {chart}
            <div class="figure-tools">
                <details><summary>"Xem bảng số liệu"</summary><div class="table-wrap" tabindex="0" role="region" aria-label="Bảng số liệu">{children()}</div></details>
                {(!download.is_empty())
                    .then(|| {
                        view! { <a class="figure-download" href=download rel="external" download=""><Icon name="download"/>{download_label}</a> }
                    })}
            </div>
        </section>
    }
}
