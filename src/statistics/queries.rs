//! What the pages ask the server for.

use super::view::{LeadershipView, TransparencyView};
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The released figures of a year; 0 for the latest periods.
#[server(endpoint = "released-figures", input = GetUrl)]
pub async fn released_figures(year: i32) -> Result<TransparencyView, AppError> {
    use crate::{accounts::ssr::authority::state, platform::http::error_response::report};
    let state = state();
    let release = crate::statistics::ssr::released(&state.db, state.clock.today()).await;
    report(release.map(|release| TransparencyView::of(&release, year)))
}

/// The leadership page for a period (`thang-nay`, `thang-truoc`, `quy-nay`, `nam-nay`; "" for none
/// asked for).
#[server(endpoint = "leadership-figures", input = GetUrl)]
pub async fn leadership_figures(period: String) -> Result<LeadershipView, AppError> {
    use super::view::ChosenPeriod;
    use crate::rights::Permission;
    use crate::{accounts::ssr::authority, platform::http::error_response::report};
    let figures = async {
        let authority = authority::require(Permission::SeeFigures).await?;
        let state = authority::state();
        let view =
            crate::statistics::ssr::leading(&state, &authority, ChosenPeriod::from_code(&period));
        Ok(LeadershipView {
            period_chosen: !period.is_empty(),
            ..view.await?
        })
    };
    report(figures.await)
}
