//! What the home page asks the server for.

use crate::{error::AppError, ui::Bar};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The home page: how to reach the department, and what it last released.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// The department, in full.
    pub agency: String,
    /// Hotline as written.
    pub hotline: String,
    /// Hotline as dialled: digits only.
    pub hotline_digits: String,
    /// Hours of the hotline.
    pub hours: String,
    /// Where to go in person.
    pub address: String,
    /// Where to write.
    pub email: String,
    /// The last released month in a sentence; "" before the first release.
    pub released: String,
    /// Released months, oldest first.
    pub months: Vec<Bar>,
}

/// What the home page shows.
#[server(endpoint = "home", input = leptos::server_fn::codec::GetUrl)]
pub async fn home() -> Result<HomeView, AppError> {
    use crate::{accounts::ssr::authority::state, platform::http::error_response::report};
    let state = state();
    report(crate::guidance::ssr::home(&state.db, state.clock.today()).await)
}
