//! `/minh-bach/…`: the released figures as files.

use super::{File, Shelf};
use crate::{
    error::AppError,
    platform::{
        AppState,
        http::{
            conditional::{has_already, not_modified},
            error_response::Instead,
        },
    },
    routes,
};
use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Response},
};

/// A file of the released figures, not sent again to whoever has it. For a name that is none, the
/// addresses that there are.
#[tracing::instrument(skip_all)]
pub async fn answer(
    State(state): State<AppState>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let shelf = match Shelf::of(&state).await {
        Ok(shelf) => shelf,
        Err(error) => return error.into_response(),
    };
    match shelf.files.get(&name) {
        Some(file) => whole(&name, file, &headers),
        None => {
            let mut refused = AppError::NotFound.into_response();
            let pages = [routes::TRANSPARENCY, routes::MEANING].map(|page| page.path.to_owned());
            let files = shelf.files.keys().map(|name| routes::figures_file(name));
            let there = pages.into_iter().chain(files).collect();
            refused.extensions_mut().insert(Instead(there));
            refused
        }
    }
}

fn whole(name: &str, file: &File, asked: &HeaderMap) -> Response {
    let mut response = Response::new(Body::from(file.bytes.clone()));
    let set = response.headers_mut();
    let media = match name.rsplit_once('.') {
        Some((_, "csv")) => "text/csv; charset=utf-8; header=present",
        Some((_, "xlsx")) => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "application/json",
    };
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    set.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=60"),
    );
    let saved_as = format!(
        "attachment; filename=\"lang-nghe-{}\"",
        name.replace('/', "-")
    );
    if let Ok(saved_as) = HeaderValue::try_from(saved_as) {
        set.insert(header::CONTENT_DISPOSITION, saved_as);
    }
    set.insert(header::ETAG, file.tag.clone());
    if has_already(asked, &file.tag) {
        return not_modified(response.headers());
    }
    response
}
