//! Reading one case, as far as the reader may. Reading the original words leaves a row in the audit
//! log.

use super::{
    action_choices::action_choices,
    case_row::{CaseRow, case_row},
    duty::{actions, reply_task, undo, waits},
    reading::{Reading, demand_sight},
    story::{self, facts, files, matter, nameless, reopening, said, timeline, words},
};
use crate::{
    accounts::ssr::{
        authority::Authority,
        session::{self, CurrentStaff},
    },
    calendar::{Calendar, Counted, Passage, long_date},
    case::{
        Action, BodyField, CaseEvent, CaseId, CaseNumber, Confidentiality, Kind, Proposal,
        ServiceLevel, Status, cover_private, likely_reasons,
    },
    casework::case_page::{ActionChoices, CaseFile, deadline::DeadlineState},
    directory,
    error::AppError,
    platform::{AppState, clock::VIETNAM, database::Scope},
    records::{AuditAction, AuditEntry, Bodies, CaseRecord, EventRecord, audit, note_opened},
    rights::{Permission, Role},
    ui::{BatonLeg, Due, LetterSheet},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// Proof of the widest right to see cases that this person has.
///
/// # Errors
/// [`AppError::Forbidden`] if they may see no case at all.
pub(crate) fn reader(staff: CurrentStaff) -> Result<Authority, AppError> {
    let rights = [
        Permission::SeeAllCases,
        Permission::SeeUnitCases,
        Permission::SeeOwnEntries,
    ];
    let mut proofs = rights.into_iter();
    proofs
        .find_map(|right| Authority::of(staff.clone(), right).ok())
        .ok_or(AppError::Forbidden)
}

/// One case as `authority` may see it.
///
/// # Errors
/// [`AppError::NotFound`] if there is none for this person.
#[tracing::instrument(skip_all, fields(case_id))]
pub(crate) async fn read_case(
    state: &AppState,
    authority: &Authority,
    number: &str,
) -> Result<CaseFile, AppError> {
    let number = CaseNumber::parse(number).ok_or(AppError::NotFound)?;
    let now = state.clock.now();
    let mut tx = authority.begin(&state.db).await?;
    let row = seen_row(&mut tx, authority, &number, now).await?;
    let reading = Reading::of(authority.scope(), row.secrecy);
    let record = record_of(&mut tx, state, &row).await?;
    let bodies = record.bodies(&mut tx, reading.bodies()).await?;
    if bodies.get(BodyField::Original).is_some() {
        audit_reading(&mut tx, state, authority, AuditAction::OriginalRead, row.id).await?;
    }
    let reads = |event: &CaseEvent| reading.reads_words(event);
    let events = record.events(&mut tx, reads).await?;
    let messages = record.messages(&mut tx, reading.messages()).await?;
    let whole = reading == Reading::Whole;
    let mut kept = None;
    if whole {
        kept = Some(files(&mut tx, &record).await?);
    }
    let today = now.to_offset(VIETNAM).date();
    let calendar = directory::ssr::calendar(&mut tx).await?;
    let (due, due_why) = deadline(&mut tx, &row, &events, (&calendar, today)).await?;
    let from = directory::ssr::agency(&mut tx).await?.name;
    let actions = actions(&row, authority, today);
    let choices = choices(&mut tx, &row, &actions, &bodies).await?;
    let procedure = procedure(&mut tx, &bodies).await?;
    let next = next_waiting(&mut tx, authority, &row).await?;
    let waits = match reading {
        Reading::Entry => None,
        _ => waits(&mut tx, &row, &events, (reading, now)).await?,
    };
    tx.commit().await?;
    let (notes, conversation) = said(messages);
    Ok(CaseFile {
        viewer: session::viewer(authority.staff()),
        seen: events.first().map_or(0, |event| event.event_id),
        kind: row.kind,
        status: row.status,
        facts: facts(&row, reading),
        extract: extract_beside_original(&bodies),
        matter: heading(&bodies, row.kind)?,
        words: words(&bodies, row.erased_on, procedure)?,
        assigned_to: match reading {
            Reading::Entry => String::new(),
            _ => assigned_to(&row),
        },
        undo: undo(&row, &events, authority, now),
        next,
        waits,
        finding: row.finding.filter(|_| reading != Reading::Entry),
        measures: bodies.text(BodyField::Finding),
        letter: letter(&bodies, &row, &events, from)?,
        legs: legs(&calendar, &row, &events, today),
        first_reply: bodies.text(BodyField::FirstReply),
        files: kept,
        conversation: whole.then_some(conversation),
        notes,
        reopening: reopening(&events),
        timeline: timeline(&events, reading),
        due,
        due_why,
        proposal: match reading {
            Reading::Entry => String::new(),
            _ => row.proposal.map_or("", Proposal::label).to_owned(),
        },
        reply_opens: authority.staff().may(Permission::RequestIdentity),
        reply_task: reply_task(&row, authority).to_owned(),
        actions,
        choices,
        register_no: row.register_no,
        number: row.number,
    })
}

/// The row of a case that is this person's to know of. That a unit has opened it is noted, while a
/// step could still be taken back.
async fn seen_row(
    tx: &mut PgConnection,
    authority: &Authority,
    number: &CaseNumber,
    now: OffsetDateTime,
) -> Result<CaseRow, AppError> {
    let mut row = case_row(tx, number.as_str()).await?;
    if matches!(authority.scope(), Scope::Unit { .. }) && row.last_step.is_some() {
        note_opened(tx, &[row.id], Some(authority.staff_id()), now).await?;
        // a step that was being taken back at this moment went first
        row = case_row(tx, number.as_str()).await?;
    }
    tracing::Span::current().record("case_id", tracing::field::display(row.id));
    demand_sight(tx, authority, row.id).await?;
    Ok(row)
}

/// The extract for those who read the original too; whoever reads the extract alone has it as the
/// words of the case.
fn extract_beside_original(bodies: &Bodies) -> String {
    match bodies.get(BodyField::Original) {
        Some(_) => bodies.text(BodyField::Extract),
        None => String::new(),
    }
}

/// The matter, or the kind where nobody named one.
fn heading(bodies: &Bodies, kind: Kind) -> Result<String, AppError> {
    let matter = matter(bodies)?;
    Ok(match matter.is_empty() {
        true => nameless(kind),
        false => matter,
    })
}

/// The sealed record; of an erased case nothing is left that a key would open.
async fn record_of(
    tx: &mut PgConnection,
    state: &AppState,
    row: &CaseRow,
) -> Result<CaseRecord, AppError> {
    match row.erased_on {
        None => CaseRecord::open(tx, &state.vault, row.id).await,
        Some(_) => Ok(CaseRecord::new(row.id, state.vault.new_case_key())),
    }
}

/// What the forms of these actions offer.
async fn choices(
    tx: &mut PgConnection,
    row: &CaseRow,
    actions: &[Action],
    bodies: &Bodies,
) -> Result<ActionChoices, AppError> {
    let mut choices = action_choices(tx, row, actions).await?;
    if actions.contains(&Action::Triage) {
        help_triage(&mut choices, bodies, row)?;
    }
    Ok(choices)
}

/// Notes that a member of staff has read something of a case.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable: nothing may be shown then.
pub(super) async fn audit_reading(
    tx: &mut PgConnection,
    state: &AppState,
    authority: &Authority,
    action: AuditAction,
    case_id: CaseId,
) -> Result<(), AppError> {
    let entry = AuditEntry::by(authority.staff_id(), action, state.clock.now());
    audit(tx, entry.about(case_id)).await
}

/// The answer as a letter; signed once it was given.
fn letter(
    bodies: &Bodies,
    row: &CaseRow,
    events: &[EventRecord],
    from: String,
) -> Result<LetterSheet, AppError> {
    let answered = |event: &&EventRecord| event.event == CaseEvent::Answered;
    let given = events.iter().find(answered);
    let given = given.filter(|_| matches!(row.status, Status::Answered | Status::Closed));
    let post = given.and_then(|event| event.role).map(Role::label);
    Ok(LetterSheet {
        from,
        number: row.number.clone(),
        date: given.map_or_else(String::new, |event| {
            long_date(event.at.to_offset(VIETNAM).date())
        }),
        about: matter(bodies)?,
        text: bodies.text(BodyField::Reply),
        post: post.unwrap_or_default().to_owned(),
        signer: given
            .and_then(|event| event.staff.clone())
            .unwrap_or_default(),
    })
}

fn legs(calendar: &Calendar, row: &CaseRow, events: &[EventRecord], today: Date) -> Vec<BatonLeg> {
    let day = |event: &EventRecord| event.at.to_offset(VIETNAM).date();
    let history = events.iter().rev().map(|event| (day(event), &event.event));
    let passage = Passage::of(calendar, row.status, history, today);
    passage.map_or_else(Vec::new, |passage| BatonLeg::of(&passage))
}

/// "Phạm Thị Mẫu – Văn phòng Đăng ký đất đai"; "" as long as nobody has it.
fn assigned_to(row: &CaseRow) -> String {
    let parts = [row.handler.as_deref(), row.assigned.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" – ")
}

/// What the story itself says for triage: the reasons it speaks for, and a draft of the extract in
/// which names and numbers are covered where they are kept secret.
fn help_triage(
    choices: &mut ActionChoices,
    bodies: &Bodies,
    row: &CaseRow,
) -> Result<(), AppError> {
    let Some(content) = bodies.content()? else {
        return Ok(());
    };
    let sentences = content.sentences();
    let likely = Kind::ALL
        .iter()
        .flat_map(|kind| likely_reasons(*kind, &sentences));
    choices.likely = likely.map(str::to_owned).collect();
    if bodies.get(BodyField::Extract).is_none() {
        let story = story::told(content);
        choices.extract_draft = match row.secrecy {
            Confidentiality::Ordinary => story,
            _ => cover_private(&story),
        };
    }
    Ok(())
}

/// The procedure that the feedback names, with the name beside its code; `None` if it names no code
/// of the catalogue.
async fn procedure(tx: &mut PgConnection, bodies: &Bodies) -> Result<Option<String>, AppError> {
    let named = bodies.content()?.map(|content| content.procedure);
    let Some(named) = named.filter(|named| !named.is_empty()) else {
        return Ok(None);
    };
    let name = directory::ssr::procedure_name(tx, named.trim()).await?;
    Ok(name.map(|name| format!("{name} ({named})")))
}

/// The number of the case that has waited longest to be received, other than this one, for those who
/// receive; "" if none waits.
async fn next_waiting(
    tx: &mut PgConnection,
    authority: &Authority,
    row: &CaseRow,
) -> Result<String, AppError> {
    if !authority.staff().may(Permission::Triage) {
        return Ok(String::new());
    }
    let next = sqlx::query_scalar!(
        "select number from feedback_case where status = 'cho_tiep_nhan' and case_id <> $1
        order by due_on nulls last, case_id limit 1",
        row.id as CaseId
    )
    .fetch_optional(tx)
    .await?;
    Ok(next.unwrap_or_default())
}

/// The deadline as seen on `today`, and how it was counted.
async fn deadline(
    tx: &mut PgConnection,
    row: &CaseRow,
    events: &[EventRecord],
    (calendar, today): (&Calendar, Date),
) -> Result<(Option<Due>, String), AppError> {
    let Some(due_on) = row.due_on else {
        return Ok((None, "Thông tin tham khảo không tính thời hạn.".to_owned()));
    };
    let rule = row.due_rule.unwrap_or(row.kind.service_level());
    let reopened = events
        .iter()
        .find(|record| record.event == CaseEvent::Reopened);
    let reopened_on = reopened.map(|record| record.at.to_offset(VIETNAM).date());
    let start = match (rule, reopened_on) {
        (ServiceLevel::AnswerReopened, Some(day)) => day,
        _ => row.received_on,
    };
    let days = directory::ssr::service_level(&mut *tx, rule, start).await?;
    let state = DeadlineState {
        status: row.status,
        due_on,
        paused_on: row.paused_on,
        answered_on: row.answered_on,
    };
    let is_supplement =
        |record: &EventRecord| matches!(record.event, CaseEvent::Supplemented { .. });
    let counted_by = directory::ssr::calendar_of(&mut *tx, row.calendar_version).await?;
    let counted = Counted {
        calendar: &counted_by,
        received_on: row.received_on,
        due_on,
        days,
        reopened_on: reopened_on.filter(|_| rule == ServiceLevel::AnswerReopened),
        supplemented: events.iter().any(is_supplement),
    };
    Ok((Some(state.describe(calendar, today)), counted.why()))
}
