//! One case as its reporter sees it: one transaction, one view model.

use super::{
    begin, case_key, open_text, session,
    words::{self, Count, Standing},
};
use crate::{
    calendar::{Calendar, day_month_year, weekday_date},
    case::{Action, CaseId, Kind, Status, Story},
    error::AppError,
    server::{
        AppState,
        clock::{VIETNAM, random_bytes},
        vault::{CaseKey, Place},
    },
    track::{
        form::rating_label,
        view::{CaseView, Ending, May, Words},
    },
    ui::TimelineItem,
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// The case of the current request's session.
///
/// # Errors
/// [`AppError::SignInRequired`] without a live session, [`AppError::Unavailable`] where the database is away.
pub async fn follow(state: &AppState) -> Result<CaseView, AppError> {
    let parts = leptos::prelude::use_context::<axum::http::request::Parts>().ok_or(AppError::Internal)?;
    let case = session::current(state, &parts.headers).await?.ok_or(AppError::SignInRequired)?;
    read(state, case).await
}

async fn read(state: &AppState, case: CaseId) -> Result<CaseView, AppError> {
    let mut tx = begin(state, case).await?;
    let key = case_key(state, &mut tx, case).await?;
    let facts = facts(&mut tx, case).await?;
    let events = events(&mut tx, case, &key).await?;
    let files = files(&mut tx, case, &key).await?;
    let clock = clock(&mut tx, &facts, &events).await?;
    let (story, reply) = texts(&mut tx, case, &key, facts.status).await?;
    let messages = messages(&mut tx, case, &key, &files).await?;
    let openings = openings(&mut tx, case).await?;
    let forwarded_to = forwarded_to(&mut tx, case).await?;
    tx.commit().await?;
    let today = state.clock.today();
    Ok(CaseView {
        sentence: words::sentence(&Standing {
            status: facts.status,
            due_on: facts.due_on,
            supplement_by: clock.supplement_by,
            answered_on: facts.answered_on,
            is_lead: facts.is_lead,
            today,
        }),
        why: clock.why,
        is_lead: facts.is_lead,
        asked: asked(&facts, &events),
        ending: ending(facts.status, &events, forwarded_to),
        reply,
        rated: facts.satisfaction.and_then(rating_label).unwrap_or_default().to_owned(),
        words: messages,
        timeline: timeline(&events),
        story: told(story),
        files: names_of(&files, None),
        openings,
        may: may(&facts),
        key: key_of_this_page(),
        facts: listed(&facts),
        number: facts.number,
    })
}

struct Facts {
    number: String,
    kind: String,
    status: Status,
    is_lead: bool,
    is_denunciation: bool,
    received_on: Date,
    due_on: Option<Date>,
    due_rule: Option<String>,
    answered_on: Option<Date>,
    reopened: bool,
    satisfaction: Option<i16>,
    unit: Option<String>,
}

async fn facts(tx: &mut PgConnection, case: CaseId) -> Result<Facts, AppError> {
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
        due_rule: row.due_rule,
        answered_on: row.answered_on,
        reopened: row.reopened,
        satisfaction: row.satisfaction,
        unit: row.unit,
    })
}

struct Event {
    at: OffsetDateTime,
    kind: String,
    by_staff: bool,
    role: Option<String>,
    rating: Option<i16>,
    reason: String,
    text: String,
}

async fn events(tx: &mut PgConnection, case: CaseId, key: &CaseKey) -> Result<Vec<Event>, AppError> {
    let rows = sqlx::query!(
        r#"select at, kind, staff_id is not null as "by_staff!", role, (data->>'muc')::smallint as rating,
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
            (Some(field), Some(sealed)) => open_text(key, Place { table: "case_event", row: case.0, field }, sealed)?,
            _ => String::new(),
        };
        let (at, kind, by_staff, role, rating, reason) = (row.at, row.kind, row.by_staff, row.role, row.rating, row.reason);
        events.push(Event { at, kind, by_staff, role, rating, reason, text });
    }
    Ok(events)
}

/// The kinds of events whose words were written for the reporter or by them.
fn told_of(kind: &str) -> Option<&'static str> {
    [Action::RequestInfo, Action::Reopen, Action::ProposeRefusal, Action::ApproveRefusal, Action::ApproveForward, Action::Redirect]
        .into_iter()
        .map(Action::code)
        .find(|code| *code == kind)
}

