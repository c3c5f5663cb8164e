//! From causes to what the other side may know: the cause goes to the log, the client gets a code and a sentence.

use super::{
    reply::{no_store, say_when_again},
    request_id::RequestId,
};
use crate::error::AppError;
use axum::{
    Extension,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use sqlx::error::ErrorKind;

/// The media type of a failure for a program (RFC 9457).
pub const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");

impl From<sqlx::Error> for AppError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Tls(_) => {
                tracing::error!(cause = %error, "database unreachable");
                Self::Unavailable
            }
            // 57P0x: the server is stopping or starting; 53300: too many connections
            sqlx::Error::Database(cause)
                if cause
                    .code()
                    .is_some_and(|c| c.starts_with("57P") || c == "53300") =>
            {
                tracing::error!(code = ?cause.code(), "database unreachable");
                Self::Unavailable
            }
            sqlx::Error::Database(cause) => {
                // never the message: it may quote a row
                tracing::error!(
                    code = ?cause.code(),
                    constraint = ?cause.constraint(),
                    "database refused"
                );
                match cause.kind() {
                    ErrorKind::UniqueViolation => Self::Conflict,
                    _ => Self::Internal,
                }
            }
            _ => {
                tracing::error!(cause = %error, "database failed");
                Self::Internal
            }
        }
    }
}

/// What a person reads when the database refuses a statement for one constraint by name.
pub trait OnConstraint<T> {
    /// `error` in place of a violation of the constraint `name`; every other failure as always.
    ///
    /// # Errors
    /// `error`, or what [`AppError::from`] makes of the cause.
    fn on_constraint(self, name: &str, error: impl FnOnce() -> AppError) -> Result<T, AppError>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, name: &str, error: impl FnOnce() -> AppError) -> Result<T, AppError> {
        self.map_err(|cause| match &cause {
            sqlx::Error::Database(refusal) if refusal.constraint() == Some(name) => error(),
            _ => cause.into(),
        })
    }
}

impl AppError {
    /// The status that answers it.
    pub fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// A failure that is not put into words yet: whoever asked gets a page or a problem, which the outermost layer knows.
#[derive(Clone, Debug)]
pub struct Refused(pub AppError);

/// Addresses that there are, for whoever asked for one that there is not.
#[derive(Clone, Debug, Default)]
pub struct Instead(pub Vec<String>);

impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        let mut response = (self.status_code(), Extension(Refused(self))).into_response();
        say_when_again(&mut response);
        no_store(response)
    }
}

/// A failure for a program: a problem of RFC 9457, with our code, and the messages of an invalid form in the order of
/// its page.
pub fn problem(error: &AppError) -> Response {
    problem_with(error, &Instead::default())
}

/// The same with the addresses that there are.
pub fn problem_with(error: &AppError, Instead(instead): &Instead) -> Response {
    let status = error.status_code();
    let mut problem = serde_json::json!({
        "title": error.message(),
        "status": status.as_u16(),
        "code": error.code(),
    });
    let fields = error.fields();
    if !fields.is_empty() {
        problem["errors"] = serde_json::json!(fields);
    }
    if !instead.is_empty() {
        problem["instead"] = serde_json::json!(instead);
    }
    let mut response = (status, problem.to_string()).into_response();
    say_when_again(&mut response);
    response.headers_mut().insert(header::CONTENT_TYPE, PROBLEM);
    no_store(response)
}

/// Sets the HTTP status of the current server function or page to that of its failure (Leptos 0.8 answers 500
/// otherwise).
pub fn report<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    if let Err(error) = &result
        && let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>()
    {
        response.set_status(error.status_code());
    }
    result
}

/// The line of a failure's page by which an operator finds the request in the log; "" outside of a request.
pub fn request_id_line() -> String {
    RequestId::current()
        .map(|id| format!("<p class=\"muted\">Mã yêu cầu: <code>{id}</code></p>"))
        .unwrap_or_default()
}
