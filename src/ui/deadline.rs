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
    /// The same in a list: "còn 3 ngày", "quá 2 ngày", "hôm nay".
    pub short: String,
    /// "thứ Hai 07/12/2026".
    pub date: String,
}

impl Due {
    /// A deadline that runs, as seen on `today`.
    pub fn running(calendar: &Calendar, due_on: Date, today: Date) -> Self {
        let left = calendar.working_days_between(today, due_on);
        let left = |tone| {
            (
                tone,
                format!("còn {left} ngày làm việc"),
                format!("còn {left} ngày"),
            )
        };
        let (tone, words, short) = match Urgency::of(calendar, due_on, today) {
            Urgency::Overdue(days) => (
                "late",
                format!("quá hạn {days} ngày làm việc"),
                format!("quá {days} ngày"),
            ),
            Urgency::Soon(0) => ("soon", "hết hạn hôm nay".to_owned(), "hôm nay".to_owned()),
            Urgency::Soon(_) => left("soon"),
            Urgency::Calm => left("calm"),
        };
        Self::said(tone, words, due_on).in_short(short)
    }

    /// A deadline that does not run, with the reason in words.
    pub fn said(tone: &str, words: impl Into<String>, due_on: Date) -> Self {
        let words = words.into();
        Self {
            tone: tone.to_owned(),
            short: words.clone(),
            words,
            date: weekday_date(due_on),
        }
    }

    /// The same with fewer words for lists.
    pub fn in_short(self, short: impl Into<String>) -> Self {
        Self {
            short: short.into(),
            ..self
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

/// A deadline in a list: three words; the whole of it on resting there, and for screen readers.
#[component]
pub fn ShortDeadline(due: Due) -> impl IntoView {
    let whole = format!("{}, {}", due.words, due.date);
    let title = whole.clone();
    view! {
        <span class=format!("due due-{}", due.tone) title=title>
            <span class="due-words" aria-hidden="true">
                {due.short}
            </span>
            <span class="visually-hidden">{whole}</span>
        </span>
    }
}
