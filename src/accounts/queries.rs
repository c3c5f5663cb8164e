//! The wire: what the pages of this slice ask for, and closing or opening accounts.
#![expect(
    missing_docs,
    reason = "the macro makes a struct of each function's arguments; the function is documented"
)]

use super::view::{AccountView, ReauthenticationView, SignInView};
use crate::error::AppError;
use leptos::prelude::*;

/// The sign-in page; whoever is signed in already goes on.
#[server(endpoint = "sign-in-page")]
pub async fn sign_in_page(#[server(default)] next: String) -> Result<SignInView, AppError> {
    use super::form::{SignInDraft, own_path};
    let draft = use_context::<SignInDraft>();
    if draft.is_none() && crate::accounts::ssr::session::current().await.is_ok() {
        leptos_axum::redirect(own_path(&next));
    }
    Ok(SignInView {
        draft: draft.unwrap_or_default(),
    })
}

/// The page that asks for the password again.
#[server(endpoint = "reauthentication-page")]
pub async fn reauthentication_page() -> Result<ReauthenticationView, AppError> {
    use crate::{accounts::ssr::session, platform::http::error_response::report};
    let draft = use_context::<crate::accounts::form::SignInDraft>().unwrap_or_default();
    report(session::current().await.map(|staff| ReauthenticationView {
        viewer: session::viewer(&staff),
        draft,
    }))
}

/// The own account; for administrators everybody's.
#[server(endpoint = "account-page")]
pub async fn account_page() -> Result<AccountView, AppError> {
    use super::{form::NewStaffDraft, ssr::store, view::NewPassword};
    use crate::{
        accounts::ssr::{authority, session},
        platform::http::error_response::report,
    };
    let (draft, created) = (
        use_context::<NewStaffDraft>().unwrap_or_default(),
        use_context::<NewPassword>(),
    );
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
            (register.draft, register.created) = (draft, created);
        }
        Ok(account)
    };
    report(page.await)
}

/// Closes an account: no more signing in, and every session of it ends now.
#[server(endpoint = "disable-staff")]
pub async fn disable_staff(staff: String) -> Result<(), AppError> {
    use super::ssr::store;
    use crate::{accounts::ssr::authority, platform::http::error_response::report};
    report(
        async {
            store::set_active(
                &authority::state(),
                &authority::require(crate::rights::Permission::ManageStaff).await?,
                &staff,
                false,
            )
            .await
        }
        .await,
    )?;
    leptos_axum::redirect("/quan-tri/tai-khoan");
    Ok(())
}

/// Opens a closed account again.
#[server(endpoint = "enable-staff")]
pub async fn enable_staff(staff: String) -> Result<(), AppError> {
    use super::ssr::store;
    use crate::{accounts::ssr::authority, platform::http::error_response::report};
    report(
        async {
            store::set_active(
                &authority::state(),
                &authority::require(crate::rights::Permission::ManageStaff).await?,
                &staff,
                true,
            )
            .await
        }
        .await,
    )?;
    leptos_axum::redirect("/quan-tri/tai-khoan");
    Ok(())
}

/// Changes one's own password, where the present one was given within five minutes; the other sessions end.
#[server(endpoint = "change-password")]
pub async fn change_password(#[server(default)] new_password: String) -> Result<(), AppError> {
    use super::{form, ssr::store};
    use crate::{
        accounts::ssr::{authority, session},
        platform::http::error_response::report,
    };
    let parts = expect_context::<axum::http::request::Parts>();
    let state = authority::state();
    let changed = async {
        let staff = session::current().await?;
        let here = session::token_hash(&state.config, &parts.headers);
        store::change_password(&state, &staff, here, form::new_password(&new_password)?).await
    };
    report(changed.await)?;
    leptos_axum::redirect("/quan-tri/tai-khoan");
    Ok(())
}
