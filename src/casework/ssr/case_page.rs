//! Reading one case, as far as the reader may. Reading the original words leaves a row in the audit
//! log.

use super::{
    action_choices::action_choices,
    format::{file_about, person},
    reading::{Reading, demand_sight},
};
use crate::{
    accounts::ssr::{
        authority::Authority,
        session::{self, CurrentStaff},
    },
    calendar::{Calendar, Counted, day_month_year},
    case::{
        Action, BodyField, CaseEvent, CaseId, CaseNumber, Channel, Confidentiality, ContentReader,
        Direction, Finding, Kind, Proposal, Reason, ReplyBy, ServiceLevel, StaffId, Status, UnitId,
        Waiting, allowed_actions,
    },
    casework::case_page::{CaseFile, Fact, FeedbackText, FileLink, Said, deadline::DeadlineState},
    directory,
    error::AppError,
    platform::{
        AppState,
        clock::{VIETNAM, moment},
    },
    records::{AuditAction, AuditEntry, Bodies, CaseRecord, EventRecord, MessageRecord, audit},
    rights::Permission,
    routes,
    ui::{Due, TimelineItem},
};
use sqlx::PgConnection;
use time::Date;

/// The row of a case with the names that belong to it.
pub(super) struct CaseRow {
    id: CaseId,
    number: String,
    register_no: i64,
    pub(super) kind: Kind,
    pub(super) reasons: Vec<String>,
    channel: Channel,
    pub(super) status: Status,
    pub(super) secrecy: Confidentiality,
    is_lead: bool,
    pub(super) concerned_unit: Option<UnitId>,
    pub(super) received_on: Date,
    due_on: Option<Date>,
    due_rule: Option<ServiceLevel>,
    paused_on: Option<Date>,
    supplement_asked: bool,
    reopened: bool,
    pub(super) recused: Vec<StaffId>,
    recused_names: Vec<String>,
    reply_by: ReplyBy,
    reply_owed: bool,
    reminded_on: Option<Date>,
    erased_on: Option<Date>,
    proposal: Option<Proposal>,
    proposed_by: Option<StaffId>,
    finding: Option<Finding>,
    answered_on: Option<Date>,
    concerned: Option<String>,
    assigned: Option<String>,
    handler: Option<String>,
    recorder: Option<String>,
}

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
    let mut tx = authority.begin(&state.db).await?;
    let row = case_row(&mut tx, number.as_str()).await?;
    tracing::Span::current().record("case_id", tracing::field::display(row.id));
    demand_sight(&mut tx, authority, row.id).await?;
    let reading = Reading::of(authority.scope(), row.secrecy);
    let record = match row.erased_on {
        None => CaseRecord::open(&mut tx, &state.vault, row.id).await?,
        // nothing is left that a key would open
        Some(_) => CaseRecord::new(row.id, state.vault.new_case_key()),
    };
    let bodies = record.bodies(&mut tx, reading.bodies()).await?;
    if bodies.get(BodyField::Original).is_some() {
        audit_reading(&mut tx, state, authority, AuditAction::OriginalRead, row.id).await?;
    }
    let reads = |event: &CaseEvent| reading.reads_words(event);
    let events = record.events(&mut tx, reads).await?;
    let messages = record.messages(&mut tx, reading.messages()).await?;
    let whole = reading == Reading::Whole;
    let files = match whole {
        true => Some(files(&mut tx, &record).await?),
        false => None,
    };
    let (due, due_why) = deadline(&mut tx, &row, &events, state.clock.today()).await?;
    let actions = actions(&row, authority, state.clock.today());
    let choices = action_choices(&mut tx, &row, &actions).await?;
    tx.commit().await?;
    let (notes, conversation) = said(messages);
    Ok(CaseFile {
        viewer: session::viewer(authority.staff()),
        seen: events.first().map_or(0, |event| event.event_id),
        kind: row.kind,
        status: row.status,
        facts: facts(&row, reading),
        extract: match bodies.get(BodyField::Original) {
            Some(_) => bodies.text(BodyField::Extract),
            None => String::new(),
        },
        words: words(&bodies, row.erased_on)?,
        finding: row.finding.filter(|_| reading != Reading::Entry),
        measures: bodies.text(BodyField::Finding),
        reply: bodies.text(BodyField::Reply),
        first_reply: bodies.text(BodyField::FirstReply),
        files,
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

async fn case_row(tx: &mut PgConnection, number: &str) -> Result<CaseRow, AppError> {
    Ok(sqlx::query_as!(
        CaseRow,
        r#"select c.case_id as "id!: CaseId", c.number as "number!",
            c.register_no as "register_no!", c.kind as "kind!: Kind", c.reasons as "reasons!",
            c.channel as "channel!: Channel", c.status as "status!: Status",
            c.secrecy as "secrecy!: Confidentiality", c.is_lead as "is_lead!",
            c.concerned_unit_id as "concerned_unit: UnitId", c.received_on as "received_on!",
            c.due_on, c.due_rule as "due_rule: ServiceLevel",
            c.paused_on, c.supplement_asked as "supplement_asked!", c.reopened as "reopened!",
            c.recused as "recused!: Vec<StaffId>", array(
                select display_name from staff s where s.staff_id = any (c.recused)
                order by display_name
            ) as "recused_names!",
            c.reply_by as "reply_by!: ReplyBy", c.reply_owed as "reply_owed!",
            c.reminded_on, c.erased_on,
            c.proposal as "proposal: Proposal", c.proposed_by as "proposed_by: StaffId",
            c.finding as "finding: Finding", c.answered_on, u.name as "concerned?",
            a.name as "assigned?", h.display_name as "handler?", r.display_name as "recorder?"
        from feedback_case c
            left join unit u on u.unit_id = c.concerned_unit_id
            left join unit a on a.unit_id = c.assigned_unit_id
            left join staff h on h.staff_id = c.handler_id
            left join staff r on r.staff_id = c.created_by
        where c.number = $1"#,
        number
    )
    .fetch_one(tx)
    .await?)
}

pub(super) fn words(bodies: &Bodies, erased_on: Option<Date>) -> Result<FeedbackText, AppError> {
    if let Some(day) = erased_on {
        return Ok(FeedbackText::Erased(day_month_year(day)));
    }
    let extract = bodies.get(BodyField::Extract);
    Ok(match (bodies.content()?, extract) {
        (Some(content), _) => {
            FeedbackText::Original(Fact::list(content.facts(ContentReader::Staff)))
        }
        (None, Some(extract)) => FeedbackText::Extract(extract.to_owned()),
        (None, None) => FeedbackText::Sealed,
    })
}

/// Notes among colleagues, and the conversation with the submitter.
fn said(messages: Vec<MessageRecord>) -> (Vec<Said>, Vec<Said>) {
    let notes = [Direction::Note, Direction::OfficeNote];
    let is_note = |message: &MessageRecord| notes.contains(&message.direction);
    let (notes, conversation): (Vec<_>, Vec<_>) = messages.into_iter().partition(is_note);
    let read = |message: MessageRecord| {
        let incoming = message.direction == Direction::In;
        Said {
            when: moment(message.at),
            who: match incoming {
                true => "Người phản ánh".to_owned(),
                false => message.staff.unwrap_or_default(),
            },
            incoming,
            text: message.text,
        }
    };
    (
        notes.into_iter().map(read).collect(),
        conversation.into_iter().map(read).collect(),
    )
}

async fn files(tx: &mut PgConnection, record: &CaseRecord) -> Result<Vec<FileLink>, AppError> {
    let attachments = record.attachments(tx).await?;
    let link = |attachment: crate::records::AttachmentRecord| FileLink {
        href: routes::ATTACHMENT.with(attachment.id),
        about: file_about(&attachment.media_type, attachment.size_bucket),
        name: attachment.name,
    };
    Ok(attachments.into_iter().map(link).collect())
}

/// What happened. Whoever may not know who spoke reads days: the minute of a message or a call
/// tells who was seen writing or calling.
fn timeline(events: &[EventRecord], reading: Reading) -> Vec<TimelineItem> {
    let shown = |event: &&EventRecord| {
        reading != Reading::Entry || matches!(event.event, CaseEvent::Entered { .. })
    };
    let item = |event: &EventRecord| {
        let arrival = matches!(
            event.event,
            CaseEvent::Submitted | CaseEvent::Entered { .. }
        );
        let (when, what) = match reading {
            Reading::Extract => (
                day_month_year(event.at.to_offset(VIETNAM).date()),
                event.unit_text()?,
            ),
            Reading::Whole | Reading::Entry => (moment(event.at), event.staff_text()),
        };
        let who = match reading {
            Reading::Extract if arrival => String::new(),
            _ => person(event.staff.as_deref(), event.role),
        };
        Some(TimelineItem {
            when,
            what,
            who,
            detail: event.words.clone().unwrap_or_default(),
        })
    };
    events.iter().filter(shown).filter_map(item).collect()
}

/// Why the submitter reopened the case, as the unit was told or else in their own words; "" for
/// whoever does not read them.
fn reopening(events: &[EventRecord]) -> String {
    let told = |event: &&EventRecord| {
        matches!(
            event.event,
            CaseEvent::ReopeningExtracted | CaseEvent::Reopened
        )
    };
    let newest = events.iter().find(told);
    newest
        .and_then(|event| event.words.clone())
        .unwrap_or_default()
}

fn facts(row: &CaseRow, reading: Reading) -> Vec<Fact> {
    let reasons = row
        .reasons
        .iter()
        .filter_map(|code| Reason::from_code(code));
    let reasons: Vec<_> = reasons.map(|reason| reason.label).collect();
    let concerned = row.concerned.as_deref().unwrap_or("Không rõ");
    let recused = match reading {
        Reading::Whole => row.recused_names.join("; "),
        Reading::Extract | Reading::Entry => String::new(),
    };
    let lead = match row.is_lead {
        true => "Thông tin tham khảo, không tính vào tỷ lệ xử lý",
        false => "",
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let if_not = |hidden: Reading, value: String| match reading == hidden {
        true => String::new(),
        false => value,
    };
    let (unit, entry) = (Reading::Extract, Reading::Entry);
    let list = [
        ("Nhận ngày", day_month_year(row.received_on)),
        ("Kênh", if_not(unit, row.channel.label().to_owned())),
        ("Người nhập", if_not(unit, text(&row.recorder))),
        ("Lý do", reasons.join("; ")),
        ("Đơn vị được phản ánh", concerned.to_owned()),
        ("Đơn vị xử lý", if_not(entry, text(&row.assigned))),
        ("Người xử lý", if_not(entry, text(&row.handler))),
        ("Mức bảo mật", row.secrecy.label().to_owned()),
        ("Không tham gia", recused),
        ("Ghi chú", lead.to_owned()),
    ];
    Fact::list(list)
}

/// The call or letter still owed, for those who may make it.
fn reply_task(row: &CaseRow, authority: &Authority) -> &'static str {
    let may = authority.staff().may(Permission::WriteToSubmitter);
    match (row.reply_owed && may, row.reply_by) {
        (true, ReplyBy::Phone) => {
            "Người phản ánh chọn nhận trả lời qua điện thoại. Cần gọi báo câu trả lời rồi ghi nhận."
        }
        (true, ReplyBy::Letter) => {
            "Người phản ánh chọn nhận trả lời bằng thư. Cần gửi thư trả lời rồi ghi nhận."
        }
        _ => "",
    }
}

fn actions(row: &CaseRow, authority: &Authority, today: Date) -> Vec<Action> {
    if row.erased_on.is_some() {
        return Vec::new();
    }
    let waiting = Waiting {
        proposal: row.proposal,
        proposed_by_self: row.proposed_by == Some(authority.staff_id()),
        supplement_asked: row.supplement_asked,
        reopening_kept: row.reopened && row.secrecy != Confidentiality::Ordinary,
        reply_owed: row.reply_owed.then_some(row.reply_by),
        reminded: row.reminded_on == Some(today),
    };
    allowed_actions(row.status, waiting, |right| authority.staff().may(right))
}

/// The deadline as seen on `today`, and how it was counted.
async fn deadline(
    tx: &mut PgConnection,
    row: &CaseRow,
    events: &[EventRecord],
    today: Date,
) -> Result<(Option<Due>, String), AppError> {
    let Some(due_on) = row.due_on else {
        return Ok((None, "Thông tin tham khảo không tính thời hạn.".to_owned()));
    };
    let calendar: Calendar = directory::ssr::calendar(&mut *tx).await?;
    let rule = row.due_rule.unwrap_or(row.kind.service_level());
    let reopened = events
        .iter()
        .find(|record| record.event == CaseEvent::Reopened);
    let reopened_on = reopened.map(|record| record.at.to_offset(VIETNAM).date());
    let start = match (rule, reopened_on) {
        (ServiceLevel::AnswerReopened, Some(day)) => day,
        _ => row.received_on,
    };
    let days = directory::ssr::service_level(tx, rule, start).await?;
    let state = DeadlineState {
        status: row.status,
        due_on,
        paused_on: row.paused_on,
        answered_on: row.answered_on,
    };
    let is_supplement =
        |record: &EventRecord| matches!(record.event, CaseEvent::Supplemented { .. });
    let counted = Counted {
        calendar: &calendar,
        received_on: row.received_on,
        due_on,
        days,
        reopened_on: reopened_on.filter(|_| rule == ServiceLevel::AnswerReopened),
        supplemented: events.iter().any(is_supplement),
    };
    Ok((Some(state.describe(&calendar, today)), counted.why()))
}
