//! The register of a period: every case that the reader may see, without the name of who spoke. What
//! it is about is told to those who may read the original; that they took it is in the audit log.

use super::{period::Period, sheet::RegisterRow};
use crate::{
    accounts::ssr::authority::Authority,
    calendar::day_month_year,
    case::{BodyField, CaseId, Channel, Finding, Kind, Status},
    error::{AppError, FieldErrors},
    platform::AppState,
    records::{AuditAction, AuditEntry, Bodies, audit, texts_of_many},
    rights::Permission,
};
use serde_json::json;
use sqlx::PgConnection;
use std::collections::HashMap;
use time::Date;

/// The longest register of one download.
const LONGEST: i64 = 20_000;

struct Entry {
    case_id: CaseId,
    register_no: i64,
    number: String,
    received_on: Date,
    channel: Channel,
    kind: Kind,
    unit: Option<String>,
    due_on: Option<Date>,
    answered_on: Option<Date>,
    status: Status,
    finding: Option<Finding>,
}

/// The rows of the register, by day of receipt.
///
/// # Errors
/// [`AppError::Invalid`] if there are too many, [`AppError::Unavailable`] if the database is
/// unreachable.
pub(super) async fn rows(
    state: &AppState,
    authority: &Authority,
    period: &Period,
) -> Result<Vec<RegisterRow>, AppError> {
    authority.require(Permission::SeeAllCases)?;
    let mut tx = authority.begin(&state.db).await?;
    let entries = entries(&mut tx, period).await?;
    if entries.len() as i64 > LONGEST {
        let why = "Kỳ này có quá nhiều hồ sơ cho một tệp. Vui lòng chọn kỳ ngắn hơn.";
        return Err(FieldErrors::at("ky", why).into());
    }
    let reads = authority.scope().reads_original();
    let taken = json!({ "ky": period.code, "so_ho_so": entries.len(), "noi_dung": reads });
    let action = AuditAction::RegisterTaken;
    let entry = AuditEntry::by(authority.staff_id(), action, state.clock.now());
    audit(&mut tx, entry.with(taken)).await?;
    let matters = match reads {
        true => matters(&mut tx, state, &entries).await?,
        false => HashMap::new(),
    };
    // that the words were read is written before they leave
    tx.commit().await?;
    let row = |entry: Entry| {
        let matter = matters.get(&entry.case_id).cloned();
        line(entry, matter.unwrap_or_default())
    };
    Ok(entries.into_iter().map(row).collect())
}

async fn entries(tx: &mut PgConnection, period: &Period) -> Result<Vec<Entry>, AppError> {
    let entries = sqlx::query_as!(
        Entry,
        r#"select c.case_id as "case_id: CaseId", c.register_no, c.number, c.received_on,
            c.channel as "channel: Channel", c.kind as "kind: Kind", u.name as "unit?", c.due_on,
            c.answered_on, c.status as "status: Status", c.finding as "finding: Finding"
        from feedback_case c left join unit u on u.unit_id = c.assigned_unit_id
        where c.received_on between $1 and $2 and c.secrecy <> 'to_cao'
        order by c.received_on, c.register_no limit $3"#,
        period.first_day,
        period.last_day,
        LONGEST + 1
    )
    .fetch_all(tx)
    .await?;
    Ok(entries)
}

async fn matters(
    tx: &mut PgConnection,
    state: &AppState,
    entries: &[Entry],
) -> Result<HashMap<CaseId, String>, AppError> {
    let asked = entries.iter();
    let asked: Vec<_> = asked
        .map(|entry| (entry.case_id, BodyField::Original))
        .collect();
    let texts = texts_of_many(tx, &state.vault, &asked).await?;
    let told = texts
        .into_iter()
        .filter_map(|(case, bodies): (CaseId, Bodies)| {
            let content = bodies.content().ok().flatten()?;
            Some((case, content.matter()))
        });
    Ok(told.collect())
}

fn line(entry: Entry, matter: String) -> RegisterRow {
    let day = |day: Option<Date>| day.map(day_month_year).unwrap_or_default();
    let result = match entry.finding {
        Some(finding) => finding.label(),
        None => entry.status.label(),
    };
    [
        entry.register_no.to_string(),
        entry.number,
        day_month_year(entry.received_on),
        entry.channel.label().to_owned(),
        // names are sealed; nobody opens them for a list
        "Được niêm phong".to_owned(),
        matter,
        entry.kind.label().to_owned(),
        entry.unit.unwrap_or_default(),
        day(entry.due_on),
        day(entry.answered_on),
        result.to_owned(),
    ]
}
