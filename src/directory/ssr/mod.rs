//! Reads the directory as in force on a given day.

mod seed;

pub use seed::seed;

use crate::{
    calendar::{Calendar, DayKind},
    case::{ExternalBodyId, ServiceLevel, UnitId},
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
    /// The number that somebody answers while pollution is going on; "" until it is declared.
    pub pollution_hotline: String,
}

/// A unit of the department.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
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
        "select name, short_name, address, hotline, email, hours, pollution_hotline from agency"
    )
    .fetch_one(connection)
    .await?)
}

/// Units in force on `on`, parents before children, in the order of creation.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn units_on(connection: &mut PgConnection, on: Date) -> Result<Vec<Unit>, AppError> {
    Ok(sqlx::query_as!(
        Unit,
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
pub async fn units(connection: &mut PgConnection) -> Result<Vec<Unit>, AppError> {
    Ok(sqlx::query_as!(
        Unit,
        r#"select unit_id, code, name, coalesce(short_name, name) as "short_name!", kind, parent_id
        from unit where valid_to is null order by unit_id"#
    )
    .fetch_all(connection)
    .await?)
}

/// Every unit there ever was, as old cases name them.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn units_ever(connection: &mut PgConnection) -> Result<Vec<Unit>, AppError> {
    Ok(sqlx::query_as!(
        Unit,
        r#"select unit_id, code, name, coalesce(short_name, name) as "short_name!", kind, parent_id
        from unit order by unit_id"#
    )
    .fetch_all(connection)
    .await?)
}

/// The unit of a code; `None` if no unit ever had it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn unit_of(
    connection: &mut PgConnection,
    code: &str,
) -> Result<Option<UnitId>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select unit_id as "unit: UnitId" from unit where code = $1"#,
        code
    )
    .fetch_optional(connection)
    .await?)
}

/// Writes down how many officials a unit has; whether there is such a unit. One of few is never told
/// by itself in what is published.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn set_officials(
    connection: &mut PgConnection,
    code: &str,
    officials: i16,
) -> Result<bool, AppError> {
    let done = sqlx::query!(
        "update unit set officials = $2 where code = $1",
        code,
        officials
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Official short names of the procedures in force on `on`, field by field, in the order of the
/// Vietnamese alphabet.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn procedures(connection: &mut PgConnection, on: Date) -> Result<Vec<String>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select name from procedure_catalogue
        where valid_from <= $1 and (valid_to is null or valid_to > $1)
        order by field, name collate "vi-x-icu""#,
        on
    )
    .fetch_all(connection)
    .await?)
}

/// The newest name of a procedure; `None` if the catalogue has no such code.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn procedure_name(
    connection: &mut PgConnection,
    code: &str,
) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "select name from procedure_catalogue where code = $1
        order by valid_from desc limit 1",
        code
    )
    .fetch_optional(connection)
    .await?)
}

/// The bodies a case may be forwarded to.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn external_bodies(
    connection: &mut PgConnection,
) -> Result<Vec<(ExternalBodyId, String)>, AppError> {
    let bodies = sqlx::query!(
        r#"select external_body_id as "id: ExternalBodyId", name from external_body
        order by external_body_id"#
    )
    .fetch_all(connection)
    .await?;
    Ok(bodies.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The name of a body outside the department; `None` if there is none with this id.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn external_body_name(
    connection: &mut PgConnection,
    body: ExternalBodyId,
) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "select name from external_body where external_body_id = $1",
        body as ExternalBodyId
    )
    .fetch_optional(connection)
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
pub async fn calendar(connection: &mut PgConnection) -> Result<Calendar, AppError> {
    calendar_of(connection, None).await
}

/// The calendar of a version, by which a deadline was counted that is to be explained; the newest
/// where none is known.
///
/// # Errors
/// [`AppError::NotFound`] if there is none.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn calendar_of(
    connection: &mut PgConnection,
    version: Option<i16>,
) -> Result<Calendar, AppError> {
    let version = sqlx::query_scalar!(
        "select version from calendar_version where version = coalesce($1, version)
        order by version desc limit 1",
        version
    )
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
