//! Every route, grouped by audience, and the layers around them.

use super::{form_post, quick_exit, refusal, render, security, security_txt};
use crate::{
    accounts::ssr::guard,
    casework,
    error::AppError,
    platform::{
        AppState,
        http::{
            assets, body,
            error_response::problem,
            request_id::{self, RequestExecutor},
        },
        telemetry::metrics,
    },
    routes, statistics,
};
use axum::{
    Router,
    body::to_bytes,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse as _, Response},
    routing::get,
};
use leptos::server_fn::{axum::get_server_fn_service, error::SERVER_FN_ERROR_HEADER};
use std::time::Duration;
use tower::ServiceBuilder;
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

/// How long a request is worked on at most, its body included; nothing but an upload has a body that takes long.
const ANSWERED_IN: Duration = Duration::from_secs(3 * 60);
/// The same for an upload: what its body may take, and the cleaning of its files.
const RECEIVED_IN: Duration = Duration::from_secs(20 * 60);

/// The whole web of this process.
pub fn build(state: AppState) -> Router {
    // the routes are listed by hand, so nothing else sets the runtime of Leptos; twice is harmless
    let _already_set = any_spawner::Executor::init_custom_executor(RequestExecutor);
    let layers = ServiceBuilder::new()
        .layer(from_fn(request_id::identify))
        .layer(from_fn(metrics::count_request))
        .layer(from_fn_with_state(state.clone(), security::headers))
        .layer(from_fn_with_state(state.clone(), refusal::in_words))
        .layer(CatchPanicLayer::custom(|_| {
            metrics::count_panic();
            tracing::error!("a handler panicked");
            AppError::Internal.into_response()
        }))
        .layer(from_fn_with_state(state.clone(), body::within_limits))
        .layer(from_fn_with_state(state.clone(), security::same_origin))
        .layer(from_fn_with_state(state.clone(), guard::require_session))
        // `body::within_limits` has bounded it already
        .layer(DefaultBodyLimit::disable());
    pages()
        .route(&routes::QUICK_EXIT.pattern(), get(quick_exit::leave))
        .route(
            &routes::FIGURES.pattern(),
            get(statistics::ssr::public::answer),
        )
        .route(
            &routes::RESULTS_XLSX.pattern(),
            get(statistics::ssr::reports::download::results),
        )
        .route(
            &routes::REGISTER_XLSX.pattern(),
            get(statistics::ssr::reports::download::register),
        )
        .route(&routes::SECURITY_TXT.pattern(), get(security_txt::read))
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
        .fallback(async || AppError::NotFound)
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
        let longest = if routes::UPLOADS.contains(&page) {
            RECEIVED_IN
        } else {
            ANSWERED_IN
        };
        let in_time = TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, longest);
        router = router.route(&page.pattern(), methods.layer(in_time));
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
    let path = request.uri().path().to_owned();
    if get_server_fn_service(&path, Method::GET).is_none() {
        return AppError::NotFound.into_response();
    }
    // what HEAD asks is what GET would answer
    *request.method_mut() = Method::GET;
    let headers = request.headers_mut();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.remove(header::REFERER);
    let context = move || leptos::prelude::provide_context(state.clone());
    let answer = leptos_axum::handle_server_fns_with_context(context, request).await;
    let mut response = answer.into_response();
    if response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        response = as_problem(response).await;
    }
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A failed function's answer with the status of the failure, whether or not the function set one.
async fn as_problem(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let error: AppError = serde_json::from_slice(&body).unwrap_or(AppError::Internal);
    let mut problem = problem(&error);
    // the program of a page knows a failure by this header
    if let Some(path) = parts.headers.get(SERVER_FN_ERROR_HEADER) {
        let headers = problem.headers_mut();
        headers.insert(SERVER_FN_ERROR_HEADER, path.clone());
    }
    problem
        .headers_mut()
        .extend(parts.headers.into_iter().filter(|(name, _)| {
            name.as_ref()
                .is_some_and(|name| *name == header::SET_COOKIE)
        }));
    problem
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
