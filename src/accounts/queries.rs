//! What the pages of this slice ask the server for.
#![expect(
    missing_docs,
    reason = "the macro makes a struct of each function's arguments; the function is documented"
)]

use super::view::{
    AccountView, AuditView, LinkView, PersonView, ReauthenticationView, SecondFactorView, StaffView,
};
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The sign-in page; somebody already signed in is redirected.
#[server(endpoint = "sign-in-page", input = GetUrl)]
pub async fn sign_in_page(#[server(default)] next: String) -> Result<(), AppError> {
    use super::{form::first_page, ssr::session};
    let came_back = crate::ui::FormState::returned().is_some();
    if !came_back && let Ok(staff) = session::current().await {
        leptos_axum::redirect(&first_page(&next, &staff.roles));
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

/// The own account.
#[server(endpoint = "account-page", input = GetUrl)]
pub async fn account_page() -> Result<AccountView, AppError> {
    use super::ssr::{authority, session, store};
    use crate::platform::http::error_response::report;
    let parts = expect_context::<axum::http::request::Parts>();
    let state = authority::state();
    let page = async {
        let staff = session::current().await?;
        let here = session::token_hash(&state.config, &parts.headers);
        store::account(&state, &staff, here).await
    };
    report(page.await)
}

/// Everybody's accounts, or those in which `words` are, and what waits for a second person.
#[server(endpoint = "staff-page", input = GetUrl)]
pub async fn staff_page(#[server(default)] words: String) -> Result<StaffView, AppError> {
    use super::{
        ssr::{authority, register},
        view::Issued,
    };
    use crate::platform::http::error_response::report;
    let issued = use_context::<Issued>();
    let page = async {
        let authority = authority::require(crate::rights::Permission::SeeStaff).await?;
        let view = register::page(&authority::state(), &authority, &words).await?;
        Ok(StaffView { issued, ..view })
    };
    report(page.await)
}

/// One account.
#[server(endpoint = "person-page", input = GetUrl)]
pub async fn person_page(username: String) -> Result<PersonView, AppError> {
    use super::{
        ssr::{authority, person},
        view::Issued,
    };
    use crate::platform::http::error_response::report;
    let issued = use_context::<Issued>();
    let page = async {
        let authority = authority::require(crate::rights::Permission::SeeStaff).await?;
        let view = person::page(&authority::state(), &authority, &username).await?;
        Ok(PersonView { issued, ..view })
    };
    report(page.await)
}

/// A page of the audit log, narrowed to a day and an action, before an entry; "" for none of them.
#[server(endpoint = "audit-page", input = GetUrl)]
pub async fn audit_page(
    #[server(default)] day: String,
    #[server(default)] action: String,
    #[server(default)] before: String,
) -> Result<AuditView, AppError> {
    use super::ssr::{audit_log, authority};
    use crate::platform::http::error_response::report;
    let page = async {
        let authority = authority::require(crate::rights::Permission::ReadAudit).await?;
        audit_log::page(&authority::state(), &authority, &day, &action, &before).await
    };
    report(page.await)
}

/// The page of second proofs: at sign-in, and for setting up an app.
#[server(endpoint = "second-factor-page", input = GetUrl)]
pub async fn second_factor_page(
    #[server(default)] next: String,
) -> Result<SecondFactorView, AppError> {
    use super::{ssr::second_step, view::RecoveryCodes};
    use crate::platform::http::error_response::report;
    let made = use_context::<RecoveryCodes>();
    report(second_step::page(&next, made).await)
}

/// What a link to a new password opens.
#[server(endpoint = "new-password-page", input = GetUrl)]
pub async fn new_password_page(#[server(default)] link: String) -> Result<LinkView, AppError> {
    use super::ssr::{authority, links};
    use crate::platform::http::error_response::report;
    report(links::look(&authority::state(), &link).await)
}
