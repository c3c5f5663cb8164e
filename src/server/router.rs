//! Every route, grouped by audience.

use super::AppState;
use axum::{Router, routing::get};

/// The public router.
pub fn build(state: AppState) -> Router {
    Router::new().route("/healthz", get(|| async { "ok" })).with_state(state)
}
