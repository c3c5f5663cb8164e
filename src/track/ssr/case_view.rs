//! One case as its submitter sees it: one transaction, one view model.

use super::{
    answers::{Given, answers},
    begin, handlers, session,
    status_facts::{StatusFacts, status_facts},
    words::{self, StatusSentence},
};
use crate::{
    calendar::{Calendar, Counted, Passage, day_month_year, weekday_date},
    case::{
        Action, BodyField, CaseEvent, CaseId, Confidentiality, ContentReader, Direction, MessageId,
        Rating, Reason, Status,
    },
    error::AppError,
    platform::{
        AppState,
        clock::{VIETNAM, moment, random_id},
    },
    records::{AttachmentRecord, CaseRecord, MessageRecord, PublicEventRecord, note_opened},
    track::{
        form::MARK,
        view::{Ending, FollowedCase, May, Said},
    },
    ui::{BatonLeg, Due, FormState, TimelineItem},
};
use sqlx::PgConnection;
use time::Date;

/// The case of the current request's session.
///
/// # Errors
/// [`AppError::SignInRequired`] without a live session, [`AppError::Unavailable`] if the database
/// is unreachable.
pub(crate) async fn follow(state: &AppState) -> Result<FollowedCase, AppError> {
    let parts = leptos::prelude::use_context::<axum::http::request::Parts>();
    let parts = parts.ok_or(AppError::Internal)?;
    let case = session::current(state, &parts.headers).await?;
    let case = case.ok_or(AppError::SignInRequired)?;
    // a form of another case that came back is not shown on the page of this one
    let returned = FormState::returned();
    let mark = returned.as_ref().and_then(|form| form.value(MARK));
    if mark.is_some_and(|mark| mark != handlers::mark(state, case)) {
        return Err(AppError::SignInRequired);
    }
    read_case(state, case).await
}

