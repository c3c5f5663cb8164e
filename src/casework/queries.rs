//! What the console reads.

use super::inbox::view::Inbox;
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The inbox as a query string asks for it.
#[server(endpoint = "casework-inbox", input = GetUrl)]
pub async fn load_inbox(query: String) -> Result<Inbox, AppError> {
    use super::{inbox::filters::Filters, ssr};
    use crate::{
        accounts::ssr::{authority::state, session},
        platform::http::error_response::report,
    };
    let authority = report(session::current().await.and_then(ssr::reader))?;
    report(ssr::inbox(&state(), &authority, &Filters::from_query(&query)).await)
}
