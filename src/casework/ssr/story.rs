//! What a case tells its reader: the feedback, files, messages, history, and the facts of its head.

use super::{
    case_row::CaseRow,
    format::{file_about, person},
    reading::Reading,
};
use crate::{
    calendar::day_month_year,
    case::{
        BodyField, CaseEvent, ContentReader, Direction, FeedbackContent, Kind, Reason, matter_of,
    },
    casework::case_page::{Fact, FeedbackText, FileLink, Said},
    error::AppError,
    platform::clock::{VIETNAM, moment},
    records::{AttachmentRecord, Bodies, CaseRecord, EventRecord, MessageRecord},
    routes,
    ui::TimelineItem,
};
use sqlx::PgConnection;
use time::Date;

/// The matter in a line: the submitter's own, or the first of the extract for whoever reads that;
/// "" for whoever reads neither.
///
/// # Errors
/// [`AppError::Internal`] if the original cannot be read.
pub(super) fn matter(bodies: &Bodies) -> Result<String, AppError> {
    let own = |content: FeedbackContent| match content.title.is_empty() {
        true => matter_of(&content.content),
        false => content.title,
    };
    let extract = || bodies.get(BodyField::Extract).map(matter_of);
    let matter = bodies.content()?.map(own).or_else(extract);
    Ok(matter.unwrap_or_default())
}

/// What stands for a matter that this person does not read.
pub(super) fn nameless(kind: Kind) -> String {
    format!("Phản ánh về {}", kind.short().to_lowercase())
}

/// The story in the submitter's own words: the matter, unless it is only how the story begins, the
/// story, the proposal.
pub(super) fn told(content: FeedbackContent) -> String {
    let FeedbackContent {
        title,
        content,
        proposal,
        ..
    } = content;
    let title = Some(title).filter(|title| *title != matter_of(&content));
    let parts = [title.unwrap_or_default(), content, proposal];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// The feedback, as far as the reader may read it.
///
/// # Errors
/// [`AppError::Internal`] if it cannot be read.
pub(super) fn words(
    bodies: &Bodies,
    erased_on: Option<Date>,
    procedure: Option<String>,
) -> Result<FeedbackText, AppError> {
    if let Some(day) = erased_on {
        return Ok(FeedbackText::Erased(day_month_year(day)));
    }
    let extract = bodies.get(BodyField::Extract);
    Ok(match (bodies.content()?, extract) {
        (Some(mut content), _) => {
            content.procedure = procedure.unwrap_or(content.procedure);
            FeedbackText::Original(Fact::list(content.facts(ContentReader::Staff)))
        }
        (None, Some(extract)) => FeedbackText::Extract(extract.to_owned()),
        (None, None) => FeedbackText::Sealed,
    })
}

/// Notes among colleagues, and the conversation with the submitter.
pub(super) fn said(messages: Vec<MessageRecord>) -> (Vec<Said>, Vec<Said>) {
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

/// What came with it.
///
/// # Errors
/// [`AppError::Internal`] if a name does not open.
pub(super) async fn files(
    tx: &mut PgConnection,
    record: &CaseRecord,
) -> Result<Vec<FileLink>, AppError> {
    let attachments = record.attachments(tx).await?;
    let link = |attachment: AttachmentRecord| FileLink {
        href: routes::ATTACHMENT.with(attachment.id),
        about: file_about(&attachment.media_type, attachment.size_bucket),
        name: attachment.name,
    };
    Ok(attachments.into_iter().map(link).collect())
}

/// What happened. Whoever may not know who spoke reads days: the minute of a message or a call
/// tells who was seen writing or calling.
pub(super) fn timeline(events: &[EventRecord], reading: Reading) -> Vec<TimelineItem> {
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
pub(super) fn reopening(events: &[EventRecord]) -> String {
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

/// Labels and values of the head.
pub(super) fn facts(row: &CaseRow, reading: Reading) -> Vec<Fact> {
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
