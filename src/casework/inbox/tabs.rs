//! The views of the inbox as tabs with their counts. What is looked at now and then stands behind
//! "Khác", unless it is the one shown or somebody waits in it.

use super::{
    filters::{Filters, View},
    view::count_words,
};
use leptos::prelude::*;

/// Whether a view always has its tab.
const fn is_daily(view: View) -> bool {
    matches!(
        view,
        View::Open
            | View::Submitted
            | View::Unassigned
            | View::InHand
            | View::AwaitingApproval
            | View::Overdue
            | View::DueSoon
    )
}

/// Views in which somebody waits for a word: shown as soon as there is one.
const fn calls(view: View) -> bool {
    matches!(view, View::Unread)
}

/// One link for each view.
#[component]
pub fn Tabs(filters: Filters, counts: Vec<i64>) -> impl IntoView {
    let shown = filters.view;
    let all = View::ALL.into_iter().zip(counts);
    let (front, rest): (Vec<_>, Vec<_>) = all.partition(|(view, count)| {
        is_daily(*view) || *view == shown || (calls(*view) && *count > 0)
    });
    let link = |(view, count): (View, i64)| {
        view! {
            <li>
                <a href=filters.in_view(view).href() aria-current=(view == shown).then_some("page")>
                    {view.label()}
                    " "
                    <span class="tab-count tabular">{count_words(count)}</span>
                </a>
            </li>
        }
    };
    view! {
        <nav class="inbox-tabs" aria-label="Nhóm hồ sơ">
            <ul>{front.into_iter().map(link).collect_view()}</ul>
            <details class="inbox-more">
                <summary>"Khác"</summary>
                <ul>{rest.into_iter().map(link).collect_view()}</ul>
            </details>
        </nav>
    }
}