#[tracing::instrument(skip_all, fields(case_id = %case))]
async fn read_case(state: &AppState, case: CaseId) -> Result<FollowedCase, AppError> {
    let mut tx = begin(state, case).await?;
    note_opened(&mut tx, &[case], None, state.clock.now()).await?;
    let record = CaseRecord::open(&mut tx, &state.vault, case).await?;
    let facts = status_facts(&mut tx, case).await?;
    let events = record.public_events(&mut tx).await?;
    let files = record.attachments(&mut tx).await?;
    let calendar = crate::directory::ssr::calendar(&mut tx).await?;
    let clock = clock(&mut tx, &facts, &events).await?;
    let fields = [BodyField::Original, BodyField::Reply, BodyField::FirstReply];
    let bodies = record.bodies(&mut tx, &fields).await?;
    let directions = [Direction::In, Direction::Out];
    let messages = record.messages(&mut tx, &directions).await?;
    let department = crate::directory::ssr::agency(&mut tx).await?.name;
    tx.commit().await?;
    let content = bodies.content()?.unwrap_or_default();
    let today = state.clock.today();
    let is_answered = matches!(facts.status, Status::Answered | Status::Closed);
    Ok(FollowedCase {
        answers: answers(&Given {
            bodies: &bodies,
            events: &events,
            is_answered,
            number: &facts.number,
            department,
            matter: &content.title,
        }),
        is_answered,
        legs: legs(&calendar, &facts, &events, today),
        due: due(&calendar, &facts, today),
        matter: matter(&content.title),
        consent: content.consent(),
        sentence: words::sentence(&StatusSentence {
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
        ending: ending(facts.status, &events),
        rated: facts.rating.map_or("", Rating::label).to_owned(),
        words: conversation(messages, &files),
        timeline: timeline(&events),
        story: owned(content.facts(ContentReader::Submitter)),
        files: names_of(&files, None),
        openings: looks(&events),
        may: may(&facts),
        key: format!("{:032x}", random_id()),
        facts: listed(&facts),
        number: facts.number,
        mark: handlers::mark(state, case),
    })
}

/// What the page is headed with.
fn matter(title: &str) -> String {
    match title {
        "" => "Phản ánh của Ông/Bà".to_owned(),
        title => title.to_owned(),
    }
}

fn legs(
    calendar: &Calendar,
    facts: &StatusFacts,
    events: &[PublicEventRecord],
    today: Date,
) -> Vec<BatonLeg> {
    let history = events.iter().map(|record| (day_of(record), &record.event));
    let passage = Passage::of(calendar, facts.status, history, today);
    passage.map_or(Vec::new(), |passage| BatonLeg::of(&passage))
}

fn due(calendar: &Calendar, facts: &StatusFacts, today: Date) -> Option<Due> {
    let due_on = facts.due_on.filter(|_| facts.status.is_open())?;
    Some(match facts.status {
        Status::AwaitingInfo => Due::said("paused", "tạm dừng chờ bổ sung", due_on),
        _ => Due::running(calendar, due_on, today),
    })
}

pub(super) fn last(
    events: &[PublicEventRecord],
    is: impl Fn(&CaseEvent) -> bool,
) -> Option<&PublicEventRecord> {
    events.iter().rev().find(|record| is(&record.event))
}

fn last_request(facts: &StatusFacts, events: &[PublicEventRecord]) -> Option<usize> {
    let is_request = |event: &CaseEvent| matches!(event, CaseEvent::SupplementRequested { .. });
    let waits = facts.status == Status::AwaitingInfo;
    let found = events.iter().rposition(|record| is_request(&record.event));
    found.filter(|_| waits)
}

pub(super) fn day_of(event: &PublicEventRecord) -> Date {
    event.at.to_offset(VIETNAM).date()
}

#[derive(Default)]
struct ClockWords {
    why: String,
    supplement_by: Option<Date>,
}

async fn clock(
    tx: &mut PgConnection,
    facts: &StatusFacts,
    events: &[PublicEventRecord],
) -> Result<ClockWords, AppError> {
    if !facts.status.is_open() {
        return Ok(ClockWords::default());
    }
    let supplement_by = match last_request(facts, events).map(|at| &events[at].event) {
        Some(CaseEvent::SupplementRequested { until }) => *until,
        _ => None,
    };
    Ok(ClockWords {
        why: explain(tx, facts, events).await?,
        supplement_by,
    })
}

async fn explain(
    tx: &mut PgConnection,
    facts: &StatusFacts,
    events: &[PublicEventRecord],
) -> Result<String, AppError> {
    let (Some(due_on), Some(rule)) = (facts.due_on, facts.due_rule) else {
        return Ok(String::new());
    };
    let calendar = crate::directory::ssr::calendar_of(&mut *tx, facts.calendar_version).await?;
    let reopened = last(events, |event| *event == CaseEvent::Reopened);
    let reopened_on = reopened.filter(|_| facts.reopened).map(day_of);
    let start = reopened_on.unwrap_or(facts.received_on);
    let days = crate::directory::ssr::service_level(tx, rule, start).await?;
    let is_supplement = |event: &CaseEvent| matches!(event, CaseEvent::Supplemented { .. });
    let counted = Counted {
        calendar: &calendar,
        received_on: facts.received_on,
        due_on,
        days,
        reopened_on,
        supplemented: last(events, is_supplement).is_some(),
    };
    Ok(counted.why())
}

/// Who saw the submitter's name, and when, newest first.
fn looks(events: &[PublicEventRecord]) -> Vec<String> {
    let looks = events.iter().rev();
    looks
        .filter_map(|record| record.event.look_text(day_of(record), record.role))
        .collect()
}

fn asked(facts: &StatusFacts, events: &[PublicEventRecord]) -> String {
    let request = last_request(facts, events);
    request.map_or(String::new(), |at| events[at].words.clone())
}

fn ending(status: Status, events: &[PublicEventRecord]) -> Option<Ending> {
    match status {
        Status::Refused => Some(refusal(events)),
        Status::Forwarded => Some(forwarding(events)),
        Status::Redirected => Some(redirection(events)),
        _ => None,
    }
}

fn refusal(events: &[PublicEventRecord]) -> Ending {
    let steps = events.iter().rev().filter_map(|record| match record.event {
        CaseEvent::RefusalApproved { reason } | CaseEvent::RefusalProposed { reason } => {
            Some((reason, record.words.as_str()))
        }
        _ => None,
    });
    let reason = steps.clone().next().map(|(reason, _)| reason);
    let detail = steps
        .map(|(_, words)| words)
        .find(|words| !words.is_empty());
    Ending {
        title: "Vì sao Sở không tiếp nhận".to_owned(),
        reason: reason.map_or("", |reason| reason.explanation()).to_owned(),
        detail: detail.unwrap_or_default().to_owned(),
        next_step: reason.map_or("", |reason| reason.next_step()).to_owned(),
    }
}

fn forwarding(events: &[PublicEventRecord]) -> Ending {
    let is_forward = |event: &CaseEvent| matches!(event, CaseEvent::ForwardApproved { .. });
    let is_named = |event: &&PublicEventRecord| event.external_body.is_some();
    let body = events.iter().rev().find(is_named);
    let body = body.and_then(|event| event.external_body.as_deref());
    Ending {
        title: "Phản ánh đã được chuyển".to_owned(),
        reason: body.map_or(String::new(), |name| format!("Cơ quan giải quyết: {name}.")),
        detail: last(events, is_forward).map_or(String::new(), |event| event.words.clone()),
        next_step: "Cơ quan đó trả lời Ông/Bà.".to_owned(),
    }
}

fn redirection(events: &[PublicEventRecord]) -> Ending {
    let is_redirect = |event: &CaseEvent| matches!(event, CaseEvent::Redirected { .. });
    Ending {
        title: "Hướng dẫn nơi giải quyết".to_owned(),
        // the letter says by whom and by when, door by door
        reason: String::new(),
        detail: last(events, is_redirect).map_or(String::new(), |event| event.words.clone()),
        next_step: "Nơi gửi và thời hạn được ghi ở trang Hướng dẫn.".to_owned(),
    }
}

fn timeline(events: &[PublicEventRecord]) -> Vec<TimelineItem> {
    let item = |record: &PublicEventRecord| {
        let detail = match record.event {
            CaseEvent::Reopened => record.words.clone(),
            _ => String::new(),
        };
        Some(TimelineItem {
            when: moment(record.at),
            what: record.event.public_text()?,
            who: words::actor(record.by_staff, record.role).to_owned(),
            detail,
        })
    };
    events.iter().rev().filter_map(item).collect()
}

fn conversation(messages: Vec<MessageRecord>, files: &[AttachmentRecord]) -> Vec<Said> {
    let words = |message: MessageRecord| Said {
        ours: message.direction == Direction::Out,
        when: moment(message.at),
        files: names_of(files, Some(message.id)),
        text: message.text,
    };
    messages.into_iter().map(words).collect()
}

/// The names of the files of one message, or of the case itself.
fn names_of(files: &[AttachmentRecord], message: Option<MessageId>) -> Vec<String> {
    let of_it = files.iter().filter(|file| file.message == message);
    of_it.map(|file| file.name.clone()).collect()
}

fn listed(facts: &StatusFacts) -> Vec<(String, String)> {
    let reasons = facts
        .reasons
        .iter()
        .filter_map(|code| Reason::from_code(code));
    let reasons = reasons.map(|reason| reason.label);
    let reasons = reasons.collect::<Vec<_>>().join("; ");
    let mut list = vec![("Loại", facts.kind.label().to_owned())];
    if !reasons.is_empty() {
        list.push(("Ông/Bà gặp", reasons));
    }
    list.extend([
        (
            "Đơn vị được phản ánh",
            facts.concerned.clone().unwrap_or("Không rõ".to_owned()),
        ),
        ("Ngày Sở nhận", weekday_date(facts.received_on)),
    ]);
    // the submitter never learns who handles a denunciation
    let is_open = facts.secrecy != Confidentiality::Denunciation;
    if let Some(unit) = facts.unit.as_ref().filter(|_| is_open) {
        list.push(("Đơn vị xử lý", unit.clone()));
    }
    if let Some(day) = facts.answered_on {
        list.push(("Ngày trả lời", day_month_year(day)));
    }
    owned(list)
}

fn owned(list: Vec<(&str, String)>) -> Vec<(String, String)> {
    let pairs = list.into_iter();
    pairs
        .map(|(label, value)| (label.to_owned(), value))
        .collect()
}

fn may(facts: &StatusFacts) -> May {
    let can = |action| facts.status.after(action).is_some();
    May {
        write: can(Action::Message) || can(Action::Supplement),
        supplement: can(Action::Supplement),
        withdraw: can(Action::Withdraw),
        withdraw_by_word: facts.status.is_open() && !can(Action::Withdraw),
        rate: facts.rating.is_none() && matches!(facts.status, Status::Answered | Status::Closed),
        reopen: can(Action::Reopen) && !facts.reopened,
    }
}
