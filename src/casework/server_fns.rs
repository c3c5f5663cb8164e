//! The wire of the console's reading.

use super::{case_file::CaseFile, listing::Inbox};
use crate::error::AppError;
use leptos::prelude::*;

/// The inbox as a query string asks for it.
#[server(endpoint = "casework-inbox")]
pub async fn load_inbox(query: String) -> Result<Inbox, AppError> {
    use super::{filters::Filters, store};
    use crate::server::{authority::state, failure::report};
    let authority = report(store::seeing().await)?;
    report(store::inbox(&state(), &authority, &Filters::from_query(&query)).await)
}

/// One case; opening the original is written down.
#[server(endpoint = "casework-case")]
pub async fn load_case(number: String) -> Result<CaseFile, AppError> {
    use super::store;
    use crate::server::{authority::state, failure::report};
    let authority = report(store::seeing().await)?;
    report(store::case_file(&state(), &authority, &number).await)
}
