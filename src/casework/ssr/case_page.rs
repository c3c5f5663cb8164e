//! Reading one case, as far as the reader may. Reading the original words leaves a row in the audit log.

use super::{
    action_choices::offers,
    format::{file_about, moment, story_facts},
    transition::{case_key, opened},
};
use crate::{
    accounts::ssr::{authority::Authority, session},
    calendar::{Calendar, Deadline, day_month_year},
    case::{
        CaseId, CaseNumber, Channel, Finding, Kind, Reason, Secrecy, ServiceLevel, Status, Story,
    },
    casework::{
        actions::allowed::{Standing, permitted},
        case_page::{
            deadline::Clocked,
            sentences,
            view::{CaseFile, Fact, FileLink, Said, Words},
        },
    },
    directory,
    error::AppError,
    identity,
    platform::{
        AppState,
        vault::{CaseKey, SealContext},
    },
    ui::{Due, TimelineItem},
};
use sqlx::PgConnection;
use time::Date;
use uuid::Uuid;

/// The row of a case with the names that belong to it.
pub struct Row {
    pub(super) case_id: Uuid,
    number: String,
    register_no: i64,
    pub(super) kind: String,
    pub(super) reasons: Vec<String>,
    channel: String,
    status: String,
    pub(super) secrecy: String,
    is_lead: bool,
    pub(super) concerned_unit_id: Option<i16>,
    received_on: Date,
    due_on: Option<Date>,
    due_rule: Option<String>,
    paused_on: Option<Date>,
    supplement_asked: bool,
    proposal: Option<String>,
    proposed_by: Option<Uuid>,
    finding: Option<String>,
    answered_on: Option<Date>,
    concerned: Option<String>,
    assigned: Option<String>,
    handler: Option<String>,
    recorder: Option<String>,
}

/// One case as `authority` may see it.
///
/// # Errors
/// [`AppError::NotFound`] where there is none for this person.
pub async fn case_file(
    state: &AppState,
    authority: &Authority,
    number: &str,
) -> Result<CaseFile, AppError> {
    let number = CaseNumber::parse(number).ok_or(AppError::NotFound)?;
    let mut tx = authority.begin(&state.db).await?;
    let row = row(&mut tx, number.as_str()).await?;
    let case = CaseId(row.case_id.as_u128());
    let key = case_key(&mut tx, state, case).await?;
    let bodies = bodies(&mut tx, &key, case).await?;
    let body = |field: &str| {
        bodies
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, text)| text.clone())
    };
    if body("original").is_some() {
        audit(&mut tx, state, authority, "doc_noi_dung", row.case_id).await?;
    }
    let open = may_read_along(authority, &row.secrecy);
    let mut said = said(&mut tx, &key, case).await?;
    let notes = said
        .extract_if(.., |(direction, _)| direction == "note")
        .map(|(_, said)| said)
        .collect();
    let (seen, timeline) = events(&mut tx, &key, case, open).await?;
    let calendar = directory::ssr::calendar(&mut tx).await?;
    let (due, due_why) = due(&mut tx, &row, &calendar, state.clock.today()).await?;
    let file = CaseFile {
        viewer: session::viewer(authority.staff()),
        seen,
        kind: Kind::from_code(&row.kind).ok_or(AppError::Internal)?,
        status: Status::from_code(&row.status).ok_or(AppError::Internal)?,
        facts: facts(&row),
        extract: if body("original").is_some() {
            body("extract").unwrap_or_default()
        } else {
            String::new()
        },
        words: words(body("original"), body("extract"))?,
        finding: row.finding.as_deref().and_then(Finding::from_code),
        measures: body("finding").unwrap_or_default(),
        reply: body("reply").unwrap_or_default(),
        files: if open {
            Some(files(&mut tx, &key, row.case_id).await?)
        } else {
            None
        },
        conversation: open.then(|| said.into_iter().map(|(_, said)| said).collect()),
        notes,
        timeline,
        due,
        due_why,
        proposal: proposal(row.proposal.as_deref()).to_owned(),
        actions: actions(&row, authority),
        offers: offers(&mut tx, &row).await?,
        opening: identity::ssr::store::view(state, &mut tx, authority, case).await?,
        register_no: row.register_no,
        number: row.number,
    };
    tx.commit().await?;
    Ok(file)
}

/// Files and messages are the submitter's own words: whoever may not read the original sees them only where no identity is to be kept.
pub fn may_read_along(authority: &Authority, secrecy: &str) -> bool {
    authority.scope().reads_original() || secrecy == Secrecy::Ordinary.code()
}

