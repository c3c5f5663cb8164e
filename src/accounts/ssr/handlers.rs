//! Handlers of the account commands.

use super::{device, links, password::Line, second_step, store, throttle::Try};
use crate::{
    accounts::{
        form::{self, first_page},
        ssr::{authority, password, session, totp},
    },
    case::StaffId,
    error::AppError,
    platform::{AppState, http::reply},
    records::{SLIP_COOKIE, destroy_slip},
    rights::Role,
    routes,
};
use axum::{
    extract::Query,
    http::{HeaderValue, request::Parts},
};
use leptos::prelude::use_context;
use std::collections::HashMap;

/// The application, and the head of the request behind the command.
pub(super) fn asked() -> Result<(AppState, Parts), AppError> {
    let parts = use_context::<Parts>().ok_or(AppError::Internal)?;
    Ok((authority::state(), parts))
}

/// Starts a session in place of the one the request came with, or asks for the second proof first.
///
/// # Errors
/// [`AppError::Invalid`] if name or password are not those of an open account;
/// [`AppError::TooManyRequests`].
pub async fn sign_in(username: &str, word: &str) -> Result<(), AppError> {
    let (state, parts) = asked()?;
    let typed = form::credentials(username, word)?;
    let (staff, stored) = store::by_username(&state.db, &typed.username)
        .await?
        .unzip();
    let device = staff.and_then(|staff| device::known(&state, &parts, staff));
    let line = device.as_ref().map_or(Line::Strangers, |_| Line::Known);
    let tried = Try::password(&state, &parts, &typed.username, device.as_deref()).await?;
    if !password::check(line, typed.password, stored).await? {
        tracing::warn!("sign-in refused");
        return Err(form::invalid_credentials().into());
    }
    tried.forgive(&state.db).await?;
    let staff = staff.ok_or(AppError::Internal)?;
    let next = next_of(&parts);
    if needs_second_step(&state, staff).await? {
        reply::set_cookie(second_step::begin(&state, staff).await?);
        leptos_axum::redirect(&routes::second_factor(&next));
    } else {
        let roles = finish(&state, &parts, staff).await?;
        leptos_axum::redirect(&first_page(&next, &roles));
    }
    Ok(())
}

/// Whether the password alone is not enough: an app is set up, or has to be.
async fn needs_second_step(state: &AppState, staff: StaffId) -> Result<bool, AppError> {
    let mut connection = state.db.pool().acquire().await?;
    let roles = session::roles_of(&mut connection, staff).await?;
    let factor = totp::summary(&mut connection, staff, &roles).await?;
    Ok(factor.on || factor.required)
}

/// Begins the session of somebody who proved who they are; gives their roles.
pub(super) async fn finish(
    state: &AppState,
    parts: &Parts,
    staff: StaffId,
) -> Result<Vec<Role>, AppError> {
    reply::set_cookie(session::begin(state, parts, staff).await?);
    reply::set_cookie(device::remember(state, parts, staff)?);
    forget_slip(state, parts).await?;
    let mut connection = state.db.pool().acquire().await?;
    session::roles_of(&mut connection, staff).await
}

/// The receipt of whoever sat here before goes with their session.
async fn forget_slip(state: &AppState, parts: &Parts) -> Result<(), AppError> {
    reply::set_cookie(SLIP_COOKIE.remove(&state.config)?);
    destroy_slip(state, &parts.headers).await
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
    let tried = Try::own_password(&state, &username).await?;
    if !password::check(Line::Known, typed.password, Some(stored)).await? {
        return Err(form::wrong_password().into());
    }
    tried.forgive(&state.db).await?;
    session::authenticated_again(&state, &parts, staff).await?;
    leptos_axum::redirect(form::safe_next(&next_of(&parts)));
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
    forget_slip(&state, &parts).await?;
    // whoever sits down next finds nothing that this browser kept of the console
    reply::add_header(
        reply::CLEAR_SITE_DATA,
        HeaderValue::from_static("\"cache\", \"storage\""),
    );
    leptos_axum::redirect(routes::SIGN_IN.path);
    Ok(())
}

/// Changes one's own password.
///
/// # Errors
/// [`AppError::ReauthenticationRequired`] if the present one was not given within five minutes;
/// [`AppError::Invalid`] if the new one can be guessed.
pub async fn change_password(typed: &str) -> Result<(), AppError> {
    let (state, parts) = asked()?;
    let staff = session::current().await?;
    let here = session::token_hash(&state.config, &parts.headers);
    store::change_password(&state, &staff, here, form::new_password(typed)?).await?;
    let done = crate::accounts::commands::CHANGE_PASSWORD.name;
    leptos_axum::redirect(&routes::done(routes::ACCOUNT, done));
    Ok(())
}

/// Sets a password by a link and its code, and leads to the sign-in page.
///
/// # Errors
/// [`AppError::Invalid`] if the two do not belong together, or the password can be guessed.
pub async fn set_password(link: &str, code: &str, password: String) -> Result<(), AppError> {
    let (state, _) = asked()?;
    links::set_password(&state, link, code, password).await?;
    let done = crate::accounts::commands::CHANGE_PASSWORD.name;
    leptos_axum::redirect(&routes::done(routes::SIGN_IN, done));
    Ok(())
}

/// The page to go on to, as the address says it; "" if it says nothing.
pub(super) fn next_of(parts: &Parts) -> String {
    let query = Query::<HashMap<String, String>>::try_from_uri(&parts.uri).unwrap_or_default();
    query.get("tiep").cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(uri: &str) -> String {
        let request = axum::extract::Request::builder().uri(uri).body(());
        let parts = request.unwrap().into_parts().0;
        form::safe_next(&next_of(&parts)).to_owned()
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
