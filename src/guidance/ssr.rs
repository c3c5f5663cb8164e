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

/// Months shown in the small chart.
const MONTHS: usize = 6;

/// The home page on `today`.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn home(db: &Db, today: Date) -> Result<HomeView, AppError> {
    let agency = directory::ssr::agency(&mut *db.pool().acquire().await?).await?;
    let months = released_months(db, today).await?;
    let released = months
        .last()
        .map(|(month, received)| sentence(*month, *received))
        .unwrap_or_default();
    Ok(HomeView {
        released,
        months: months
            .into_iter()
            .map(|(month, n)| ChartColumn::of_month(month, vec![n]))
            .collect(),
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

/// The latest months that are published one by one, oldest first. A month of 5 or more after
/// another of 5 or more is always a period of its own (`statistics::ssr::disclosure`), so the home
/// page reveals nothing that the transparency page does not.
async fn released_months(db: &Db, today: Date) -> Result<Vec<(Date, i64)>, AppError> {
    let open_month = today.replace_day(1).unwrap_or(today);
    sqlx::query!("select release_closed_months($1)", open_month)
        .execute(db.pool())
        .await?;
    let rows = sqlx::query!(
        "select month, received as \"received!\"
        from (
            select month, sum(received) as received,
                lag(sum(received)) over (order by month) as before
            from released_month where month < $1 group by month
        ) m
        where received >= 5 and coalesce(before, 5) >= 5
        order by month desc limit $2",
        open_month,
        MONTHS as i64,
    )
    .fetch_all(db.pool())
    .await?;
    Ok(rows
        .into_iter()
        .rev()
        .map(|row| (row.month, row.received))
        .collect())
}

fn month_name(month: Date) -> String {
    format!("{:02}/{}", u8::from(month.month()), month.year())
}

fn sentence(month: Date, received: i64) -> String {
    format!(
        "Tháng {}, Sở nhận {} phản ánh, kiến nghị.",
        month_name(month),
        thousands(received)
    )
}
