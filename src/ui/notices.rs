//! Small parts of pages: notices, status words, single figures, empty states.

use super::Sparkline;
use leptos::prelude::*;

/// What kind of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Information.
    Info,
    /// A warning.
    Warning,
    /// Success.
    Success,
    /// Failure.
    Danger,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Success => "success",
            Self::Danger => "danger",
        }
    }
}

/// A notice in the page.
#[component]
pub fn Notice(
    tone: Tone,
    #[prop(optional, into)] title: String,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!(
            "notice notice-{}",
            tone.class(),
        )>
            {(!title.is_empty()).then(|| view! { <p class="notice-title">{title}</p> })}
            {children()}
        </div>
    }
}

/// A status: a dot and a word, so that colour is never the only sign. `tone`: `calm`, `active`,
/// `done`, `stopped`.
#[component]
pub fn StatusWord(
    #[prop(into)] word: String,
    #[prop(default = "calm")] tone: &'static str,
) -> impl IntoView {
    view! { <span class=format!("status status-{tone}")>{word}</span> }
}

/// One figure with its label, its link, and how it came to be.
#[component]
pub fn Stat(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    /// Where what it counts is listed.
    #[prop(optional, into)]
    href: String,
    /// Its course, oldest first.
    #[prop(optional)]
    course: Vec<f64>,
) -> impl IntoView {
    let value = if href.is_empty() {
        view! { <span class="stat-value">{value}</span> }.into_any()
    } else {
        let label = format!("{value} {label}");
        view! {
            <a class="stat-value" href=href aria-label=label>
                {value}
            </a>
        }
        .into_any()
    };
    view! {
        <div class="stat">
            {value} <span class="stat-label">{label}</span>
            {(!course.is_empty()).then(|| view! { <Sparkline values=course /> })}
        </div>
    }
}

/// An empty state: what will appear here, and what to do now.
#[component]
pub fn EmptyState(#[prop(into)] title: String, children: Children) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            {children()}
        </div>
    }
}
