//! What several answers have in common.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};

/// The same response, kept by nobody: not the browser, not a proxy.
pub fn no_store(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
