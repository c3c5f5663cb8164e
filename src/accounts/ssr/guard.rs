//! The layer before staff and leadership pages: without a session one signs in first, and nothing
//! is cached.

use super::session;
use crate::{
    accounts::{
        form::{landing, sees_inbox},
        sign_in_path,
    },
    error::AppError,
    platform::{AppState, http::reply::no_store},
    routes::{self, Audience, INBOX, LEADERSHIP},
};
use axum::{
    extract::{Request, State},
    http::{Method, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};

/// Leads from a staff or leadership page to the sign-in page if there is no session, and from the
/// inbox to where they can work those to whom it shows nothing. Rights are checked when the data is
/// read, not here.
pub async fn require_session(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    if !is_staff_path(path) {
        return next.run(request).await;
    }
    let is_door = routes::page_at(path).is_some_and(|page| page.audience == Audience::Public);
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let asks_for_page = reads && !is_door;
    let (parts, body) = request.into_parts();
    if asks_for_page && let Some(elsewhere) = elsewhere(&state, &parts).await {
        return no_store(Redirect::to(&elsewhere).into_response());
    }
    no_store(next.run(Request::from_parts(parts, body)).await)
}

/// Where somebody who asks for this page is led instead.
async fn elsewhere(state: &AppState, parts: &Parts) -> Option<String> {
    let wanted = &parts.uri;
    match session::from_parts(state, parts).await {
        Err(AppError::SignInRequired) => {
            let wanted = wanted.path_and_query();
            Some(sign_in_path(wanted.map_or("", |wanted| wanted.as_str())))
        }
        Ok(staff) if wanted.path() == INBOX.path && !sees_inbox(&staff.roles) => {
            Some(landing(&staff.roles).to_owned())
        }
        _ => None,
    }
}

fn is_staff_path(path: &str) -> bool {
    [INBOX, LEADERSHIP].iter().any(|root| {
        path.strip_prefix(root.path)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_names_are_staff_paths() {
        for path in [
            "/quan-tri",
            "/quan-tri/ho-so/x",
            "/lanh-dao",
            "/lanh-dao/bao-cao",
        ] {
            assert!(is_staff_path(path), "{path}");
        }
        for path in ["/", "/quan-trix", "/gui-phan-anh", "/x/quan-tri"] {
            assert!(!is_staff_path(path), "{path}");
        }
    }
}
