//! Pages that are the same for everybody, rendered once and answered from memory.

use super::render::{cache_policy, fresh_key, render, saves_data};
use crate::{
    case::Kind,
    error::AppError,
    platform::{
        AppState,
        http::{
            error_response::Instead,
            page_cache::CachedPage,
            reply::{is_kept_nowhere, no_store},
        },
    },
    routes::{self, CachePolicy},
    submit::{key_field, ssr::store::offers_unit},
    ui::Refusal,
};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, Uri, header},
    response::Response,
};
use leptos::prelude::provide_context;
use std::sync::Arc;

/// The page that says what was refused, and what to do. Whatever is the same for everybody is rendered once.
pub(super) async fn refusal(state: &AppState, error: AppError, instead: Instead) -> Response {
    let status = error.status_code();
    let key = format!("refused {} {}", error.code(), instead.0.len());
    let provide = {
        let refusal = Refusal {
            error: error.clone(),
            instead: instead.0,
        };
        move || provide_context(refusal.clone())
    };
    let mut nowhere = Request::new(Body::empty());
    // an address that is no page's
    *nowhere.uri_mut() = Uri::try_from(routes::function("")).unwrap_or_default();
    if is_one_persons(&error) {
        return no_store(render(state, nowhere, status, provide).await);
    }
    let page = match state.pages.get(&key).filter(|page| page.is_fresh()) {
        Some(page) => page,
        None => {
            let rendered = render(state, nowhere, status, provide).await;
            let page = keep(rendered).await;
            state.pages.put(key, Arc::clone(&page));
            page
        }
    };
    let mut response = page.respond(&HeaderMap::new(), "");
    response.headers_mut().remove(header::ETAG);
    no_store(response)
}

/// Words about a field are one person's, and the page of a fault names its request.
pub(super) fn is_one_persons(error: &AppError) -> bool {
    matches!(error, AppError::Invalid(_)) || error.status() >= 500
}

/// The page at the address of the request, from memory.
pub(super) async fn from_memory(state: &AppState, request: Request) -> Response {
    let headers = request.headers().clone();
    let address = known_address(state, request.uri()).await;
    let own = if cache_policy(request.uri().path()) == CachePolicy::Form {
        key_field(&fresh_key())
    } else {
        String::new()
    };
    match kept(state, address, request).await {
        Ok(page) => page.respond(&headers, &own),
        Err(response) => no_store(response),
    }
}

/// The page at a known address, rendered if there is none that is fresh: once, however many ask for it.
async fn kept(
    state: &AppState,
    address: String,
    mut request: Request,
) -> Result<Arc<CachedPage>, Response> {
    let key = if saves_data(request.headers()) {
        format!("{address} tiết kiệm")
    } else {
        address.clone()
    };
    let pages = &state.pages;
    let known = pages.get(&key);
    if let Some(page) = known.as_ref().filter(|page| page.is_fresh()) {
        return Ok(Arc::clone(page));
    }
    let _turn = match (pages.free_turn(), known) {
        (Some(turn), _) => turn,
        // somebody renders it, or another
        (None, Some(aged)) => return Ok(aged),
        (None, None) => pages.turn().await,
    };
    let known = pages.get(&key);
    if let Some(page) = known.as_ref().filter(|page| page.is_fresh()) {
        return Ok(Arc::clone(page));
    }
    // what is kept for everybody is rendered without what one of them added
    *request.uri_mut() = Uri::try_from(address).unwrap_or_default();
    match (render_kept(state, request).await, known) {
        (Ok(page), _) => {
            pages.put(key, Arc::clone(&page));
            Ok(page)
        }
        // rather the page of a minute ago than none
        (Err(_), Some(aged)) => Ok(aged),
        (Err(response), None) => Err(response),
    }
}

/// The address of a kept page with the parameters that its content depends on, if they have a value it knows: whatever
/// else somebody adds leads to the same page.
async fn known_address(state: &AppState, uri: &Uri) -> String {
    let parameter = |name: &str| {
        let mut pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        pairs.find_map(|(key, value)| (key == name).then_some(value))
    };
    let path = uri.path();
    let known = match routes::page_at(path) {
        Some(page) if *page == routes::FORM => {
            let kind = parameter("loai").and_then(|code| Kind::from_code(&code));
            let unit = parameter("don-vi").unwrap_or_default();
            let is_known = !unit.is_empty() && offers_unit(state, &unit).await;
            Some(routes::form_at(
                *page,
                kind,
                if is_known { &unit } else { "" },
            ))
        }
        // a year without figures has a page that says so, which is not kept
        Some(page) if [routes::TRANSPARENCY, routes::FIGURES_BY_UNIT].contains(page) => {
            parameter("nam").map(|year| {
                let year = year.parse().ok();
                let year = year.filter(|year| (1..=9999).contains(year));
                routes::figures_of(*page, year.unwrap_or(1))
            })
        }
        _ => None,
    };
    known.unwrap_or_else(|| path.to_owned())
}

async fn render_kept(state: &AppState, request: Request) -> Result<Arc<CachedPage>, Response> {
    let is_form = cache_policy(request.uri().path()) == CachePolicy::Form;
    let mut response = render(state, request, StatusCode::OK, || ()).await;
    if response.status() != StatusCode::OK || is_kept_nowhere(&response) {
        return Err(response);
    }
    let cache = if is_form {
        "private, no-cache"
    } else {
        "public, max-age=60"
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    Ok(keep(response).await)
}

/// Compresses a rendered page well, away from the threads that answer.
async fn keep(response: Response) -> Arc<CachedPage> {
    let (parts, body) = response.into_parts();
    let html = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let kept = move || CachedPage::new(parts.headers, &String::from_utf8_lossy(&html));
    match tokio::task::spawn_blocking(kept).await {
        Ok(page) => Arc::new(page),
        // it panicked, and so does this
        Err(fault) => std::panic::resume_unwind(fault.into_panic()),
    }
}