/// Notes that a member of staff has read something of a case.
///
/// # Errors
/// [`AppError::Unavailable`] where the database is away: nothing may be shown then.
pub async fn audit(
    tx: &mut PgConnection,
    state: &AppState,
    authority: &Authority,
    action: &str,
    case: Uuid,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into audit_log (at, staff_id, action, case_id) values ($1, $2, $3, $4)",
        state.clock.now(),
        Uuid::from_u128(authority.staff_id().0),
        action,
        case
    )
    .execute(tx)
    .await?;
    Ok(())
}

async fn row(tx: &mut PgConnection, number: &str) -> Result<Row, AppError> {
    Ok(sqlx::query_as!(
        Row,
        r#"select c.case_id as "case_id!", c.number as "number!", c.register_no as "register_no!", c.kind as "kind!", c.reasons as "reasons!",
            c.channel as "channel!", c.status as "status!", c.secrecy as "secrecy!", c.is_lead as "is_lead!", c.concerned_unit_id,
            c.received_on as "received_on!", c.due_on, c.due_rule, c.paused_on, c.supplement_asked as "supplement_asked!", c.proposal, c.proposed_by, c.finding, c.answered_on,
            u.name as "concerned?", a.name as "assigned?", h.display_name as "handler?", r.display_name as "recorder?"
        from feedback_case c left join unit u on u.unit_id = c.concerned_unit_id left join unit a on a.unit_id = c.assigned_unit_id
            left join staff h on h.staff_id = c.handler_id left join staff r on r.staff_id = c.created_by
        where c.number = $1"#,
        number
    )
    .fetch_one(tx)
    .await?)
}

/// The sealed texts that row security lets this person have, opened.
async fn bodies(
    tx: &mut PgConnection,
    key: &CaseKey,
    case: CaseId,
) -> Result<Vec<(String, String)>, AppError> {
    let rows = sqlx::query!(
        "select field, sealed from case_body where case_id = $1",
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    let open = |field: &'static str, sealed: &[u8]| {
        opened(
            key,
            SealContext {
                table: "case_body",
                row: case.0,
                field,
            },
            sealed,
        )
    };
    rows.into_iter()
        .filter_map(|row| {
            ["original", "extract", "finding", "reply"]
                .into_iter()
                .find(|field| *field == row.field)
                .map(|field| (field, row.sealed))
        })
        .map(|(field, sealed)| Ok((field.to_owned(), open(field, &sealed)?)))
        .collect()
}

fn words(original: Option<String>, extract: Option<String>) -> Result<Words, AppError> {
    Ok(match (original, extract) {
        (Some(json), _) => {
            let story: Story = serde_json::from_str(&json).map_err(|_| AppError::Internal)?;
            Words::Original(story_facts(story))
        }
        (None, Some(extract)) => Words::Extract(extract),
        (None, None) => Words::Sealed,
    })
}

async fn said(
    tx: &mut PgConnection,
    key: &CaseKey,
    case: CaseId,
) -> Result<Vec<(String, Said)>, AppError> {
    let rows = sqlx::query!(
        r#"select m.message_id as "message_id!", m.direction as "direction!", m.at as "at!", m.sealed as "sealed!", s.display_name as "who?" from case_message m left join staff s using (staff_id)
        where m.case_id = $1 order by m.at"#,
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let incoming = row.direction == "in";
            let place = SealContext {
                table: "case_message",
                row: row.message_id.as_u128(),
                field: "text",
            };
            let who = if incoming {
                "Người phản ánh".to_owned()
            } else {
                row.who.unwrap_or_default()
            };
            Ok((
                row.direction,
                Said {
                    when: moment(row.at),
                    who,
                    incoming,
                    text: opened(key, place, &row.sealed)?,
                },
            ))
        })
        .collect()
}

async fn files(
    tx: &mut PgConnection,
    key: &CaseKey,
    case: Uuid,
) -> Result<Vec<FileLink>, AppError> {
    let rows = sqlx::query!(
        "select attachment_id, media_type, size_bytes, sealed_name from attachment where case_id = $1 order by message_id nulls first, position",
        case
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
            let href = format!("/quan-tri/tep/{}", row.attachment_id.simple());
            Ok(FileLink {
                href,
                name: opened(key, place, &row.sealed_name)?,
                about: file_about(&row.media_type, row.size_bytes),
            })
        })
        .collect()
}

