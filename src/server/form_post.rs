//! Every command of every page: one adapter between a posted form and the server function mounted under the page's address.
//!
//! The server function runs exactly as the browser's program would call it. A browser without script is led on (303), or gets the page
//! again with everything typed; the program gets the same answer as a status, a `location` and an [`AppError`] in JSON.

use super::render;
use crate::{
    error::AppError,
    platform::{
        AppState,
        http::{
            error_response::problem,
            form_data::{self, SubmittedForm},
            reply::{ShownOnce, no_store, say_when_again},
        },
    },
    routes::{self, CachePolicy, PAGES, Route},
    ui::{FormState, ReturnedForm},
};
use axum::{
    body::{Body, to_bytes},
    extract::{Query, Request},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse as _, Response},
};
use leptos::{
    prelude::provide_context,
    server_fn::{
        axum::get_server_fn_service, error::SERVER_FN_ERROR_HEADER, redirect::REDIRECT_HEADER,
    },
};
use std::{collections::HashMap, sync::Arc};

const PROGRAM: HeaderValue = HeaderValue::from_static("application/json");
const FIELDS: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// What a command answered.
struct Outcome {
    result: Result<Vec<u8>, AppError>,
    headers: HeaderMap,
    shown: ShownOnce,
}

impl Outcome {
    /// Of a command that was not run.
    fn refused(error: AppError) -> Self {
        Self {
            result: Err(error),
            headers: HeaderMap::new(),
            shown: ShownOnce::default(),
        }
    }
}

/// A form posted to `page`.
pub async fn submit(state: AppState, page: Route, request: Request) -> Response {
    let as_json = wants_json(request.headers());
    // before a byte of the body is read
    let Some(endpoint) = command(page, request.uri()) else {
        return unreadable(as_json, AppError::NotFound);
    };
    let (parts, mut form) = match form_data::read(&state, request).await {
        Ok(read) => read,
        Err(error) => return unreadable(as_json, error),
    };
    form.set_parameters(page.parameters(parts.uri.path()));
    let form = Arc::new(form);
    let outcome = match &form.refused {
        Some(refused) => Outcome::refused(refused.clone()),
        None => run(&state, &parts, &endpoint, Arc::clone(&form)).await,
    };
    if as_json {
        answer_program(&parts, &form, outcome)
    } else {
        answer_browser(&state, page, parts, endpoint, &form, outcome).await
    }
}

/// Whether a server function is mounted under `page`.
pub fn has_commands(page: Route) -> bool {
    let own = routes::function(&page.endpoint(""));
    leptos::server_fn::axum::server_fn_paths().any(|(path, method)| {
        let below = path.strip_prefix(&own);
        let name = below.and_then(|rest| rest.strip_prefix('/'));
        method == Method::POST
            && (below == Some("") || name.is_some_and(|name| !name.contains('/')))
    })
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT);
    accept
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("json"))
}

/// The endpoint of the command that the address asks for; `None` if the page has no such command.
fn command(page: Route, uri: &Uri) -> Option<String> {
    let query = Query::<HashMap<String, String>>::try_from_uri(uri).unwrap_or_default();
    let name = query.get(Route::COMMAND).map_or("", String::as_str);
    let endpoint = page.endpoint(name);
    // `dang-nhap` of the inbox would be the sign-in page's own command
    let of_another = PAGES.iter().any(|other| other.endpoint("") == endpoint);
    let known = !name.contains('/')
        && (name.is_empty() || !of_another)
        && get_server_fn_service(&routes::function(&endpoint), Method::POST).is_some();
    known.then_some(endpoint)
}

/// Runs the server function with the form in its context; the head of the request is that of the page.
async fn run(state: &AppState, parts: &Parts, endpoint: &str, form: Arc<SubmittedForm>) -> Outcome {
    let mut call = Request::new(Body::from(form.encode()));
    *call.method_mut() = Method::POST;
    *call.uri_mut() = Uri::try_from(routes::function(endpoint)).unwrap_or_default();
    call.headers_mut().insert(header::ACCEPT, PROGRAM);
    call.headers_mut().insert(header::CONTENT_TYPE, FIELDS);
    let mut parts = parts.clone();
    parts.headers.insert(header::ACCEPT, PROGRAM);
    let (state, shown) = (state.clone(), ShownOnce::default());
    let context = {
        let shown = shown.clone();
        move || {
            provide_context(state.clone());
            provide_context(parts.clone());
            provide_context(Arc::clone(&form));
            provide_context(shown.clone());
        }
    };
    let answer = leptos_axum::handle_server_fns_with_context(context, call).await;
    let (head, body) = answer.into_response().into_parts();
    let mut headers = head.headers;
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let failed = headers.remove(SERVER_FN_ERROR_HEADER).is_some();
    for name in [
        header::CONTENT_TYPE,
        header::CONTENT_LENGTH,
        HeaderName::from_static(REDIRECT_HEADER),
    ] {
        headers.remove(name);
    }
    let result = if failed {
        Err(serde_json::from_slice(&body).unwrap_or(AppError::Internal))
    } else {
        Ok(body.to_vec())
    };
    Outcome {
        result,
        headers,
        shown,
    }
}

