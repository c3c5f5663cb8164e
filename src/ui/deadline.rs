//! Deadlines as words and dates.

use crate::calendar::{Calendar, Urgency, weekday_date};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use time::Date;

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

impl Due {
    /// A deadline that runs, as seen on `today`.
    pub fn running(calendar: &Calendar, due_on: Date, today: Date) -> Self {
        let left = calendar.working_days_between(today, due_on);
        let (tone, words) = match Urgency::of(calendar, due_on, today) {
            Urgency::Overdue(days) => ("late", format!("quá hạn {days} ngày làm việc")),
            Urgency::Soon(0) => ("soon", "hết hạn hôm nay".to_owned()),
            Urgency::Soon(_) => ("soon", format!("còn {left} ngày làm việc")),
            Urgency::Calm => ("calm", format!("còn {left} ngày làm việc")),
        };
        Self::said(tone, words, due_on)
    }

    /// A deadline that does not run, with the reason in words.
    pub fn said(tone: &str, words: impl Into<String>, due_on: Date) -> Self {
        Self {
            tone: tone.to_owned(),
            words: words.into(),
            date: weekday_date(due_on),
        }
    }
}

/// A deadline: words and date, coloured only if it matters.
#[component]
pub fn DeadlineView(due: Due) -> impl IntoView {
    view! {
        <span class=format!("due due-{}", due.tone)>
            <span class="due-words">{due.words}</span>
            " "
            <span class="due-date">{due.date}</span>
        </span>
    }
}
