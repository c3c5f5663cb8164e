//! The wire of the following page.

use super::view::FollowedCase;
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The case behind the tracking cookie, in words for its submitter. Without a live session it leads
/// to the look-up.
#[server(endpoint = "follow-case", input = GetUrl)]
pub async fn follow_case() -> Result<FollowedCase, AppError> {
    use super::ssr::{self, handlers::lead_to_look_up};
    let state = crate::accounts::ssr::authority::state();
    match ssr::follow(&state).await {
        Err(AppError::SignInRequired) => Err(lead_to_look_up()),
        other => crate::platform::http::error_response::report(other),
    }
}
