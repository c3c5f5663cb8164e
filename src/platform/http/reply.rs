//! What several answers have in common, and what a command adds to its own: cookies, headers, what the page may show once.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::{provide_context, use_context};
use leptos_axum::ResponseOptions;
use std::sync::{Arc, Mutex, PoisonError};

/// Says what of the site's own a browser is to forget (W3C Clear Site Data §3.1).
pub const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The same response, kept by nobody: not the browser, not a proxy.
pub fn no_store(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, NO_STORE);
    response
}

/// Says when an answer that was refused for want of room may be asked for again.
pub fn say_when_again(response: &mut Response) {
    if let StatusCode::SERVICE_UNAVAILABLE | StatusCode::TOO_MANY_REQUESTS = response.status() {
        let soon = HeaderValue::from_static("120");
        response.headers_mut().insert(header::RETRY_AFTER, soon);
    }
}

/// Has the page that is being rendered kept by nobody, not by this process either: what it shows may
/// be old.
pub fn keep_nowhere() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(header::CACHE_CONTROL, NO_STORE);
    }
}

/// Whether a response was made by [`no_store`] or rendered under [`keep_nowhere`].
pub fn is_kept_nowhere(response: &Response) -> bool {
    response.headers().get(header::CACHE_CONTROL) == Some(&NO_STORE)
}

/// Adds a header to the answer of the command that is being run.
pub fn add_header(name: HeaderName, value: HeaderValue) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.append_header(name, value);
    }
}

/// Sets a cookie.
pub fn set_cookie(cookie: HeaderValue) {
    add_header(header::SET_COOKIE, cookie);
}

type Provide = Arc<dyn Fn() + Send + Sync>;

/// What the page may show in this one answer: a command that succeeds with it leads to no other address.
#[derive(Clone, Default)]
pub struct ShownOnce(Arc<Mutex<Option<Provide>>>);

impl ShownOnce {
    /// Takes what a command left for the page: run inside the page's context, it provides it.
    pub fn take(&self) -> Option<Provide> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Shows the page of the command that is being run at once, with `value` in its context: a password or a name that is in this one answer
/// and nowhere else.
pub fn show_once<T: Clone + Send + Sync + 'static>(value: T) {
    if let Some(shown) = use_context::<ShownOnce>() {
        let provide: Provide = Arc::new(move || provide_context(value.clone()));
        *shown.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(provide);
    }
}
