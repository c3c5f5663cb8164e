//! What the pages of this slice ask the server for.
#![expect(
    missing_docs,
    reason = "the macro makes a struct of each function's arguments; the function is documented"
)]

use super::view::{AccountView, ReauthenticationView};
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The sign-in page; somebody already signed in is redirected.
#[server(endpoint = "sign-in-page", input = GetUrl)]
pub async fn sign_in_page(#[server(default)] next: String) -> Result<(), AppError> {
    use super::form::safe_next;
    let came_back = crate::ui::FormState::returned().is_some();
    if !came_back && crate::accounts::ssr::session::current().await.is_ok() {
        leptos_axum::redirect(safe_next(&next));
    }
    Ok(())
}

/// The page that asks for the password again.
#[server(endpoint = "reauthentication-page", input = GetUrl)]
pub async fn reauthentication_page() -> Result<ReauthenticationView, AppError> {
    use crate::{accounts::ssr::session, platform::http::error_response::report};
    report(session::current().await.map(|staff| ReauthenticationView {
        viewer: session::viewer(&staff),
    }))
}

/// The own account; for administrators everybody's.
#[server(endpoint = "account-page", input = GetUrl)]
pub async fn account_page() -> Result<AccountView, AppError> {
    use super::{ssr::store, view::NewPassword};
    use crate::{
        accounts::ssr::{authority, session},
        platform::http::error_response::report,
    };
    let created = use_context::<NewPassword>();
    let parts = expect_context::<axum::http::request::Parts>();
    let state = authority::state();
    let page = async {
        let staff = session::current().await?;
        let mut account = store::account(
            &state,
            &staff,
            session::token_hash(&state.config, &parts.headers),
        )
        .await?;
        if let Some(register) = &mut account.register {
            register.created = created;
        }
        Ok(account)
    };
    report(page.await)
}
