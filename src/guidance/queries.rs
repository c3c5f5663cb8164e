//! The server functions of the home page and of the pages that explain.

use crate::{error::AppError, ui::ChartColumn};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The home page: how to reach the department, and its latest released figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// The department's full name.
    pub agency: String,
    /// Hotline, formatted.
    pub hotline: String,
    /// Hotline for `tel:` links, digits only.
    pub hotline_digits: String,
    /// Hours of the hotline.
    pub hours: String,
    /// Street address of the one-stop desk.
    pub address: String,
    /// E-mail address.
    pub email: String,
    /// The last released period in a sentence; empty before the first release.
    pub released: String,
    /// Released periods, oldest first.
    pub periods: Vec<ChartColumn>,
}

/// The number to call while pollution is going on; "" until it is declared.
#[server(endpoint = "pollution-hotline", input = leptos::server_fn::codec::GetUrl)]
pub async fn pollution_hotline() -> Result<String, AppError> {
    use crate::{accounts::ssr::authority::state, platform::http::error_response::report};
    report(crate::guidance::ssr::pollution_hotline(&state().db).await)
}

/// The privacy notice in force today, a paragraph a line: what the form leads to, and what a case
/// remembers the version of.
#[server(endpoint = "privacy-notice", input = leptos::server_fn::codec::GetUrl)]
pub async fn privacy_notice() -> Result<String, AppError> {
    use crate::{accounts::ssr::authority::state, platform::http::error_response::report};
    let state = state();
    report(crate::guidance::ssr::privacy_notice(&state.db, state.clock.today()).await)
}

/// Loads the home page.
#[server(endpoint = "home", input = leptos::server_fn::codec::GetUrl)]
pub async fn home() -> Result<HomeView, AppError> {
    use crate::{accounts::ssr::authority::state, platform::http::error_response::report};
    report(crate::guidance::ssr::home(&state().db).await)
}
