//! Line icons: symbols of one sprite, 24 px grid, 1.75 px stroke.

use crate::routes;
use leptos::prelude::*;

/// The symbol `name` of `/icons.svg`. Decorative: it always accompanies text.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" focusable="false">
            <use href=format!("{}#{name}", routes::ICONS.path)></use>
        </svg>
    }
}
