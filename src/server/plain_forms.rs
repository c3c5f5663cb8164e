//! The functions behind the pages, called by the application in the browser or by a form without script.
//!
//! Leptos answers a refused form with a redirect that carries the failure in the address; what was typed would be gone. So the page is
//! rendered at once instead, with everything still in its fields.

use super::{AppState, failure, posted, render};
use crate::{case::CaseNumber, error::AppError, ui::Typed};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use leptos::prelude::provide_context;

/// The most bytes of a form of the console: a text of 20 000 characters in percent signs, and what stands beside it.
const MAX_BYTES: usize = 256 * 1024;

/// `/api/*`
pub async fn answer(State(state): State<AppState>, request: Request) -> Response {
    if !is_plain_form(request.headers()) {
        return run(&state, request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BYTES).await else { return failure::plain_page(&AppError::Transport).into_response() };
    let again = || Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let answer = run(&state, again()).await;
    let typed = match posted::read(&state, again()).await {
        Ok((_, posted)) => posted.fields,
        Err(_) => return answer,
    };
    match refused_on(&answer, &typed) {
        Some(page) => come_back(&state, parts, page, Typed(typed)).await,
        None => answer,
    }
}

async fn run(state: &AppState, request: Request) -> Response {
    let state = state.clone();
    let mut response = leptos_axum::handle_server_fns_with_context(move || provide_context(state.clone()), request).await.into_response();
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn is_plain_form(headers: &HeaderMap) -> bool {
    let says = |name, what| headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value: &str| value.contains(what));
    says(header::ACCEPT, "text/html") && says(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// The page a refused form stood on, with the failure in its address as Leptos writes it; `None` where nothing was refused.
fn refused_on(answer: &Response, typed: &[(String, String)]) -> Option<Uri> {
    let location: Uri = answer.headers().get(header::LOCATION)?.to_str().ok()?.parse().ok()?;
    let query = location.query().filter(|query| query.contains("__err="))?;
    let path = if location.path().starts_with("/quan-tri") {
        location.path().to_owned()
    } else {
        // sent again from the page that came back, whose address is the function's: all these forms name their case
        let number = typed.iter().find(|(name, _)| name == "number").and_then(|(_, number)| CaseNumber::parse(number))?;
        format!("/quan-tri/ho-so/{number}")
    };
    format!("{path}?{query}").parse().ok()
}

async fn come_back(state: &AppState, mut parts: Parts, page: Uri, typed: Typed) -> Response {
    parts.uri = page;
    // the address of this answer is not the page's: the application in the browser could not start from it
    parts.headers.insert("save-data", HeaderValue::from_static("on"));
    render::again(state, parts, StatusCode::UNPROCESSABLE_ENTITY, move || provide_context(typed.clone())).await
}
