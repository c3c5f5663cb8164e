//! "Thoát nhanh": away from here, and nothing of the visit left behind.

use crate::{
    error::AppError,
    platform::{AppState, http::reply::no_store},
    records, track,
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};

/// A page that anybody may have open: the national weather forecast.
const HARMLESS: &str = "https://nchmf.gov.vn/";

/// Leads to the harmless page and forgets the receipt and the open case on the way. No
/// `Clear-Site-Data`: a browser may take seconds over it, and this person has none.
pub(super) async fn leave(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, HARMLESS)]).into_response();
    // a picture on somebody else's page must not end a visit here
    let site = headers.get("sec-fetch-site");
    if site.is_none_or(|site| site == "same-origin" || site == "none") {
        for cookie in forget(&state, &headers).await.into_iter().flatten() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    no_store(response)
}

/// The headers that take the cookies back. What cannot be deleted now runs out by itself, and no
/// browser has the key to it any more.
async fn forget(state: &AppState, headers: &HeaderMap) -> [Result<HeaderValue, AppError>; 2] {
    let gone = [
        records::destroy_slip(state, headers).await,
        track::ssr::handlers::forget(state, headers).await,
    ];
    if let Some(error) = gone.into_iter().find_map(Result::err) {
        tracing::error!(?error, "not everything of a visit was forgotten");
    }
    [
        records::SLIP_COOKIE.remove(&state.config),
        track::ssr::handlers::forget_cookie(&state.config),
    ]
}
