//! From causes to what the other side may know: the cause goes to the log, the client gets a code and a sentence.

use super::request_id::RequestId;
use crate::error::AppError;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use sqlx::error::ErrorKind;

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

/// A whole page without script or style, for failures outside any page of ours: what happened and what to do.
impl IntoResponse for AppError {
    fn into_response(self) -> Response {
        plain_page(&self)
    }
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

/// The page of [`AppError::into_response`].
pub fn plain_page(error: &AppError) -> Response {
    let status = error.status_code();
    tracing::info!(status = status.as_u16(), "answered with a plain page");
    let fields = error.fields();
    let messages: Vec<_> = fields
        .all()
        .iter()
        .map(|(_, message)| message.as_str())
        .collect();
    let message = if messages.is_empty() {
        error.message().to_owned()
    } else {
        messages.join(" ")
    };
    // a message may name a file as its owner did
    let message = message.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!DOCTYPE html><html lang=\"vi\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Lắng Nghe</title>\
         <h1>Chưa thực hiện được</h1><p>{message}</p>{}\
         <p><a href=\"/\">Về trang đầu</a></p></html>",
        request_id_line()
    );
    (status, Html(page)).into_response()
}

/// The line of a failure's page by which an operator finds the request in the log; "" outside of a request.
pub fn request_id_line() -> String {
    RequestId::current()
        .map(|id| format!("<p class=\"muted\">Mã yêu cầu: <code>{id}</code></p>"))
        .unwrap_or_default()
}
