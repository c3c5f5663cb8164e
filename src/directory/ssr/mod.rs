//! Reads the directory as in force on a given day.

mod seed;

pub use seed::seed;

use crate::{
    calendar::{Calendar, DayKind},
    case::ServiceLevel,
    error::AppError,
};
use sqlx::PgConnection;
use time::Date;

/// The department that runs this installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Full name, as on a letterhead.
    pub name: String,
    /// Everyday name.
    pub short_name: String,
    /// Street address of its seat.
    pub address: String,
    /// The published dedicated number (Decree 20/2008 art. 7.2).
    pub hotline: String,
    /// The published e-mail address.
    pub email: String,
    /// Opening hours for visitors.
    pub hours: String,
}

/// A unit of the department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// Primary key.
    pub unit_id: i16,
    /// Stable code, e.g. `cn-ninh-kieu`, for QR links and files.
    pub code: String,
    /// Vietnamese name.
    pub name: String,
    /// What colleagues call it, for narrow lists: `CN Ninh Kiều`; its name if it has none.
    pub short_name: String,
    /// `van_phong`, `phong`, `chi_nhanh`, …
    pub kind: String,
    /// The unit above it.
    pub parent_id: Option<i16>,
}

/// The department.
///
/// # Errors
/// [`AppError::NotFound`] before the directory is seeded.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn agency(connection: &mut PgConnection) -> Result<Agency, AppError> {
    Ok(sqlx::query_as!(
        Agency,
        "select name, short_name, address, hotline, email, hours from agency"
    )
    .fetch_one(connection)
    .await?)
}

/// Units in force on `on`, parents before children, in the order of creation.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn units_on(connection: &mut PgConnection, on: Date) -> Result<Vec<UnitRow>, AppError> {
    Ok(sqlx::query_as!(
        UnitRow,
        r#"select unit_id, code, name, coalesce(short_name, name) as "short_name!", kind, parent_id
        from unit where valid_from <= $1 and (valid_to is null or valid_to > $1)
        order by unit_id"#,
        on
    )
    .fetch_all(connection)
    .await?)
}

/// Every unit that has not ended.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn units(connection: &mut PgConnection) -> Result<Vec<UnitRow>, AppError> {
    Ok(sqlx::query_as!(
        UnitRow,
        r#"select unit_id, code, name, coalesce(short_name, name) as "short_name!", kind, parent_id
        from unit where valid_to is null order by unit_id"#
    )
    .fetch_all(connection)
    .await?)
}

/// The privacy notice in force on `on`: version and text.
///
/// # Errors
/// [`AppError::NotFound`] if none is.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn privacy_notice(
    connection: &mut PgConnection,
    on: Date,
) -> Result<(i16, String), AppError> {
    let row = sqlx::query!(
        "select version, text from privacy_notice where effective_from <= $1
        order by version desc limit 1",
        on
    )
    .fetch_one(connection)
    .await?;
    Ok((row.version, row.text))
}

/// The working calendar in force: its newest version.
///
/// # Errors
/// [`AppError::NotFound`] before the directory was seeded.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn calendar(connection: &mut PgConnection) -> Result<Calendar, AppError> {
    let version =
        sqlx::query_scalar!("select version from calendar_version order by version desc limit 1")
            .fetch_one(&mut *connection)
            .await?;
    let days = sqlx::query!(
        "select day, kind from calendar_day where version = $1",
        version
    )
    .fetch_all(connection)
    .await?;
    Ok(Calendar::new(
        version,
        days.into_iter()
            .filter_map(|row| Some((row.day, day_kind(&row.kind)?))),
    ))
}

/// How many working days `level` has on the day `on`; before the first rule, and in a gap between
/// two, those of the nearest one, so that a case of earlier years opens as well.
///
/// # Errors
/// [`AppError::NotFound`] if there is no rule at all.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn service_level(
    connection: &mut PgConnection,
    level: ServiceLevel,
    on: Date,
) -> Result<u16, AppError> {
    let days = sqlx::query_scalar!(
        "select working_days from service_level
        where key = $1
        order by (valid_from <= $2 and (valid_to is null or valid_to > $2)) desc,
            abs(valid_from - $2) limit 1",
        level.code(),
        on
    )
    .fetch_one(connection)
    .await?;
    Ok(days.unsigned_abs())
}

fn day_kind(code: &str) -> Option<DayKind> {
    Some(match code {
        "off" => DayKind::Off,
        "working_saturday" => DayKind::WorkingSaturday,
        "unconfirmed_off" => DayKind::UnconfirmedOff,
        _ => return None,
    })
}
