//! The console: one application whose pages change without leaving it.

use super::{case_page::CasePage, rules};
use crate::{
    accounts::AccountPage,
    casework::InboxPage,
    identity::OpeningPage,
    routes::segments,
    ui::{
        FormState, PageTitle, ReturnedForm, Revision,
        form::{enhance, unsent::Unsent},
    },
};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions, SsrMode,
    components::{Route, Router, Routes},
    hooks::{use_location, use_navigate},
};
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// Every page of the console.
#[component]
pub fn Console() -> impl IntoView {
    provide_context(PageTitle(RwSignal::new(String::new())));
    Revision::provide();
    provide_context(ReturnedForm::shared());
    Unsent::provide();
    view! {
        <Router>
            <PageChanges />
            <ConsoleForms />
            <Routes fallback=LeaveConsole>
                <Route path=segments::inbox() view=InboxPage ssr=SsrMode::Async />
                <Route path=segments::case() view=CasePage ssr=SsrMode::Async />
                <Route path=segments::opening() view=OpeningPage ssr=SsrMode::Async />
                <Route path=segments::account() view=AccountPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// The forms of the console: what went through is shown in place, and the page is read again. Draws nothing.
#[component]
fn ConsoleForms() -> impl IntoView {
    let (navigate, address) = (use_navigate(), use_location());
    let revision = expect_context::<Revision>();
    let returned = expect_context::<ReturnedForm>();
    let unsent = expect_context::<Unsent>();
    let left = returned.clone();
    Effect::new(move |shown: Option<()>| {
        address.pathname.track();
        address.search.track();
        // the page that came back with a form was left
        if shown.is_some() {
            left.forget();
        }
    });
    Effect::new(move || {
        let (navigate, returned) = (navigate.clone(), returned.clone());
        let refused = returned.clone();
        unsent.keep_changed();
        enhance::start(enhance::Hooks {
            sent: Box::new(move |sent| {
                if let Some(form) = sent.form {
                    unsent.forget(form);
                    form.reset();
                }
                if let Some(address) = sent.location {
                    returned.forget();
                    // the same page again is no new step of the history
                    let path = location().pathname().unwrap_or_default();
                    let replace = address.split('?').next() == Some(path.as_str());
                    let options = NavigateOptions {
                        replace,
                        ..NavigateOptions::default()
                    };
                    navigate(address, options);
                    revision.advance();
                }
            }),
            check: rules::console,
            typed: Box::new(move |form| unsent.keep(form)),
            partly: Box::new(move |form, sent, error| {
                let command = form.get_attribute("data-command").unwrap_or_default();
                unsent.forget(form);
                refused.show(FormState::refused(command, sent, Vec::new(), error));
                revision.advance();
                focus_on(".error-summary:not([hidden])", PATIENCE);
            }),
        });
    });
}

/// A link that leads out of the console: the server has the page.
#[component]
fn LeaveConsole() -> impl IntoView {
    let address = use_location();
    Effect::new(move || {
        let address = format!(
            "{}{}",
            address.pathname.get_untracked(),
            address
                .search
                .with_untracked(|search| if search.is_empty() {
                    String::new()
                } else {
                    format!("?{search}")
                })
        );
        // a browser that refuses to leave shows an empty page, whose address is the right one
        let _left = window().location().replace(&address);
    });
}

/// Frames to wait for what takes the focus while the page's data are fetched: some seconds.
const PATIENCE: u16 = 600;

/// What the router leaves undone when it changes the page: the focus goes to the new heading, and
/// screen readers hear the title.
#[component]
fn PageChanges() -> impl IntoView {
    let PageTitle(title) = expect_context();
    let path = use_location().pathname;
    let announced = RwSignal::new(String::new());
    // a page names itself once it is there; a change within the page keeps the path and the focus
    Effect::new(move |shown: Option<String>| {
        let title = title.get();
        let path = path.get_untracked();
        if shown.is_some_and(|shown| shown != path) {
            announced.set(title);
            focus_on("h1", PATIENCE);
        }
        path
    });
    view! {
        <p class="visually-hidden" aria-live="polite">
            {announced}
        </p>
    }
}

fn focus_on(what: &'static str, frames: u16) {
    request_animation_frame(move || {
        let element = document().query_selector(what).ok().flatten();
        match element.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            Some(element) => {
                element.set_tab_index(-1);
                // what refuses the focus is read on the way through the page
                let _focused = element.focus();
            }
            None if frames > 0 => focus_on(what, frames - 1),
            None => {}
        }
    });
}
