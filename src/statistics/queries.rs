//! What the pages ask the server for.

use super::{article::TransparencyView, view::LeadershipView};
use crate::error::AppError;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The released figures of a year (0 for the latest periods), of the whole department or by unit.
#[server(endpoint = "released-figures", input = GetUrl)]
pub async fn released_figures(year: i32, by_unit: bool) -> Result<TransparencyView, AppError> {
    use crate::{accounts::ssr::authority::state, platform::http::error_response::report};
    let state = state();
    let shelf = crate::statistics::ssr::public::Shelf::of(&state).await;
    report(shelf.map(|shelf| shelf.article(year, by_unit)))
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
