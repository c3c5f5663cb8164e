//! What is stored of one case, read and opened for its reporter.

use super::{open_text, words};
use crate::{
    case::{Action, CaseId, ServiceLevel, Status, Story},
    error::AppError,
    platform::vault::{CaseKey, SealContext},
    track::view::Words,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The row of the case.
pub(super) struct Facts {
    pub(super) number: String,
    pub(super) kind: String,
    pub(super) status: Status,
    pub(super) is_lead: bool,
    pub(super) is_denunciation: bool,
    pub(super) received_on: Date,
    pub(super) due_on: Option<Date>,
    pub(super) due_rule: Option<ServiceLevel>,
    pub(super) answered_on: Option<Date>,
    pub(super) reopened: bool,
    pub(super) satisfaction: Option<i16>,
    pub(super) unit: Option<String>,
}

/// Reads the row of the case.
pub(super) async fn facts(tx: &mut PgConnection, case: CaseId) -> Result<Facts, AppError> {
    let row = sqlx::query!(
        r#"select c.number, c.kind, c.status, c.is_lead, c.secrecy, c.received_on, c.due_on, c.due_rule, c.answered_on, c.reopened,
             c.satisfaction, u.name as "unit?"
         from feedback_case c left join unit u on u.unit_id = c.assigned_unit_id where c.case_id = $1"#,
        Uuid::from_u128(case.0)
    )
    .fetch_one(tx)
    .await?;
    Ok(Facts {
        number: row.number,
        kind: row.kind,
        status: Status::from_code(&row.status).ok_or(AppError::Internal)?,
        is_lead: row.is_lead,
        is_denunciation: row.secrecy == "to_cao",
        received_on: row.received_on,
        due_on: row.due_on,
        due_rule: row.due_rule.as_deref().and_then(ServiceLevel::from_code),
        answered_on: row.answered_on,
        reopened: row.reopened,
        satisfaction: row.satisfaction,
        unit: row.unit,
    })
}

/// One event; `text` is "" where its words are not for the reporter.
pub(super) struct Event {
    pub(super) at: OffsetDateTime,
    pub(super) kind: String,
    pub(super) by_staff: bool,
    pub(super) role: Option<String>,
    pub(super) rating: Option<i16>,
    pub(super) reason: String,
    pub(super) text: String,
}

/// Every event, oldest first.
pub(super) async fn events(
    tx: &mut PgConnection,
    case: CaseId,
    key: &CaseKey,
) -> Result<Vec<Event>, AppError> {
    let rows = sqlx::query!(
        r#"select at, kind, staff_id is not null as "by_staff!", role, case when kind = 'danh_gia' then (data->>'muc')::smallint end as rating,
             coalesce(data->>'ly_do', data->>'reason', '') as "reason!", sealed
         from case_event where case_id = $1 order by event_id"#,
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    let mut events = Vec::with_capacity(rows.len());
    for row in rows {
        // words are opened only where the reporter may read them
        let text = match (told_of(&row.kind), &row.sealed) {
            (Some(field), Some(sealed)) => open_text(
                key,
                SealContext {
                    table: "case_event",
                    row: case.0,
                    field,
                },
                sealed,
            )?,
            _ => String::new(),
        };
        let (at, kind, by_staff, role, rating, reason) = (
            row.at,
            row.kind,
            row.by_staff,
            row.role,
            row.rating,
            row.reason,
        );
        events.push(Event {
            at,
            kind,
            by_staff,
            role,
            rating,
            reason,
            text,
        });
    }
    Ok(events)
}

/// The kinds of events whose words were written for the reporter or by them.
fn told_of(kind: &str) -> Option<&'static str> {
    [
        Action::RequestInfo,
        Action::Reopen,
        Action::ProposeRefusal,
        Action::ApproveRefusal,
        Action::ApproveForward,
        Action::Redirect,
    ]
    .into_iter()
    .map(Action::code)
    .find(|code| *code == kind)
}

/// The name of a file and the message it came with; without one it came with the case.
pub(super) struct FileName {
    pub(super) message: Option<Uuid>,
    pub(super) name: String,
}

/// The names of all files.
pub(super) async fn files(
    tx: &mut PgConnection,
    case: CaseId,
    key: &CaseKey,
) -> Result<Vec<FileName>, AppError> {
    let rows = sqlx::query!(
        "select attachment_id, message_id, sealed_name from attachment where case_id = $1 order by position, attachment_id",
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let place = SealContext {
                table: "attachment",
                row: row.attachment_id.as_u128(),
                field: "name",
            };
            Ok(FileName {
                message: row.message_id,
                name: open_text(key, place, &row.sealed_name)?,
            })
        })
        .collect()
}

