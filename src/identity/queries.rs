//! What the page of an opening asks the server for.
#![expect(
    missing_docs,
    reason = "the macro makes a struct of each function's arguments; the function is documented"
)]

use super::view::OpeningPageView;
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The page of a case's opening; with the identity in the response to "Xem danh tính" only.
#[server(endpoint = "opening-page", input = GetUrl)]
pub async fn opening_page(number: String) -> Result<OpeningPageView, AppError> {
    use super::{Revealed, ssr::reading};
    use crate::{
        accounts::ssr::{authority, session},
        platform::http::error_response::report,
    };
    let revealed = use_context::<Revealed>();
    let state = authority::state();
    let page = async {
        let authority = authority::require(crate::rights::Permission::RequestIdentity).await?;
        let opening = reading::view_by_number(&state, &authority, &number).await?;
        Ok(OpeningPageView {
            viewer: session::viewer(authority.staff()),
            opening,
            revealed,
        })
    };
    report(page.await)
}
