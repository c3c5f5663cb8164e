//! Counting for the statutory reports, and their files.
mod count;
pub mod download;
mod period;
mod register;
mod sheet;

use crate::{
    accounts::ssr::{authority::Authority, session},
    calendar::day_month_year,
    error::AppError,
    platform::{AppState, database::Scope},
    rights::Permission,
    statistics::reports::{index::UnitIndex, results::Line, view::ReportsView},
};
use period::Period;
use sqlx::PgConnection;

/// What a report counts over: every case, whoever asks. A statutory figure is the same for all who
/// may see figures, also where one of them has a part in a case.
const EVERY_CASE: Scope = Scope::All {
    reader: None,
    denunciations: false,
    original: false,
};

/// The reports of the period of this code; of the latest one that is over if it is "".
///
/// # Errors
/// [`AppError::NotFound`] if there is no such period, [`AppError::Unavailable`] if the database is
/// unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn reports(
    state: &AppState,
    authority: &Authority,
    period: &str,
) -> Result<ReportsView, AppError> {
    authority.require(Permission::SeeFigures)?;
    let today = state.clock.today();
    let mut tx = state.db.begin(EVERY_CASE).await?;
    let periods = period::offered(&mut tx, today).await?;
    let wanted = periods.iter().find(|one| match period {
        "" => one.is_statutory && one.last_day < today,
        code => one.code == code,
    });
    let chosen = wanted.cloned().ok_or(AppError::NotFound)?;
    let broken = count::broken(&mut tx).await?;
    let (lines, indices) = match broken.is_empty() {
        true => figures(&mut tx, &chosen).await?,
        false => Default::default(),
    };
    tx.commit().await?;
    let submit_by = chosen.submit_by.map(day_month_year);
    Ok(ReportsView {
        viewer: session::viewer(authority.staff()),
        chosen: (&chosen).into(),
        days: chosen.days(),
        submit_by: submit_by.unwrap_or_default(),
        runs: chosen.last_day >= today,
        periods: periods.iter().map(Into::into).collect(),
        broken,
        opens_cases: authority.staff().may(Permission::SeeAllCases),
        lines,
        indices,
    })
}

type Figures = (Vec<Line>, Vec<UnitIndex>);

async fn figures(tx: &mut PgConnection, period: &Period) -> Result<Figures, AppError> {
    let mut lines = count::lines(tx, period).await?;
    let total = Line::total(&lines);
    // by construction; a column that is added and not counted would be seen here, before anybody signs
    if !lines.iter().chain([&total]).all(Line::adds_up) {
        return Err(AppError::Internal);
    }
    lines.push(total);
    Ok((lines, count::indices(tx, period).await?))
}
