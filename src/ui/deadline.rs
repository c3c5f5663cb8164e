//! Deadlines as words and dates.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A deadline as shown to people; counted on the server, which has the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// `calm`, `soon`, `late` or `paused`; chooses the colour.
    pub tone: String,
    /// "còn 3 ngày làm việc", "quá hạn 2 ngày làm việc", "tạm dừng".
    pub words: String,
    /// "thứ Hai 07/12/2026".
    pub date: String,
}

/// A deadline: words and date, coloured only if it matters.
#[component]
pub fn DeadlineView(due: Due) -> impl IntoView {
    view! {
        <span class=format!("due due-{}", due.tone)>
            <span class="due-words">{due.words}</span>
            " · "
            <span class="due-date">{due.date}</span>
        </span>
    }
}
