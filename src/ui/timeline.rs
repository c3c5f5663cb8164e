//! A history, newest first.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineItem {
    /// Time as text: "14:30, thứ Hai 23/11/2026" or the date alone.
    pub when: String,
    /// A short sentence.
    pub what: String,
    /// Role or name of the person; may be empty.
    pub who: String,
    /// Details below it; may be empty.
    pub detail: String,
}

/// A list of events.
#[component]
pub fn Timeline(items: Vec<TimelineItem>) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|item| {
            view! {
                <li class="timeline-item">
                    <p class="timeline-what">{item.what}</p>
                    <p class="timeline-when">
                        {item.when}{(!item.who.is_empty()).then(|| format!(" · {}", item.who))}
                    </p>
                    {(!item.detail.is_empty())
                        .then(|| view! { <p class="timeline-detail">{item.detail}</p> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }
}
