//! What the colours of a chart mean.

use leptos::prelude::*;

/// The class of a series by its place; the `rest` is hollow.
pub(super) fn series_class(place: usize, count: usize, rest: bool) -> String {
    match rest && place + 1 == count {
        true => "series-rest".to_owned(),
        false => format!("series-{}", place + 1),
    }
}

/// The legend of what is drawn, class and name of each; one series needs none.
#[component]
pub(super) fn Legend(drawn: Vec<(String, &'static str)>) -> impl IntoView {
    (drawn.len() > 1).then(|| {
        let entry = |(class, name): (String, &'static str)| {
            view! {
                <li>
                    <svg width="14" height="14" aria-hidden="true">
                        <rect class=class width="14" height="14"></rect>
                    </svg>
                    {name}
                </li>
            }
        };
        view! { <ul class="legend">{drawn.into_iter().map(entry).collect_view()}</ul> }
    })
}
