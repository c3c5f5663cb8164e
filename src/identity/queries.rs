//! The wire: asking for an identity, deciding, and the page that shows where it stands.
#![expect(
    missing_docs,
    reason = "the macro makes a struct of each function's arguments; the function is documented"
)]

use super::view::OpeningPageView;
use crate::error::AppError;
use leptos::prelude::*;

/// The page of a case's opening; with the identity in the response to "Xem danh tính" only.
#[server(endpoint = "opening-page")]
pub async fn opening_page(number: String) -> Result<OpeningPageView, AppError> {
    use super::{OpeningFailed, Revealed, ssr::store};
    use crate::{
        accounts::ssr::{authority, session},
        platform::http::error_response::report,
    };
    let (revealed, failed) = (use_context::<Revealed>(), use_context::<OpeningFailed>());
    let state = authority::state();
    let page = async {
        let authority = authority::require(crate::rights::Permission::RequestIdentity).await?;
        let opening = store::view_by_number(&state, &authority, &number).await?;
        Ok(OpeningPageView {
            viewer: session::viewer(authority.staff()),
            opening,
            revealed,
            failed,
        })
    };
    report(page.await)
}

/// Asks a second leader to let an identity be opened.
#[server(endpoint = "request-opening")]
pub async fn request_opening(
    number: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    use super::ssr::store;
    use crate::{accounts::ssr::authority, platform::http::error_response::report};
    let asked = async {
        let authority = authority::require(crate::rights::Permission::RequestIdentity).await?;
        store::request(
            &authority::state(),
            &authority,
            &number,
            &crate::identity::form::reason(&reason)?,
        )
        .await
    };
    leptos_axum::redirect(&report(asked.await)?);
    Ok(())
}

/// Allows (`duyet`) or refuses (`tu_choi`) what somebody else asked.
#[server(endpoint = "decide-opening")]
pub async fn decide_opening(opening: String, decision: String) -> Result<(), AppError> {
    use super::ssr::store;
    use crate::{accounts::ssr::authority, platform::http::error_response::report};
    let decided = async {
        let authority = authority::require(crate::rights::Permission::ApproveIdentity).await?;
        store::decide(
            &authority::state(),
            &authority,
            &opening,
            decision == "duyet",
        )
        .await
    };
    leptos_axum::redirect(&report(decided.await)?);
    Ok(())
}