fn last(events: &[Event], action: Action) -> Option<&Event> {
    events.iter().rev().find(|event| event.kind == action.code())
}

fn day_of(event: &Event) -> Date {
    event.at.to_offset(VIETNAM).date()
}

struct FileName {
    message: Option<Uuid>,
    name: String,
}

async fn files(tx: &mut PgConnection, case: CaseId, key: &CaseKey) -> Result<Vec<FileName>, AppError> {
    let rows = sqlx::query!(
        "select attachment_id, message_id, sealed_name from attachment where case_id = $1 order by position, attachment_id",
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let place = Place { table: "attachment", row: row.attachment_id.as_u128(), field: "name" };
            Ok(FileName { message: row.message_id, name: open_text(key, place, &row.sealed_name)? })
        })
        .collect()
}

fn names_of(files: &[FileName], message: Option<Uuid>) -> Vec<String> {
    files.iter().filter(|file| file.message == message).map(|file| file.name.clone()).collect()
}

#[derive(Default)]
struct ClockWords {
    why: String,
    supplement_by: Option<Date>,
}

async fn clock(tx: &mut PgConnection, facts: &Facts, events: &[Event]) -> Result<ClockWords, AppError> {
    if !facts.status.is_open() {
        return Ok(ClockWords::default());
    }
    let calendar = crate::directory::store::calendar(&mut *tx).await?;
    let supplement_by = match last(events, Action::RequestInfo).filter(|_| facts.status == Status::AwaitingInfo) {
        Some(event) => {
            let days = crate::directory::store::service_level(&mut *tx, "bo_sung", day_of(event)).await?;
            Some(calendar.add_working_days(day_of(event), days))
        }
        None => None,
    };
    Ok(ClockWords { why: explain(tx, facts, events, &calendar).await?, supplement_by })
}

async fn explain(tx: &mut PgConnection, facts: &Facts, events: &[Event], calendar: &Calendar) -> Result<String, AppError> {
    let (Some(due_on), Some(rule)) = (facts.due_on, facts.due_rule.as_deref()) else { return Ok(String::new()) };
    let reopened_on = last(events, Action::Reopen).filter(|_| facts.reopened).map(day_of);
    let days = crate::directory::store::service_level(tx, rule, reopened_on.unwrap_or(facts.received_on)).await?;
    let supplemented = last(events, Action::Supplement).is_some();
    Ok(words::why(&Count { calendar, received_on: facts.received_on, due_on, days, reopened_on, supplemented }))
}

async fn texts(tx: &mut PgConnection, case: CaseId, key: &CaseKey, status: Status) -> Result<(Story, String), AppError> {
    let rows = sqlx::query!(
        "select field, sealed from case_body where case_id = $1 and field in ('original', 'reply')",
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    let open = |field: &'static str| {
        let sealed = rows.iter().find(|row| row.field == field).map(|row| &row.sealed);
        sealed.map_or(Ok(String::new()), |sealed| open_text(key, Place { table: "case_body", row: case.0, field }, sealed))
    };
    let story = serde_json::from_str(&open("original")?).map_err(|_| AppError::Internal)?;
    // until it is approved the reply is a draft of the department
    let reply = if matches!(status, Status::Answered | Status::Closed) { open("reply")? } else { String::new() };
    Ok((story, reply))
}

