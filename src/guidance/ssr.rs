//! Reads the home page's data.
#![warn(unreachable_pub)]

use super::queries::HomeView;
use crate::{
    directory,
    error::AppError,
    platform::database::Db,
    ui::{ChartColumn, thousands},
};
use time::Date;

/// Periods shown in the small chart.
const PERIODS: i64 = 6;

/// The home page.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn home(db: &Db) -> Result<HomeView, AppError> {
    let agency = directory::ssr::agency(&mut *db.pool().acquire().await?).await?;
    let periods = released_periods(db).await?;
    Ok(HomeView {
        released: periods.last().map(sentence).unwrap_or_default(),
        periods,
        agency: agency.name,
        hotline_digits: agency
            .hotline
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '+')
            .collect(),
        hotline: agency.hotline,
        hours: agency.hours,
        address: agency.address,
        email: agency.email,
    })
}

/// The number to call while pollution is going on.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn pollution_hotline(db: &Db) -> Result<String, AppError> {
    let agency = directory::ssr::agency(&mut *db.pool().acquire().await?).await?;
    Ok(agency.pollution_hotline)
}

/// The privacy notice in force on `today`.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn privacy_notice(db: &Db, today: Date) -> Result<String, AppError> {
    let mut connection = db.pool().acquire().await?;
    let (version, text) = directory::ssr::privacy_notice(&mut connection, today).await?;
    Ok(format!("{text}\nBản số {version}."))
}

/// The latest periods of which a release tells how much was received, oldest first.
async fn released_periods(db: &Db) -> Result<Vec<ChartColumn>, AppError> {
    let rows = sqlx::query!(
        r#"select c.first_month, c.last_month, c.value
        from public_cell c join release r using (release_id)
        where r.state = 'da_cong_bo' and c.table_code = 't1' and c.places = '{}' and c.classes = '{}'
        order by c.last_month desc limit $1"#,
        PERIODS
    )
    .fetch_all(db.pool())
    .await?;
    let columns = rows.into_iter().rev();
    let column =
        columns.map(|row| ChartColumn::of(row.first_month, row.last_month, vec![row.value]));
    Ok(column.collect())
}

/// "Tháng 10/2026, Sở nhận 42 phản ánh, kiến nghị."
fn sentence(period: &ChartColumn) -> String {
    let months = match period.months {
        1 => "Tháng",
        _ => "Các tháng",
    };
    format!(
        "{months} {}, Sở nhận {} phản ánh, kiến nghị.",
        period.name(),
        thousands(period.total())
    )
}
