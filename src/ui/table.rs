//! A table that may be wider than the screen.

use leptos::prelude::*;

/// Scrolls what is too wide for the page; the keyboard reaches it (WCAG 2.1.1), so it has a name.
#[component]
pub fn TableRegion(#[prop(into)] label: String, children: Children) -> impl IntoView {
    view! {
        <section class="table-wrap" aria-label=label tabindex="0">
            {children()}
        </section>
    }
}
