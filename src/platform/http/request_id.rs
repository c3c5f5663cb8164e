//! A short random name for every request: on its log lines, in its answer's header, on the page of a failure, so that
//! an operator finds the lines behind what a person saw.

use crate::{platform::clock::random_bytes, routes};
use any_spawner::{CustomExecutor, PinnedFuture, PinnedLocalFuture};
use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};
use std::fmt;
use tracing::Instrument as _;

/// The header that carries it to the client.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

tokio::task_local! {
    static CURRENT: RequestId;
}

/// Forty random bits, written as ten hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestId([u8; 5]);

impl RequestId {
    /// That of the request being answered; `None` outside of one.
    pub fn current() -> Option<Self> {
        CURRENT.try_with(|id| *id).ok()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A layer over the site: answers within a span that names the request and the route it matched, never the address
/// itself, which may hold a code or a person's words.
pub async fn identify(request: Request, next: Next) -> Response {
    let id = RequestId(random_bytes());
    let span = tracing::info_span!(
        "request",
        %id,
        method = request.method().as_str(),
        route = route(&request),
    );
    let answer = async move {
        let mut response = next.run(request).await;
        if response.status().is_server_error() {
            tracing::error!(status = response.status().as_u16(), "request failed");
        }
        if let Ok(value) = HeaderValue::try_from(id.to_string()) {
            response.headers_mut().insert(HEADER, value);
        }
        response
    };
    CURRENT.scope(id, answer.instrument(span)).await
}

/// The pattern the request's path matched; "" for an address that there is not.
fn route(request: &Request) -> String {
    match request.extensions().get::<MatchedPath>() {
        Some(matched) => matched.as_str().to_owned(),
        // pages that are only read have no route of their own in the router
        None => {
            routes::page_at(request.uri().path()).map_or_else(String::new, routes::Route::pattern)
        }
    }
}

/// Runs what Leptos spawns on tokio, as a part of the request that asked for it.
pub struct RequestExecutor;

impl CustomExecutor for RequestExecutor {
    fn spawn(&self, task: PinnedFuture<()>) {
        let task = task.in_current_span();
        match RequestId::current() {
            Some(id) => tokio::spawn(CURRENT.scope(id, task)),
            None => tokio::spawn(task),
        };
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        tokio::task::spawn_local(task.in_current_span());
    }

    fn poll_local(&self) {}
}
