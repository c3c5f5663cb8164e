//! What the page asks the server for.

use super::view::ReportsView;
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The reports of the period of this code; of the latest one that is over if it is "".
#[server(endpoint = "statutory-reports", input = GetUrl)]
pub async fn statutory_reports(period: String) -> Result<ReportsView, AppError> {
    use crate::{
        accounts::ssr::authority, platform::http::error_response::report, rights::Permission,
    };
    let reports = async {
        let authority = authority::require(Permission::SeeFigures).await?;
        crate::statistics::ssr::reports::reports(&authority::state(), &authority, &period).await
    };
    report(reports.await)
}
