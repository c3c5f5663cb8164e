//! The page of one case: the case from `casework`, and in its slot the sealed identity from
//! `identity`. Neither room knows the other.

use crate::{
    case::Action,
    casework::{CaseFile, CaseView, Place},
    error::AppError,
    identity::{OpeningPanel, OpeningView},
    routes,
    ui::{ClosedLayout, PageError, Revision},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use leptos_router::hooks::{use_params_map, use_query_map};

/// One case, its place in the `view` of the inbox it was opened from, and its identity's stage; reading the original is recorded.
#[server(endpoint = "case-page", input = GetUrl)]
pub async fn load_case_page(
    number: String,
    #[server(default)] view: String,
) -> Result<(CaseFile, Option<Place>, OpeningView), AppError> {
    use crate::{
        accounts::ssr::{authority::state, session},
        casework, identity,
        platform::http::error_response::report,
        rights::Permission,
    };
    let state = state();
    let read = async {
        let authority = casework::ssr::reader(session::current().await?)?;
        let file = casework::ssr::read_case(&state, &authority, &number).await?;
        let place = casework::ssr::place_in_view(&state, &authority, &view, &number).await?;
        // who asked for the name and who allowed it is nothing for those who read the extract
        let opening = match authority.staff().may(Permission::ReadOriginal) {
            true => identity::ssr::reading::view_by_number(&state, &authority, &number).await?,
            false => OpeningView {
                number: file.number.clone(),
                kept_secret: file.conversation.is_none(),
                ..OpeningView::default()
            },
        };
        Ok((file, place, opening))
    };
    report(read.await)
}

/// `/quan-tri/ho-so/:number`
#[component]
pub fn CasePage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let number = Memo::new(move |_| params.with(|map| map.get("number").unwrap_or_default()));
    let done = Memo::new(move |_| {
        let code = query.with(|map| map.get("xong"));
        code.and_then(|code| Action::from_code(&code))
    });
    let view = Memo::new(move |_| query.with(|map| map.get(routes::FROM_VIEW).unwrap_or_default()));
    let page = Resource::new_blocking(
        move || (number.get(), view.get(), Revision::get()),
        |(number, view, _)| load_case_page(number, view),
    );
    let body = move || {
        let (number, done) = (number.get(), done.get());
        Suspend::new(async move {
            match page.await {
                Ok((file, place, view)) => {
                    let identity = view! { <OpeningPanel view /> }.into_any();
                    view! { <CaseView file place done identity /> }.into_any()
                }
                Err(error) => {
                    let here = routes::CASE.with(number);
                    view! {
                        <ClosedLayout>
                            <PageError error here />
                        </ClosedLayout>
                    }
                    .into_any()
                }
            }
        })
    };
    view! { <Transition>{body}</Transition> }.into_any()
}
