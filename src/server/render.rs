//! Pages rendered by Leptos, with a content security policy by hash.

use super::AppState;
use axum::{
    extract::{Request, State},
    http::{StatusCode, request::Parts},
    response::Response,
};

/// Renders the page of the request's path.
#[expect(clippy::unimplemented, clippy::unused_async, reason = "signatures first")]
pub async fn page(State(_state): State<AppState>, _request: Request) -> Response {
    unimplemented!()
}

/// Renders the page of a posted request's path again as its GET twin, with `status` and whatever `provide` puts into the Leptos context
/// (the draft with its errors): how a refused form comes back with everything still typed.
#[expect(clippy::unimplemented, clippy::unused_async, reason = "signatures first")]
pub async fn again(_state: &AppState, _parts: Parts, _status: StatusCode, _provide: impl Fn() + Clone + Send + 'static) -> Response {
    unimplemented!()
}