async fn messages(tx: &mut PgConnection, case: CaseId, key: &CaseKey, files: &[FileName]) -> Result<Vec<Words>, AppError> {
    let rows = sqlx::query!(
        "select message_id, direction, at, sealed from case_message where case_id = $1 and direction in ('in', 'out') order by at, message_id",
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    rows.into_iter()
        .map(|row| {
            let place = Place { table: "case_message", row: row.message_id.as_u128(), field: "text" };
            Ok(Words {
                ours: row.direction == "out",
                when: words::moment(row.at),
                text: open_text(key, place, &row.sealed)?,
                files: names_of(files, Some(row.message_id)),
            })
        })
        .collect()
}

async fn openings(tx: &mut PgConnection, case: CaseId) -> Result<Vec<String>, AppError> {
    let opened = sqlx::query_scalar!(
        r#"select opened_at as "at!" from identity_opening where case_id = $1 and opened_at is not null order by opened_at desc"#,
        Uuid::from_u128(case.0)
    )
    .fetch_all(tx)
    .await?;
    Ok(opened.into_iter().map(|at| format!("Danh tính của Ông/Bà đã được một lãnh đạo mở vào {}.", words::moment(at))).collect())
}

/// The body a forwarded case went to, by the id its event carries.
async fn forwarded_to(tx: &mut PgConnection, case: CaseId) -> Result<Option<String>, AppError> {
    let kinds = [Action::ApproveForward.code().to_owned(), Action::ProposeForward.code().to_owned()];
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

fn asked(facts: &Facts, events: &[Event]) -> String {
    let event = last(events, Action::RequestInfo).filter(|_| facts.status == Status::AwaitingInfo);
    event.map(|event| event.text.clone()).unwrap_or_default()
}

fn ending(status: Status, events: &[Event], forwarded_to: Option<String>) -> Option<Ending> {
    let text = |action| last(events, action).map(|event| event.text.clone()).unwrap_or_default();
    Some(match status {
        Status::Refused => {
            let mut steps = events.iter().rev().filter(|e| [Action::ApproveRefusal, Action::ProposeRefusal].iter().any(|a| a.code() == e.kind));
            let code = steps.clone().find(|event| !event.reason.is_empty()).map(|event| event.reason.as_str()).unwrap_or_default();
            let (reason, door) = words::refusal(code);
            Ending {
                title: "Vì sao Sở không tiếp nhận".to_owned(),
                reason: reason.to_owned(),
                detail: steps.find(|event| !event.text.is_empty()).map(|event| event.text.clone()).unwrap_or_default(),
                door: door.to_owned(),
            }
        }
        Status::Forwarded => Ending {
            title: "Phản ánh đã được chuyển".to_owned(),
            reason: forwarded_to.map(|name| format!("Cơ quan giải quyết: {name}.")).unwrap_or_default(),
            detail: text(Action::ApproveForward),
            door: "Ông/Bà có thể hỏi kết quả tại cơ quan đó; khi có kết quả gửi về Sở, kết quả được ghi ở trang này.".to_owned(),
        },
        Status::Redirected => Ending {
            title: "Hướng dẫn khiếu nại, tố cáo".to_owned(),
            reason: "Nội dung Ông/Bà nêu được giải quyết theo Luật Khiếu nại hoặc Luật Tố cáo.".to_owned(),
            detail: text(Action::Redirect),
            door: "Vui lòng xem trang Hướng dẫn để biết nơi gửi và thời hạn.".to_owned(),
        },
        _ => return None,
    })
}

fn timeline(events: &[Event]) -> Vec<TimelineItem> {
    let item = |event: &Event| {
        Some(TimelineItem {
            when: words::moment(event.at),
            what: words::event(&event.kind, event.by_staff, event.rating)?,
            who: words::actor(event.by_staff, event.role.as_deref()),
            detail: if event.kind == Action::Reopen.code() { event.text.clone() } else { String::new() },
        })
    };
    events.iter().rev().filter_map(item).collect()
}

fn told(story: Story) -> Vec<(String, String)> {
    [
        ("Tiêu đề", story.title),
        ("Nội dung", story.content),
        ("Kiến nghị", story.proposal),
        ("Nơi xảy ra", story.place),
        ("Người được phản ánh", story.officer),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(label, text)| (label.to_owned(), text))
    .collect()
}

fn listed(facts: &Facts) -> Vec<(String, String)> {
    let kind = Kind::from_code(&facts.kind).map(Kind::label).unwrap_or_default();
    let mut list = vec![("Loại", kind.to_owned()), ("Ngày Sở nhận", weekday_date(facts.received_on))];
    // who looks into a denunciation is told to nobody
    if let Some(unit) = facts.unit.as_ref().filter(|_| !facts.is_denunciation) {
        list.push(("Đơn vị xử lý", unit.clone()));
    }
    if let Some(day) = facts.answered_on {
        list.push(("Ngày trả lời", day_month_year(day)));
    }
    list.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
}

fn may(facts: &Facts) -> May {
    let can = |action| facts.status.after(action).is_some();
    May {
        write: can(Action::Message) || can(Action::Supplement),
        supplement: can(Action::Supplement),
        withdraw: can(Action::Withdraw),
        rate: facts.satisfaction.is_none() && matches!(facts.status, Status::Answered | Status::Closed),
        reopen: can(Action::Reopen) && !facts.reopened,
    }
}

fn key_of_this_page() -> String {
    random_bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}