/// The newest event's id and all of them as told, newest first. What a person wrote with one is shown to those who may read along.
async fn events(
    tx: &mut PgConnection,
    key: &CaseKey,
    case: CaseId,
    open: bool,
) -> Result<(i64, Vec<TimelineItem>), AppError> {
    let rows = sqlx::query!(
        r#"select e.event_id as "event_id!", e.at as "at!", e.kind as "kind!", e.role, e.data as "data!", e.sealed, s.display_name as "who?", u.name as "unit?", b.name as "body?"
        from case_event e left join staff s using (staff_id) left join unit u
                on u.unit_id = case when jsonb_typeof(e.data->'don_vi') = 'number' then (e.data->>'don_vi')::smallint end
            left join external_body b
                on b.external_body_id = case when jsonb_typeof(e.data->'co_quan') = 'number' then (e.data->>'co_quan')::smallint end
        where e.case_id = $1 order by e.event_id desc"#,
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    let seen = rows.first().map_or(0, |row| row.event_id);
    let items = rows.into_iter().map(|row| {
        let name = row
            .unit
            .or(row.body)
            .unwrap_or_else(|| crate::casework::ssr::format::event_name(&row.data));
        let detail = if open {
            row.sealed
                .map(|sealed| event_words(key, case, &row.kind, &sealed))
                .transpose()?
        } else {
            None
        };
        Ok(TimelineItem {
            when: moment(row.at),
            what: sentences::sentence(&row.kind, &name),
            who: crate::casework::ssr::format::person(row.who.as_deref(), row.role.as_deref()),
            detail: detail.flatten().unwrap_or_default(),
        })
    });
    Ok((seen, items.collect::<Result<_, AppError>>()?))
}

/// The words of an event. Kinds that carry none of ours stay closed.
fn event_words(
    key: &CaseKey,
    case: CaseId,
    kind: &str,
    sealed: &[u8],
) -> Result<Option<String>, AppError> {
    let Some(action) = crate::case::Action::from_code(kind) else {
        return Ok(None);
    };
    opened(
        key,
        SealContext {
            table: "case_event",
            row: case.0,
            field: action.code(),
        },
        sealed,
    )
    .map(Some)
}

fn facts(row: &Row) -> Vec<Fact> {
    let reasons = row
        .reasons
        .iter()
        .filter_map(|code| Reason::from_code(code))
        .map(|reason| reason.label)
        .collect::<Vec<_>>()
        .join("; ");
    let secrecy = Secrecy::from_code(&row.secrecy).map_or("", Secrecy::label);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let list = [
        ("Nhận ngày", day_month_year(row.received_on)),
        (
            "Kênh",
            Channel::from_code(&row.channel)
                .map_or("", Channel::label)
                .to_owned(),
        ),
        ("Người nhập", text(&row.recorder)),
        ("Lý do", reasons),
        (
            "Đơn vị được phản ánh",
            row.concerned
                .clone()
                .unwrap_or_else(|| "Không rõ".to_owned()),
        ),
        ("Đơn vị xử lý", text(&row.assigned)),
        ("Người giữ", text(&row.handler)),
        ("Mức bảo mật", secrecy.to_owned()),
        (
            "Ghi chú",
            if row.is_lead {
                "Thông tin tham khảo, không tính vào tỷ lệ xử lý".to_owned()
            } else {
                String::new()
            },
        ),
    ];
    list.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| Fact {
            label: label.to_owned(),
            value,
        })
        .collect()
}

fn proposal(code: Option<&str>) -> &'static str {
    match code {
        Some("tu_choi") => "Có đề xuất không tiếp nhận, chờ người thứ hai duyệt.",
        Some("chuyen_co_quan") => "Có đề xuất chuyển cơ quan khác, chờ lãnh đạo duyệt.",
        _ => "",
    }
}

fn actions(row: &Row, authority: &Authority) -> Vec<String> {
    let me = Uuid::from_u128(authority.staff_id().0);
    let standing = Standing {
        proposal: row.proposal.as_deref(),
        proposed_by_self: row.proposed_by == Some(me),
        supplement_asked: row.supplement_asked,
    };
    let Some(status) = Status::from_code(&row.status) else {
        return Vec::new();
    };
    permitted(status, standing, |right| authority.staff().may(right))
        .into_iter()
        .map(|action| action.code().to_owned())
        .collect()
}

async fn due(
    tx: &mut PgConnection,
    row: &Row,
    calendar: &Calendar,
    today: Date,
) -> Result<(Option<Due>, String), AppError> {
    let (Some(due_on), Some(status), Some(kind)) = (
        row.due_on,
        Status::from_code(&row.status),
        Kind::from_code(&row.kind),
    ) else {
        return Ok((None, "Thông tin tham khảo không tính thời hạn.".to_owned()));
    };
    let level = row
        .due_rule
        .as_deref()
        .and_then(ServiceLevel::from_code)
        .unwrap_or(kind.service_level());
    let days = directory::ssr::service_level(tx, level, row.received_on).await?;
    let counted = Deadline::count(calendar, row.received_on, days);
    let clocked = Clocked {
        status,
        due_on,
        paused_on: row.paused_on,
        answered_on: row.answered_on,
    };
    let paused = calendar.working_days_between(counted.due_on, due_on);
    let mut why = counted.explanation;
    if paused > 0 {
        why.push_str(&format!(
            " Cộng {paused:02} ngày làm việc tạm dừng chờ bổ sung."
        ));
    }
    Ok((Some(clocked.tell(calendar, today)), why))
}
