//! The outermost word of the site: what is refused, by whichever layer, is a page of the site in Vietnamese, or a problem for a program.

use super::kept_page;
use crate::{
    error::AppError,
    platform::{
        AppState,
        http::error_response::{Instead, Refused, problem_with},
    },
    routes,
};
use axum::{
    body::{Body, HttpBody as _},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Version, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};

/// Headers of the refused answer that are about the body it had.
const OF_THE_BODY: [header::HeaderName; 3] = [
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
];

/// A layer over the site: refuses what is no HTTP, leads an address with a slash too many to the page, and puts every bare failure
/// into words.
pub(super) async fn in_words(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let asked_by = AskedBy::of(&request);
    let is_head = request.method() == Method::HEAD;
    let response = if !names_one_host(&request) {
        AppError::BadRequest.into_response()
    } else if let Some(address) = without_slash(&request) {
        (
            StatusCode::PERMANENT_REDIRECT,
            [(header::LOCATION, address)],
        )
            .into_response()
    } else {
        next.run(request).await
    };
    match failure(&response) {
        Some(error) => {
            tracing::info!(status = response.status().as_u16(), "refused");
            let instead = response.extensions().get::<Instead>();
            let instead = instead.cloned().unwrap_or_default();
            let worded = if asked_by.is_program() {
                problem_with(&error, &instead)
            } else {
                kept_page::refusal(&state, error, instead).await
            };
            bodiless_if(is_head, replaced(response, worded))
        }
        None => response,
    }
}

/// The failure behind a response that says none of it itself.
fn failure(response: &Response) -> Option<AppError> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    if let Some(Refused(error)) = response.extensions().get() {
        return Some(error.clone());
    }
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_bare = kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    is_bare.then(|| match status.as_u16() {
        404 => AppError::NotFound,
        405 => AppError::MethodNotAllowed,
        408 => AppError::TooSlow,
        413 => AppError::TooLarge,
        429 => AppError::TooManyRequests,
        503 => AppError::Unavailable,
        500.. => AppError::Internal,
        _ => AppError::BadRequest,
    })
}

/// `worded` with the status of the bare response, and what else that said: which methods are allowed, which cookies are set.
fn replaced(bare: Response, mut worded: Response) -> Response {
    *worded.status_mut() = bare.status();
    let mut headers = bare.headers().clone();
    for name in OF_THE_BODY {
        headers.remove(name);
    }
    let set = worded.headers_mut();
    for name in headers.keys() {
        set.remove(name);
    }
    set.extend(headers);
    worded
}

/// For HEAD: the headers of the answer, and how long it would be.
fn bodiless_if(is_head: bool, mut response: Response) -> Response {
    if is_head {
        if let Some(length) = response.body().size_hint().exact() {
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        *response.body_mut() = Body::empty();
    }
    response
}

/// Who asks, looked at only where something is refused.
struct AskedBy {
    is_for_programs: bool,
    accept: Option<HeaderValue>,
}

impl AskedBy {
    fn of(request: &Request) -> Self {
        let path = request.uri().path();
        Self {
            is_for_programs: routes::is_function(path) || path == routes::READY.path,
            accept: request.headers().get(header::ACCEPT).cloned(),
        }
    }

    /// Whether it is a program that reads problems.
    fn is_program(&self) -> bool {
        let accept = self.accept.as_ref();
        let accept = accept.and_then(|accept| accept.to_str().ok());
        let reads = |accept: &str| accept.contains("json") && !accept.contains("text/html");
        self.is_for_programs || accept.is_some_and(reads)
    }
}

/// Whether the request names its host once, and in letters that a name has (RFC 9112 §3.2). Older versions need not.
fn names_one_host(request: &Request) -> bool {
    let mut hosts = hosts(request.headers());
    let (first, second) = (hosts.next(), hosts.next());
    let is_named = first.is_some_and(|host| !host.is_empty() && host.iter().all(is_of_host));
    second.is_none() && (is_named || first.is_none() && request.version() < Version::HTTP_11)
}

fn hosts(headers: &HeaderMap) -> impl Iterator<Item = &[u8]> {
    let hosts = headers.get_all(header::HOST).into_iter();
    hosts.map(HeaderValue::as_bytes)
}

fn is_of_host(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:[]".contains(byte)
}

/// The address of the page that is meant by one with slashes at its end.
fn without_slash(request: &Request) -> Option<HeaderValue> {
    let uri = request.uri();
    let path = uri.path();
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads || path.len() < 2 || !path.ends_with('/') {
        return None;
    }
    let path = path.trim_end_matches('/');
    let is_ours = routes::page_at(path).is_some() || routes::FIGURES.matches(path);
    let query = uri
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    is_ours
        .then(|| HeaderValue::try_from(format!("{path}{query}")).ok())
        .flatten()
}
