//! Every route, grouped by audience, and the layers around them.

use super::{form_post, render, security};
use crate::{
    accounts::ssr::guard,
    casework,
    error::AppError,
    platform::{
        AppState,
        http::{
            assets,
            request_id::{self, RequestExecutor},
        },
    },
    routes, statistics,
};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse as _, Response},
    routing::get,
};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

/// Five files of 10 MB and the words, and as much again several times: a film chosen by mistake is passed over to its end, so that the
/// fields after it are not lost. No more than five files are ever held.
const MAX_BODY_BYTES: usize = 256 * 1024 * 1024;

/// The whole web of this process.
pub fn build(state: AppState) -> Router {
    // the routes are listed by hand, so nothing else sets the runtime of Leptos; twice is harmless
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
    pages()
        .route(
            &routes::FIGURES_CSV.pattern(),
            get(statistics::ssr::download::csv),
        )
        .route(
            &routes::ATTACHMENT.pattern(),
            get(casework::ssr::download::download),
        )
        // machines
        .route(&routes::ALIVE.pattern(), get(async || "ok"))
        .route(&routes::READY.pattern(), get(ready))
        .route(&routes::QUERIES.pattern(), get(query))
        // files
        .route(&routes::LOADER.pattern(), get(assets::public))
        .route(&routes::PACKAGE.pattern(), get(assets::package))
        .route(&routes::FAVICON.pattern(), get(assets::public))
        .route(&routes::FAVICON_ICO.pattern(), get(assets::public))
        .route(&routes::TOUCH_ICON.pattern(), get(assets::public))
        .route(&routes::ICONS.pattern(), get(assets::public))
        .route(&routes::MANIFEST.pattern(), get(assets::public))
        .route(&routes::ROBOTS.pattern(), get(assets::public))
        // the page that says there is none
        .fallback(get(render::page))
        .layer(layers)
        .with_state(state)
}

/// Every page, and under its address the commands of its forms.
fn pages() -> Router<AppState> {
    let mut router = Router::new();
    for page in routes::PAGES.iter().copied() {
        let mut methods = get(render::page);
        if form_post::has_commands(page) {
            methods = methods.post(move |State(state): State<AppState>, request: Request| {
                form_post::submit(state, page, request)
            });
        }
        router = router.route(&page.pattern(), methods);
    }
    router
}

/// `/api/*`: what the pages' programs read. Commands are posted to their pages.
///
/// Only our own pages' programs: another site could learn from the answer, or from where it leads,
/// who is signed in or has just sent something. Nothing here leads back to a `Referer`.
async fn query(State(state): State<AppState>, mut request: Request) -> Response {
    let site = request.headers().get("sec-fetch-site");
    if site.is_some_and(|site| site != "same-origin") {
        return AppError::Forbidden.into_response();
    }
    let headers = request.headers_mut();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.remove(header::REFERER);
    let context = move || leptos::prelude::provide_context(state.clone());
    let answer = leptos_axum::handle_server_fns_with_context(context, request).await;
    let mut response = answer.into_response();
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
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
