//! The first contents of the directory, from the tables in `directory/data`. What existing rows say
//! stays unchanged; what earlier versions did not know of them is filled in.

use crate::case::{ServiceLevel, fold};
use anyhow::Context as _;
use csv::StringRecord;
use sqlx::PgConnection;
use time::{Date, macros::format_description};

const AGENCY: &str = include_str!("../data/agency.csv");
const UNITS: &str = include_str!("../data/units.csv");
const WARDS: &str = include_str!("../data/wards.csv");
const PROCEDURES: &str = include_str!("../data/procedures.csv");
const HOLIDAYS: &str = include_str!("../data/holidays.csv");
const SERVICE_LEVELS: &str = include_str!("../data/service_levels.csv");
const EXTERNAL_BODIES: &str = include_str!("../data/external_bodies.csv");
const PRIVACY_NOTICE: &str = include_str!("../data/privacy_notice_1.txt");

/// Law 91/2025/QH15 is in force from here; calendar and notice of version 1 as well.
const FIRST_DAY: Date = time::macros::date!(2026 - 01 - 01);

/// Fills in what is missing of the directory, over an owner's connection, in one transaction. Doing
/// it again changes nothing.
///
/// # Errors
/// If a row of these tables is malformed or the database refuses it.
pub async fn seed(connection: &mut PgConnection) -> anyhow::Result<()> {
    let mut tx = sqlx::Connection::begin(connection).await?;
    seed_agency(&mut tx).await?;
    seed_units(&mut tx).await?;
    seed_wards(&mut tx).await?;
    seed_procedures(&mut tx).await?;
    seed_calendar(&mut tx).await?;
    seed_rules(&mut tx).await?;
    tx.commit().await?;
    Ok(())
}

async fn seed_agency(connection: &mut PgConnection) -> anyhow::Result<()> {
    for row in rows(AGENCY)? {
        sqlx::query!(
            "insert into agency
                (name, short_name, address, hotline, email, hours, pollution_hotline)
            values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
            &row[0],
            &row[1],
            &row[2],
            &row[3],
            &row[4],
            &row[5],
            &row[6]
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn seed_units(connection: &mut PgConnection) -> anyhow::Result<()> {
    for row in rows(UNITS)? {
        sqlx::query!(
            "insert into unit
                (code, name, short_name, kind, parent_id, search_key, valid_from, valid_to)
            select $1, $2, $3, $4, (select unit_id from unit where code = $5), $6, $7, $8
            where not exists (select from unit where code = $1)",
            &row[0],
            &row[1],
            &row[2],
            &row[3],
            &row[4],
            fold(&row[1]),
            day(&row[5])?,
            optional_day(&row[6])?
        )
        .execute(&mut *connection)
        .await?;
        // a unit of an earlier version has none; one that was renamed keeps its own
        sqlx::query!(
            "update unit set short_name = $3 where code = $1 and name = $2 and short_name is null",
            &row[0],
            &row[1],
            &row[2]
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn seed_wards(connection: &mut PgConnection) -> anyhow::Result<()> {
    for row in rows(WARDS)? {
        sqlx::query!(
            "insert into ward (code, name, former_province, search_key) values ($1, $2, $3, $4)
            on conflict do nothing",
            &row[0],
            &row[1],
            &row[2],
            fold(&format!("{} {}", &row[1], &row[3]))
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn seed_procedures(connection: &mut PgConnection) -> anyhow::Result<()> {
    for row in rows(PROCEDURES)? {
        sqlx::query!(
            "insert into procedure_catalogue
                (code, name, field, valid_from, valid_to)
            values ($1, $2, $3, $4, $5) on conflict do nothing",
            &row[0],
            &row[1],
            &row[2],
            day(&row[5])?,
            optional_day(&row[6])?
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Version 1 of the calendar is never touched again: deadlines remember it.
async fn seed_calendar(connection: &mut PgConnection) -> anyhow::Result<()> {
    let made = sqlx::query!(
        "insert into calendar_version (version, adopted_on, note) values (1, $1, $2)
        on conflict do nothing",
        FIRST_DAY,
        "Lịch ban đầu; các ngày tạm tính và chưa xác nhận được đánh dấu"
    )
    .execute(&mut *connection)
    .await?;
    if made.rows_affected() == 0 {
        return Ok(());
    }
    for row in rows(HOLIDAYS)? {
        sqlx::query!(
            "insert into calendar_day (version, day, kind, name, provisional)
            values (1, $1, $2, $3, $4)",
            day(&row[0])?,
            &row[1],
            &row[2],
            row[4].parse::<bool>()?
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn seed_rules(connection: &mut PgConnection) -> anyhow::Result<()> {
    for row in rows(SERVICE_LEVELS)? {
        let level = ServiceLevel::from_code(&row[0])
            .with_context(|| format!("unknown service level {}", &row[0]))?;
        sqlx::query!(
            "insert into service_level (key, working_days, basis, valid_from, valid_to)
            values ($1, $2, $3, $4, $5) on conflict do nothing",
            level.code(),
            row[1].parse::<i16>()?,
            &row[2],
            day(&row[3])?,
            optional_day(&row[4])?
        )
        .execute(&mut *connection)
        .await?;
    }
    for row in rows(EXTERNAL_BODIES)? {
        sqlx::query!(
            "insert into external_body (name) select $1
            where not exists (select from external_body where name = $1)",
            &row[0]
        )
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query!(
        "insert into privacy_notice (version, effective_from, text) values (1, $1, $2)
        on conflict do nothing",
        FIRST_DAY,
        PRIVACY_NOTICE.trim()
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn rows(table: &'static str) -> Result<Vec<StringRecord>, csv::Error> {
    csv::Reader::from_reader(table.as_bytes())
        .into_records()
        .collect()
}

fn day(text: &str) -> Result<Date, time::error::Parse> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
}

fn optional_day(text: &str) -> Result<Option<Date>, time::error::Parse> {
    if text.is_empty() {
        Ok(None)
    } else {
        day(text).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_level_has_its_days() {
        let seeded: Vec<_> = rows(SERVICE_LEVELS)
            .unwrap()
            .iter()
            .map(|row| ServiceLevel::from_code(&row[0]))
            .collect();
        let all: Vec<_> = ServiceLevel::ALL.iter().copied().map(Some).collect();
        assert_eq!(seeded, all);
    }
}
