//! Paging by links.

use leptos::prelude::*;

/// Links to the previous and next page; an empty address means that there is none.
#[component]
pub fn Pager(#[prop(into)] previous: String, #[prop(into)] next: String) -> impl IntoView {
    let link = |href: String, text: &'static str, rel: &'static str| {
        (!href.is_empty()).then(|| {
            view! {
                <a class="pager-link" href=href rel=rel>
                    {text}
                </a>
            }
        })
    };
    view! {
        <nav class="pager" aria-label="Trang">
            {link(previous, "Trang trước", "prev")}
            {link(next, "Trang sau", "next")}
        </nav>
    }
}
