//! The functions behind the pages, called by the application in the browser or by a form without script.
//!
//! Leptos answers a refused form with a redirect that carries the failure in the address; what was typed would be gone. So the page is
//! rendered at once instead, with everything still in its fields.

use super::render;
use crate::{
    case::CaseNumber,
    platform::{
        AppState,
        http::{
            error_response,
            form_data::{self, MAX_PLAIN_BYTES, Posted},
        },
    },
    ui::Typed,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use leptos::prelude::provide_context;

/// `/api/*`
pub async fn answer(State(state): State<AppState>, request: Request) -> Response {
    if !is_plain_form(request.headers()) {
        return run(&state, request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_PLAIN_BYTES).await else {
        return error_response::plain_page(&form_data::no_form()).into_response();
    };
    let sent = || Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let answer = run(&state, sent()).await;
    let Some(refusal) = refusal(&answer) else {
        return answer;
    };
    let Ok((_, mut posted)) = form_data::read(&state, sent()).await else {
        return answer;
    };
    // a password is never written into a page
    posted.fields.retain(|(name, _)| !name.contains("password"));
    match page_of(&refusal, &posted) {
        Some(page) => come_back(&state, parts, page, Typed(posted.fields)).await,
        None => answer,
    }
}

async fn run(state: &AppState, request: Request) -> Response {
    let state = state.clone();
    let mut response = leptos_axum::handle_server_fns_with_context(
        move || provide_context(state.clone()),
        request,
    )
    .await
    .into_response();
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

fn is_plain_form(headers: &HeaderMap) -> bool {
    let says = |name, what| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value: &str| value.contains(what))
    };
    says(header::ACCEPT, "text/html")
        && says(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

/// Where Leptos leads with a failure in the address; `None` where nothing was refused.
fn refusal(answer: &Response) -> Option<Uri> {
    let location: Uri = answer
        .headers()
        .get(header::LOCATION)?
        .to_str()
        .ok()?
        .parse()
        .ok()?;
    location
        .query()
        .is_some_and(|query| query.contains("__err="))
        .then_some(location)
}

/// The page a refused form stood on, with the failure in its address.
fn page_of(refusal: &Uri, posted: &Posted) -> Option<Uri> {
    let path = if refusal.path().starts_with("/quan-tri") {
        refusal.path().to_owned()
    } else {
        // sent again from the page that came back, whose address is the function's: all these forms name their case
        format!(
            "/quan-tri/ho-so/{}",
            CaseNumber::parse(posted.value("number"))?
        )
    };
    format!("{path}?{}", refusal.query().unwrap_or_default())
        .parse()
        .ok()
}

async fn come_back(state: &AppState, mut parts: Parts, page: Uri, typed: Typed) -> Response {
    parts.uri = page;
    // the address of this answer is not the page's: the application in the browser could not start from it
    parts
        .headers
        .insert("save-data", HeaderValue::from_static("on"));
    render::again(state, parts, StatusCode::UNPROCESSABLE_ENTITY, move || {
        provide_context(typed.clone())
    })
    .await
}
