//! Forms that a browser posts by itself: signing in and out, the password again, a new account.

use super::store;
use crate::{
    accounts::{
        form::{self, NewStaff, NewStaffDraft, SignInDraft, own_path},
        ssr::{authority, password, session},
        view::NewPassword,
    },
    error::AppError,
    platform::{
        AppState,
        http::{
            form_data::{self, Posted},
            rate_limit::{self, Limit},
            reply::no_store,
        },
    },
    rights::Permission,
    server::render,
};
use axum::{
    extract::{Query, Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::prelude::provide_context;
use std::{collections::HashMap, time::Duration};

/// Wrong passwords for one account: ever slower, never closed, so that nobody can shut its owner out.
const ACCOUNT: Limit = Limit {
    window: Duration::from_secs(15 * 60),
    free: 3,
    ceiling: None,
};
/// Wrong passwords from one network; a whole office may share it.
const ADDRESS: Limit = Limit {
    window: Duration::from_secs(15 * 60),
    free: 20,
    ceiling: Some(100),
};
/// Wrong passwords from everywhere.
const ALL: Limit = Limit {
    window: Duration::from_secs(60),
    free: 200,
    ceiling: None,
};

/// `POST /quan-tri/dang-nhap`
#[tracing::instrument(skip_all)]
pub async fn sign_in(State(state): State<AppState>, request: Request) -> Response {
    let (parts, posted) = match form_data::read(&state, request).await {
        Ok(read) => read,
        Err(error) => return plainly(&error),
    };
    match signed_in(&state, &parts, &posted).await {
        Ok(cookie) => go_on(&parts, Some(cookie)),
        Err(error) => ask_again(&state, parts, posted.value("username"), error).await,
    }
}

async fn signed_in(
    state: &AppState,
    parts: &Parts,
    posted: &Posted,
) -> Result<HeaderValue, AppError> {
    let typed = form::credentials(posted.value("username"), posted.value("password"))?;
    let tries = Tries::count(state, parts, &typed.username).await?;
    let known = store::by_username(&state.db, &typed.username).await?;
    let (staff, stored) = known.unzip();
    if !password::check(typed.password, stored).await? {
        tracing::warn!("sign-in refused");
        return Err(form::not_these().into());
    }
    tries.forgive(state).await?;
    session::begin(state, parts, staff.ok_or(AppError::Internal)?).await
}

/// `POST /quan-tri/xac-nhan`: the password once more.
#[tracing::instrument(skip_all)]
pub async fn reauthenticate(State(state): State<AppState>, request: Request) -> Response {
    let (parts, posted) = match form_data::read(&state, request).await {
        Ok(read) => read,
        Err(error) => return plainly(&error),
    };
    match authenticated_again(&state, &parts, posted.value("password")).await {
        Ok(()) => go_on(&parts, None),
        Err(AppError::SignInRequired) => to_sign_in(&next_of(&parts)),
        Err(error) => ask_again(&state, parts, "", error).await,
    }
}

async fn authenticated_again(state: &AppState, parts: &Parts, word: &str) -> Result<(), AppError> {
    let staff = session::from_parts(state, parts).await?.staff_id;
    let (username, stored) = store::credentials_of(&state.db, staff).await?;
    let typed = form::credentials(&username, word)?;
    let tries = Tries::count(state, parts, &username).await?;
    if !password::check(typed.password, Some(stored)).await? {
        return Err(form::not_this().into());
    }
    tries.forgive(state).await?;
    session::authenticated_again(state, parts, staff).await
}

/// `POST /quan-tri/dang-xuat`
#[tracing::instrument(skip_all)]
pub async fn sign_out(State(state): State<AppState>, parts: Parts) -> Response {
    signed_out(&state, &parts, false).await
}

/// `POST /quan-tri/dang-xuat-moi-noi`
#[tracing::instrument(skip_all)]
pub async fn sign_out_everywhere(State(state): State<AppState>, parts: Parts) -> Response {
    signed_out(&state, &parts, true).await
}

async fn signed_out(state: &AppState, parts: &Parts, everywhere: bool) -> Response {
    let cookie = match session::end(state, parts, everywhere).await {
        // what has ended already stays ended
        Err(AppError::SignInRequired) => session::forget_cookie(&state.config),
        other => other,
    };
    match cookie {
        Ok(cookie) => with_cookie(Redirect::to(form::SIGN_IN).into_response(), Some(cookie)),
        Err(error) => plainly(&error),
    }
}

/// `POST /quan-tri/tai-khoan`: a new account; its password is in this response and nowhere else.
#[tracing::instrument(skip_all)]
pub async fn create_staff(State(state): State<AppState>, request: Request) -> Response {
    let (parts, posted) = match form_data::read(&state, request).await {
        Ok(read) => read,
        Err(error) => return plainly(&error),
    };
    let mut draft = NewStaffDraft {
        username: posted.value("username").to_owned(),
        display_name: posted.value("display_name").to_owned(),
        unit: posted.value("unit").to_owned(),
        roles: posted.values("roles"),
        error: None,
    };
    let response = match created(&state, &parts, &draft).await {
        Ok(made) => {
            render::again(&state, parts, StatusCode::OK, move || {
                provide_context(made.clone())
            })
            .await
        }
        Err(AppError::SignInRequired) => to_sign_in("/quan-tri/tai-khoan"),
        Err(error) => {
            let status = status_of(&error);
            draft.error = Some(error);
            render::again(&state, parts, status, move || {
                provide_context(draft.clone())
            })
            .await
        }
    };
    no_store(response)
}

async fn created(
    state: &AppState,
    parts: &Parts,
    draft: &NewStaffDraft,
) -> Result<NewPassword, AppError> {
    let authority = authority::require_of(state, parts, Permission::ManageStaff).await?;
    store::create(state, &authority, &NewStaff::try_from(draft)?).await
}

/// One try at a password, counted before it is checked so that tries at the same moment count too.
struct Tries([([u8; 32], Limit); 3], time::OffsetDateTime);

impl Tries {
    async fn count(state: &AppState, parts: &Parts, username: &str) -> Result<Self, AppError> {
        let now = state.clock.now();
        let buckets = [
            (
                rate_limit::address_bucket(state, "rate sign-in address", parts),
                ADDRESS,
            ),
            (
                rate_limit::bucket(state, "rate sign-in account", username),
                ACCOUNT,
            ),
            (rate_limit::bucket(state, "rate sign-in all", ""), ALL),
        ];
        for (bucket, limit) in buckets {
            rate_limit::slow_down(&state.db, bucket, limit, now).await?;
        }
        Ok(Self(buckets, now))
    }

    async fn forgive(self, state: &AppState) -> Result<(), AppError> {
        for (bucket, limit) in self.0 {
            rate_limit::forgive(&state.db, bucket, limit.window, self.1).await?;
        }
        Ok(())
    }
}

async fn ask_again(state: &AppState, parts: Parts, username: &str, error: AppError) -> Response {
    let status = status_of(&error);
    let draft = SignInDraft {
        username: username.to_owned(),
        error: Some(error),
    };
    render::again(state, parts, status, move || provide_context(draft.clone())).await
}

fn next_of(parts: &Parts) -> String {
    let query = Query::<HashMap<String, String>>::try_from_uri(&parts.uri).unwrap_or_default();
    own_path(query.get("tiep").map_or("", String::as_str)).to_owned()
}

fn go_on(parts: &Parts, cookie: Option<HeaderValue>) -> Response {
    with_cookie(Redirect::to(&next_of(parts)).into_response(), cookie)
}

fn to_sign_in(next: &str) -> Response {
    Redirect::to(&form::sign_in_path(next)).into_response()
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    response
        .headers_mut()
        .extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

fn status_of(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// For what is no form at all: nothing of it can be shown again.
fn plainly(error: &AppError) -> Response {
    crate::platform::http::error_response::plain_page(error).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(uri: &str) -> String {
        next_of(
            &Request::builder()
                .uri(uri)
                .body(axum::body::Body::empty())
                .unwrap()
                .into_parts()
                .0,
        )
    }

    #[test]
    fn the_page_to_go_on_to_comes_from_the_address_and_is_one_of_ours() {
        assert_eq!(next("/quan-tri/dang-nhap"), "/quan-tri");
        assert_eq!(next("/quan-tri/dang-nhap?tiep=/lanh-dao"), "/lanh-dao");
        assert_eq!(
            next("/quan-tri/dang-nhap?tiep=/quan-tri%3Ftrang%3D2"),
            "/quan-tri?trang=2"
        );
        assert_eq!(
            next("/quan-tri/dang-nhap?tiep=%2F%2Fevil.example"),
            "/quan-tri"
        );
        assert_eq!(
            next("/quan-tri/dang-nhap?tiep=https://evil.example"),
            "/quan-tri"
        );
        let there = form::sign_in_path("/quan-tri?tinh-trang=a&trang=2");
        assert_eq!(next(&there), "/quan-tri?tinh-trang=a&trang=2");
    }
}
