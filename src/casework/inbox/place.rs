//! Where a case stands in the view of the inbox from which it was opened: the way back, and the
//! cases before and after it. The view travels in the address ([`routes::FROM_VIEW`]).

use crate::routes;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

/// The place of a case in a view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Name of the view: "Chờ tiếp nhận".
    pub view: String,
    /// Address of the view with its filters.
    pub back: String,
    /// Address of the case before, or empty.
    pub previous: String,
    /// Address of the case after, or empty. Also after an action that took the case out of the
    /// view.
    pub next: String,
}

/// The view from which the page shown was opened, as a query string; empty if from none.
pub fn from_view() -> String {
    let query = use_query_map();
    query
        .with_untracked(|query| query.get(routes::FROM_VIEW))
        .unwrap_or_default()
}

/// The address of a case that keeps the view from which the page shown was opened; forms of the page
/// post there, so that the view is not lost over an action.
pub fn case_address(number: &str) -> String {
    routes::case_in_view(number, &from_view())
}

/// The way back to the view, and on to its neighbours.
#[component]
pub fn PlaceLinks(
    /// `None`: the case was not opened from a view.
    place: Option<Place>,
) -> impl IntoView {
    let place = place.unwrap_or_else(|| Place {
        view: "Danh sách hồ sơ".to_owned(),
        back: routes::INBOX.path.to_owned(),
        ..Place::default()
    });
    let beside = |href: String, text: &'static str, rel: &'static str| {
        (!href.is_empty()).then(|| {
            view! {
                <a href=href rel=rel>
                    {text}
                </a>
            }
        })
    };
    view! {
        <nav class="place" aria-label="Trong danh sách">
            <a class="place-back" href=place.back>
                {place.view}
            </a>
            {beside(place.previous, "Hồ sơ trước", "prev")}
            {beside(place.next, "Hồ sơ sau", "next")}
        </nav>
    }
}
