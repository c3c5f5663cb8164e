//! Small parts of pages: notices, status words, single figures, empty states.

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

/// One figure with its label and link. `tone`: empty, `soon` or `late`.
#[component]
pub fn Stat(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional, into)] href: String,
    #[prop(optional, into)] note: String,
    #[prop(optional)] tone: &'static str,
) -> impl IntoView {
    let body = view! {
        <span class="stat-value">{value}</span>
        <span class="stat-label">{label}</span>
        {(!note.is_empty()).then(|| view! { <span class="stat-note">{note}</span> })}
    };
    let class = if tone.is_empty() {
        "stat".to_owned()
    } else {
        format!("stat stat-{tone}")
    };
    if href.is_empty() {
        view! { <div class=class>{body}</div> }.into_any()
    } else {
        view! {
            <a class=class href=href>
                {body}
            </a>
        }
        .into_any()
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
