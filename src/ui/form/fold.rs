//! A part of a form that few need: closed until asked for, and open while something in it is wrong.

use super::state::FormContext;
use leptos::prelude::*;

/// Fields behind a line that opens them. Closed or open, they are sent; a refusal in the browser
/// opens it as well (`ui::form::enhance`).
#[component]
pub fn Fold(
    /// What opens it: says what is inside.
    summary: &'static str,
    /// The fields inside that may be wrong.
    names: &'static [&'static str],
    children: Children,
) -> impl IntoView {
    let open = names
        .iter()
        .any(|name| !FormContext::message(name).is_empty());
    view! {
        <details class="fold" open=open>
            <summary>{summary}</summary>
            {children()}
        </details>
    }
}
