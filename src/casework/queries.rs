//! What the console reads.

use super::{case_page::CaseFile, inbox::view::Inbox};
use crate::error::AppError;
use leptos::prelude::*;

/// The inbox as a query string asks for it.
#[server(endpoint = "casework-inbox")]
pub async fn load_inbox(query: String) -> Result<Inbox, AppError> {
    use super::{inbox::filters::Filters, ssr};
    use crate::{
        accounts::ssr::{authority::state, session},
        platform::http::error_response::report,
    };
    let authority = report(session::current().await.and_then(ssr::reader))?;
    report(ssr::inbox(&state(), &authority, &Filters::from_query(&query)).await)
}

/// One case; reading the original is written down.
#[server(endpoint = "casework-case")]
pub async fn load_case(number: String) -> Result<CaseFile, AppError> {
    use super::ssr;
    use crate::{
        accounts::ssr::{authority::state, session},
        platform::http::error_response::report,
    };
    let authority = report(session::current().await.and_then(ssr::reader))?;
    report(ssr::read_case(&state(), &authority, &number).await)
}
