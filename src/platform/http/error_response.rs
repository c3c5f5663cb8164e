//! From causes to what may be told: the cause goes to the log, the other side gets a code.

use crate::error::AppError;
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
                tracing::error!(cause = %error, "database away");
                Self::Unavailable
            }
            // 57P0x: the server is stopping or starting; 53300: too many connections
            sqlx::Error::Database(cause)
                if cause
                    .code()
                    .is_some_and(|c| c.starts_with("57P") || c == "53300") =>
            {
                tracing::error!(code = ?cause.code(), "database away");
                Self::Unavailable
            }
            sqlx::Error::Database(cause) => {
                // never the message: it may quote a row
                tracing::error!(code = ?cause.code(), constraint = ?cause.constraint(), "database refused");
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

/// Sets the HTTP status of the current server function or page to that of its failure (Leptos 0.8 answers 500 otherwise).
pub fn report<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    if let Err(error) = &result
        && let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = axum::http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    result
}

/// A whole page without script or style for failures outside any page of ours: says what happened and what to do.
pub fn plain_page(error: &AppError) -> impl axum::response::IntoResponse + use<> {
    let status = axum::http::StatusCode::from_u16(error.status())
        .unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
    let fields = error.fields();
    let told: Vec<_> = fields
        .all()
        .iter()
        .map(|(_, message)| message.as_str())
        .collect();
    let message = if told.is_empty() {
        error.message().to_owned()
    } else {
        told.join(" ")
    };
    // a message may name a file as its owner did
    let message = message.replace('&', "&amp;").replace('<', "&lt;");
    let page = format!(
        "<!DOCTYPE html><html lang=\"vi\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Lắng Nghe</title>\
         <h1>Chưa thực hiện được</h1><p>{message}</p><p><a href=\"/\">Về trang đầu</a></p></html>"
    );
    (status, axum::response::Html(page))
}

/// Answers the current page with 404.
pub fn not_found() {
    let _reported = report::<()>(Err(AppError::NotFound));
}
