//! Every route, grouped by audience, and the layers around them.

use super::{plain_forms, render, security};
use crate::{
    accounts::{self, ssr::guard},
    casework,
    error::AppError,
    platform::{
        AppState,
        http::{
            assets,
            request_id::{self, RequestExecutor},
        },
    },
    statistics, submit, track,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

/// Five files of 10 MB and the words, and as much again several times: a film chosen by mistake is passed over to its end, so that the
/// fields after it are not lost. No more than five files are ever held.
const MAX_BODY_BYTES: usize = 256 * 1024 * 1024;

/// The whole web of this process.
pub fn build(state: AppState) -> Router {
    // the routes are listed here by hand, so nothing else tells Leptos its runtime; a second time changes nothing
    let _already_set = any_spawner::Executor::init_custom_executor(RequestExecutor);
    let layers = ServiceBuilder::new()
        .layer(from_fn(request_id::identify))
        .layer(CatchPanicLayer::custom(|_| {
            tracing::error!("a handler panicked");
            AppError::Internal.into_response()
        }))
        .layer(from_fn(crate::platform::telemetry::metrics::count_request))
        .layer(from_fn_with_state(state.clone(), security::headers))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(120),
        ))
        .layer(from_fn_with_state(state.clone(), security::same_origin))
        .layer(from_fn_with_state(state.clone(), guard::require_session))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES));
    Router::new()
        // public
        .route(
            "/gui-phan-anh",
            get(render::page).post(submit::ssr::handlers::post_feedback),
        )
        .route(
            "/tra-cuu",
            get(render::page).post(track::ssr::handlers::look_up),
        )
        .route(
            "/tra-cuu/ho-so",
            get(render::page).post(track::ssr::handlers::act),
        )
        .route(
            "/minh-bach/so-lieu.csv",
            get(statistics::ssr::download::csv),
        )
        // staff
        .route(
            "/quan-tri/dang-nhap",
            get(render::page).post(accounts::ssr::handlers::sign_in),
        )
        .route(
            "/quan-tri/xac-nhan",
            get(render::page).post(accounts::ssr::handlers::reauthenticate),
        )
        .route(
            "/quan-tri/dang-xuat",
            post(accounts::ssr::handlers::sign_out),
        )
        .route(
            "/quan-tri/dang-xuat-moi-noi",
            post(accounts::ssr::handlers::sign_out_everywhere),
        )
        .route(
            "/quan-tri/tiep-nhan",
            get(render::page).post(submit::ssr::handlers::post_entry),
        )
        .route(
            "/quan-tri/tai-khoan",
            get(render::page).post(accounts::ssr::handlers::create_staff),
        )
        .route(
            "/quan-tri/ho-so/{number}/danh-tinh",
            get(render::page).post(crate::identity::ssr::handlers::open),
        )
        .route("/quan-tri/tep/{id}", get(casework::ssr::download::download))
        // machines
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
        .route(
            "/api/{*function}",
            get(plain_forms::answer).post(plain_forms::answer),
        )
        // files
        .route("/l.js", get(assets::public))
        .route("/pkg/{name}", get(assets::package))
        .route("/favicon.svg", get(assets::public))
        .route("/favicon.ico", get(assets::public))
        .route("/apple-touch-icon.png", get(assets::public))
        .route("/icons.svg", get(assets::public))
        .route("/manifest.webmanifest", get(assets::public))
        .route("/robots.txt", get(assets::public))
        // every other page, and the page that says there is none
        .fallback(get(render::page))
        .layer(layers)
        .with_state(state)
}

/// Whether this process can do its work: the database answers.
async fn ready(State(state): State<AppState>) -> Response {
    match sqlx::query_scalar!("select 1 as \"one!\"")
        .fetch_one(state.db.pool())
        .await
    {
        Ok(_) => "ready".into_response(),
        Err(error) => AppError::from(error).into_response(),
    }
}