/// The page of the form, without the command.
fn own_address(uri: &Uri) -> String {
    let query = uri.query().unwrap_or_default();
    let command = format!("{}=", Route::COMMAND);
    let rest: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with(&command))
        .collect();
    if rest.is_empty() {
        uri.path().to_owned()
    } else {
        format!("{}?{}", uri.path(), rest.join("&"))
    }
}

/// Leads to the address the command set, or back to the page.
fn lead_on(parts: &Parts, headers: &mut HeaderMap) {
    if !headers.contains_key(header::LOCATION)
        && let Ok(own) = HeaderValue::try_from(own_address(&parts.uri))
    {
        headers.insert(header::LOCATION, own);
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}

fn answer_program(parts: &Parts, form: &SubmittedForm, mut outcome: Outcome) -> Response {
    let mut response = match outcome.result {
        Ok(body) => {
            lead_on(parts, &mut outcome.headers);
            ([(header::CONTENT_TYPE, PROGRAM)], body).into_response()
        }
        Err(error) => {
            let mut answer = problem(&error);
            *answer.status_mut() = status(&error, form);
            answer
        }
    };
    response.headers_mut().extend(outcome.headers);
    response
}

async fn answer_browser(
    state: &AppState,
    page: Route,
    mut parts: Parts,
    endpoint: String,
    form: &SubmittedForm,
    mut outcome: Outcome,
) -> Response {
    carry_cookies(&mut parts, &outcome.headers);
    let mut response = match (outcome.result, outcome.shown.take()) {
        (Ok(_), Some(shown)) => {
            let provide = move || shown();
            let page = render::rerender_form(state, parts, StatusCode::OK, provide).await;
            no_store(page)
        }
        (Ok(_), None) => {
            lead_on(&parts, &mut outcome.headers);
            StatusCode::SEE_OTHER.into_response()
        }
        (Err(error), _) => {
            outcome.headers.remove(header::LOCATION);
            let fields = form.fields.iter().cloned();
            let refused = FormState::refused(endpoint, fields, form.file_names(), &error);
            let provide = move || provide_context(ReturnedForm::new(refused.clone()));
            let mut response =
                render::rerender_form(state, parts, status(&error, form), provide).await;
            // the end of the day is nobody's "soon"
            if error != AppError::DailyLimit {
                say_when_again(&mut response);
            }
            if page.cache == CachePolicy::Never {
                no_store(response)
            } else {
                response
            }
        }
    };
    response.headers_mut().extend(outcome.headers);
    response
}

/// What the command set as cookies is already there when the page is rendered again: a session that was opened on the way counts.
fn carry_cookies(parts: &mut Parts, answered: &HeaderMap) {
    let set = answered.get_all(header::SET_COOKIE).iter();
    let set = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    let sent = parts.headers.get_all(header::COOKIE).iter();
    let sent = sent.filter_map(|cookies| cookies.to_str().ok());
    let cookies = set.chain(sent).collect::<Vec<_>>().join("; ");
    if let Ok(cookies) = HeaderValue::try_from(cookies) {
        parts.headers.insert(header::COOKIE, cookies);
    }
}

/// The status of a failure. `Invalid` without a message is a form that was only asked for again; with more than a form may hold, it is
/// too large whatever else is wrong with it.
fn status(error: &AppError, form: &SubmittedForm) -> StatusCode {
    match error {
        AppError::Invalid(errors) if errors.is_empty() => StatusCode::OK,
        AppError::Invalid(_) if form.oversize => StatusCode::PAYLOAD_TOO_LARGE,
        error => error.status_code(),
    }
}

/// What is no form, or for no command: nothing of it can be shown again.
fn unreadable(as_json: bool, error: AppError) -> Response {
    if as_json {
        problem(&error)
    } else {
        error.into_response()
    }
}