/// The names of the files of one message, or of the case itself.
pub(super) fn names_of(files: &[FileName], message: Option<Uuid>) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.message == message)
        .map(|file| file.name.clone())
        .collect()
}

/// What was sent, and the answer once it is one.
pub(super) async fn texts(
    tx: &mut PgConnection,
    case: CaseId,
    key: &CaseKey,
    status: Status,
) -> Result<(Story, String), AppError> {
    let rows = sqlx::query!(
        "select field, sealed from case_body where case_id = $1 and field in ('original', 'reply')",
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    let open = |field: &'static str| {
        let sealed = rows
            .iter()
            .find(|row| row.field == field)
            .map(|row| &row.sealed);
        sealed.map_or(Ok(String::new()), |sealed| {
            open_text(
                key,
                SealContext {
                    table: "case_body",
                    row: case.0,
                    field,
                },
                sealed,
            )
        })
    };
    let story = serde_json::from_str(&open("original")?).map_err(|_| AppError::Internal)?;
    // until it is approved the reply is a draft of the department
    let reply = if matches!(status, Status::Answered | Status::Closed) {
        open("reply")?
    } else {
        String::new()
    };
    Ok((story, reply))
}

/// The conversation, oldest first; notes among staff are not read.
pub(super) async fn messages(
    tx: &mut PgConnection,
    case: CaseId,
    key: &CaseKey,
    files: &[FileName],
) -> Result<Vec<Words>, AppError> {
    let rows = sqlx::query!(
        "select message_id, direction, at, sealed from case_message where case_id = $1 and direction in ('in', 'out') order by at, message_id",
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let place = SealContext {
                table: "case_message",
                row: row.message_id.as_u128(),
                field: "text",
            };
            Ok(Words {
                ours: row.direction == "out",
                when: words::moment(row.at),
                text: open_text(key, place, &row.sealed)?,
                files: names_of(files, Some(row.message_id)),
            })
        })
        .collect()
}

/// When the identity was opened, newest first, one sentence each.
pub(super) async fn openings(tx: &mut PgConnection, case: CaseId) -> Result<Vec<String>, AppError> {
    let opened = sqlx::query_scalar!(
        r#"select opened_at as "at!" from identity_opening where case_id = $1 and opened_at is not null order by opened_at desc"#,
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    Ok(opened
        .into_iter()
        .map(|at| {
            format!(
                "Danh tính của Ông/Bà đã được một lãnh đạo mở vào {}.",
                words::moment(at)
            )
        })
        .collect())
}

/// The body a forwarded case went to, by the id its event carries.
pub(super) async fn forwarded_to(
    tx: &mut PgConnection,
    case: CaseId,
) -> Result<Option<String>, AppError> {
    let kinds = [
        Action::ApproveForward.code().to_owned(),
        Action::ProposeForward.code().to_owned(),
    ];
    Ok(sqlx::query_scalar!(
        "select b.name from case_event e
         join external_body b on b.external_body_id::text = coalesce(e.data->>'co_quan', e.data->>'external_body_id', e.data->>'body')
         where e.case_id = $1 and e.kind = any($2) order by e.event_id desc limit 1",
        Uuid::from_u128(case.0),
        &kinds
    )
    .fetch_optional(tx)
    .await?)
}
