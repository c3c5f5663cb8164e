//! Reads of the directory that other rooms need.

use crate::{
    calendar::{Calendar, DayKind},
    error::AppError,
};
use sqlx::PgConnection;
use time::Date;

/// The newest version of the working calendar.
///
/// # Errors
/// [`AppError::NotFound`] where no calendar was ever adopted.
pub async fn calendar(connection: &mut PgConnection) -> Result<Calendar, AppError> {
    let version =
        sqlx::query_scalar!("select version from calendar_version order by version desc limit 1").fetch_one(&mut *connection).await?;
    let rows = sqlx::query!("select day, kind from calendar_day where version = $1", version).fetch_all(connection).await?;
    let kind = |code: &str| match code {
        "off" => DayKind::Off,
        "working_saturday" => DayKind::WorkingSaturday,
        _ => DayKind::UnconfirmedOff,
    };
    Ok(Calendar::new(version, rows.into_iter().map(|row| (row.day, kind(&row.kind)))))
}

/// The working days of a service level in force on a day.
///
/// # Errors
/// [`AppError::NotFound`] where no such level is in force.
pub async fn service_level(connection: &mut PgConnection, key: &str, on: Date) -> Result<u16, AppError> {
    let days = sqlx::query_scalar!(
        "select working_days from service_level where key = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)",
        key,
        on
    )
    .fetch_one(connection)
    .await?;
    u16::try_from(days).map_err(|_| AppError::Internal)
}
