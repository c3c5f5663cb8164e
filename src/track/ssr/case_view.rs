//! One case as its reporter sees it: one transaction, one view model.

use super::{
    begin, case_key,
    records::{
        Event, Facts, events, facts, files, forwarded_to, messages, names_of, openings, texts,
    },
    session,
    words::{self, Count, Standing},
};
use crate::{
    calendar::{Calendar, day_month_year, weekday_date},
    case::{Action, CaseId, Kind, ServiceLevel, Status, Story},
    error::AppError,
    platform::{
        AppState,
        clock::{VIETNAM, random_bytes},
    },
    track::{
        form::rating_label,
        view::{CaseView, Ending, May},
    },
    ui::TimelineItem,
};
use sqlx::PgConnection;
use time::Date;

/// The case of the current request's session.
///
/// # Errors
/// [`AppError::SignInRequired`] without a live session, [`AppError::Unavailable`] where the database is away.
pub async fn follow(state: &AppState) -> Result<CaseView, AppError> {
    let parts =
        leptos::prelude::use_context::<axum::http::request::Parts>().ok_or(AppError::Internal)?;
    let case = session::current(state, &parts.headers)
        .await?
        .ok_or(AppError::SignInRequired)?;
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
        rated: facts
            .satisfaction
            .and_then(rating_label)
            .unwrap_or_default()
            .to_owned(),
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

fn last(events: &[Event], action: Action) -> Option<&Event> {
    events
        .iter()
        .rev()
        .find(|event| event.kind == action.code())
}

fn day_of(event: &Event) -> Date {
    event.at.to_offset(VIETNAM).date()
}

#[derive(Default)]
struct ClockWords {
    why: String,
    supplement_by: Option<Date>,
}

async fn clock(
    tx: &mut PgConnection,
    facts: &Facts,
    events: &[Event],
) -> Result<ClockWords, AppError> {
    if !facts.status.is_open() {
        return Ok(ClockWords::default());
    }
    let calendar = crate::directory::ssr::calendar(&mut *tx).await?;
    let supplement_by =
        match last(events, Action::RequestInfo).filter(|_| facts.status == Status::AwaitingInfo) {
            Some(event) => {
                let days = crate::directory::ssr::service_level(
                    &mut *tx,
                    ServiceLevel::Supplement,
                    day_of(event),
                )
                .await?;
                Some(calendar.add_working_days(day_of(event), days))
            }
            None => None,
        };
    Ok(ClockWords {
        why: explain(tx, facts, events, &calendar).await?,
        supplement_by,
    })
}

async fn explain(
    tx: &mut PgConnection,
    facts: &Facts,
    events: &[Event],
    calendar: &Calendar,
) -> Result<String, AppError> {
    let (Some(due_on), Some(rule)) = (facts.due_on, facts.due_rule) else {
        return Ok(String::new());
    };
    let reopened_on = last(events, Action::Reopen)
        .filter(|_| facts.reopened)
        .map(day_of);
    let days =
        crate::directory::ssr::service_level(tx, rule, reopened_on.unwrap_or(facts.received_on))
            .await?;
    let supplemented = last(events, Action::Supplement).is_some();
    Ok(words::why(&Count {
        calendar,
        received_on: facts.received_on,
        due_on,
        days,
        reopened_on,
        supplemented,
    }))
}

fn asked(facts: &Facts, events: &[Event]) -> String {
    let event = last(events, Action::RequestInfo).filter(|_| facts.status == Status::AwaitingInfo);
    event.map(|event| event.text.clone()).unwrap_or_default()
}

fn ending(status: Status, events: &[Event], forwarded_to: Option<String>) -> Option<Ending> {
    let text = |action| {
        last(events, action)
            .map(|event| event.text.clone())
            .unwrap_or_default()
    };
    Some(match status {
        Status::Refused => {
            let mut steps =
                events.iter().rev().filter(|e| [Action::ApproveRefusal, Action::ProposeRefusal].iter().any(|a| a.code() == e.kind));
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
            detail: if event.kind == Action::Reopen.code() {
                event.text.clone()
            } else {
                String::new()
            },
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
    let kind = Kind::from_code(&facts.kind)
        .map(Kind::label)
        .unwrap_or_default();
    let mut list = vec![
        ("Loại", kind.to_owned()),
        ("Ngày Sở nhận", weekday_date(facts.received_on)),
    ];
    // who looks into a denunciation is told to nobody
    if let Some(unit) = facts.unit.as_ref().filter(|_| !facts.is_denunciation) {
        list.push(("Đơn vị xử lý", unit.clone()));
    }
    if let Some(day) = facts.answered_on {
        list.push(("Ngày trả lời", day_month_year(day)));
    }
    list.into_iter()
        .map(|(label, value)| (label.to_owned(), value))
        .collect()
}

fn may(facts: &Facts) -> May {
    let can = |action| facts.status.after(action).is_some();
    May {
        write: can(Action::Message) || can(Action::Supplement),
        supplement: can(Action::Supplement),
        withdraw: can(Action::Withdraw),
        rate: facts.satisfaction.is_none()
            && matches!(facts.status, Status::Answered | Status::Closed),
        reopen: can(Action::Reopen) && !facts.reopened,
    }
}

fn key_of_this_page() -> String {
    random_bytes::<16>()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
