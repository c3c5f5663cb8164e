//! "Xem danh tính": a form that a browser posts by itself, so that the identity is in that one response, with or without script.

use super::store;
use crate::{
    accounts::{reauthentication_path, sign_in_path, ssr::authority},
    error::AppError,
    identity::view::{OpeningFailed, Revealed},
    platform::{
        AppState,
        http::reply::no_store,
        vault::{Identity, unsealer},
    },
    rights::Permission,
    server::render,
};
use axum::{
    extract::{Path, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::provide_context;

/// `POST /quan-tri/ho-so/{number}/danh-tinh`
pub async fn open(
    State(state): State<AppState>,
    Path(number): Path<String>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let here = parts.uri.path().to_owned();
    let response = match opened(&state, &parts, &number).await {
        Ok(revealed) => {
            render::again(&state, parts, StatusCode::OK, move || {
                provide_context(revealed.clone())
            })
            .await
        }
        Err(AppError::SignInRequired) => Redirect::to(&sign_in_path(&here)).into_response(),
        Err(AppError::ReauthenticationRequired) => {
            Redirect::to(&reauthentication_path(&here)).into_response()
        }
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            render::again(&state, parts, status, move || {
                provide_context(OpeningFailed(error.clone()))
            })
            .await
        }
    };
    no_store(response)
}

async fn opened(state: &AppState, parts: &Parts, number: &str) -> Result<Revealed, AppError> {
    let authority = authority::require_of(state, parts, Permission::RequestIdentity).await?;
    let opening = store::usable(state, &authority, number).await?;
    let identity = unsealer::Client::new(&state.config)
        .open(opening.0, authority.staff_id())
        .await?;
    Ok(revealed(identity))
}

fn revealed(identity: Identity) -> Revealed {
    let Identity {
        name,
        representative,
        address,
        phone,
        email,
        ..
    } = identity;
    Revealed {
        name,
        representative,
        address,
        phone,
        email,
    }
}
