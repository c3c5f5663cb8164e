//! The route table: the site map, grouped by audience.

use leptos::prelude::*;

/// The application.
#[component]
pub fn App() -> impl IntoView {
    view! { <p></p> }
}
