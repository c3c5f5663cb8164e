//! Handlers of the account commands, and the limits on guessing passwords.

use super::store;
use crate::{
    accounts::{
        form::{self, safe_next},
        ssr::{authority, password, session},
    },
    error::AppError,
    platform::{
        AppState,
        http::{
            rate_limit::{self, Limit},
            reply,
        },
    },
    rights::Permission,
    routes,
};
use axum::{extract::Query, http::request::Parts};
use leptos::prelude::use_context;
use std::{collections::HashMap, time::Duration};

/// Wrong passwords for one account: ever slower, never closed, so that nobody can shut its owner
/// out.
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

/// The application, and the head of the request behind the command.
fn asked() -> Result<(AppState, Parts), AppError> {
    let parts = use_context::<Parts>().ok_or(AppError::Internal)?;
    Ok((authority::state(), parts))
}

/// Starts a session in place of the one the request came with.
///
/// # Errors
/// [`AppError::Invalid`] if name or password are not those of an open account;
/// [`AppError::TooManyRequests`].
pub async fn sign_in(username: &str, word: &str) -> Result<(), AppError> {
    let (state, parts) = asked()?;
    let typed = form::credentials(username, word)?;
    let tries = SignInThrottle::count(&state, &parts, &typed.username).await?;
    let known = store::by_username(&state.db, &typed.username).await?;
    let (staff, stored) = known.unzip();
    if !password::check(typed.password, stored).await? {
        tracing::warn!("sign-in refused");
        return Err(form::invalid_credentials().into());
    }
    tries.forgive(&state).await?;
    let staff = staff.ok_or(AppError::Internal)?;
    reply::set_cookie(session::begin(&state, &parts, staff).await?);
    leptos_axum::redirect(&next_of(&parts));
    Ok(())
}

/// Notes in the session that the password was given once more.
///
/// # Errors
/// [`AppError::Invalid`] if it is not this account's; [`AppError::SignInRequired`];
/// [`AppError::TooManyRequests`].
pub async fn reauthenticate(word: &str) -> Result<(), AppError> {
    let (state, parts) = asked()?;
    let staff = session::current().await?.staff_id;
    let (username, stored) = store::credentials_of(&state.db, staff).await?;
    let typed = form::credentials(&username, word)?;
    let tries = SignInThrottle::count(&state, &parts, &username).await?;
    if !password::check(typed.password, Some(stored)).await? {
        return Err(form::wrong_password().into());
    }
    tries.forgive(&state).await?;
    session::authenticated_again(&state, &parts, staff).await?;
    leptos_axum::redirect(&next_of(&parts));
    Ok(())
}

/// Ends this session, or every session of its account.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn sign_out(everywhere: bool) -> Result<(), AppError> {
    let (state, parts) = asked()?;
    let cookie = match session::end(&state, &parts, everywhere).await {
        // what has ended already stays ended
        Err(AppError::SignInRequired) => session::forget_cookie(&state.config),
        other => other,
    };
    reply::set_cookie(cookie?);
    leptos_axum::redirect(routes::SIGN_IN.path);
    Ok(())
}

/// Closes or opens an account.
///
/// # Errors
/// Without the right; [`AppError::NotFound`] if there is no such account.
pub async fn set_active(staff: &str, active: bool) -> Result<(), AppError> {
    let authority = authority::require(Permission::ManageStaff).await?;
    store::set_active(&authority::state(), &authority, staff, active).await
}

/// Changes one's own password.
///
/// # Errors
/// [`AppError::ReauthenticationRequired`] if the present one was not given within five minutes.
pub async fn change_password(typed: &str) -> Result<(), AppError> {
    let (state, parts) = asked()?;
    let staff = session::current().await?;
    let here = session::token_hash(&state.config, &parts.headers);
    store::change_password(&state, &staff, here, form::new_password(typed)?).await?;
    let done = crate::accounts::commands::CHANGE_PASSWORD.name;
    leptos_axum::redirect(&routes::done(routes::ACCOUNT, done));
    Ok(())
}

/// One try at a password, counted before it is checked so that tries at the same moment count too.
struct SignInThrottle([([u8; 32], Limit); 3], time::OffsetDateTime);

impl SignInThrottle {
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

fn next_of(parts: &Parts) -> String {
    let query = Query::<HashMap<String, String>>::try_from_uri(&parts.uri).unwrap_or_default();
    safe_next(query.get("tiep").map_or("", String::as_str)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(uri: &str) -> String {
        next_of(
            &axum::extract::Request::builder()
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
