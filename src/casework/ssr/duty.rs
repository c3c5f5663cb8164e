//! Whose turn it is: what this person may do, or for whom the case waits.

use super::{case_row::CaseRow, reading::Reading};
use crate::{
    accounts::ssr::authority::Authority,
    calendar::day_month_year,
    case::{
        Action, CaseEvent, Confidentiality, Proposal, ReplyBy, StaffId, Status, UnitId, Waiting,
        allowed_actions,
    },
    casework::case_page::{UndoOffer, Waits},
    error::AppError,
    platform::clock::{VIETNAM, moment},
    records::{EventRecord, LastStep},
    rights::{Permission, Role},
};
use sqlx::PgConnection;
use time::{Date, OffsetDateTime};

/// The call or letter still owed, for those who may make it.
pub(super) fn reply_task(row: &CaseRow, authority: &Authority) -> &'static str {
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

/// The actions this person may take, the most likely first.
pub(super) fn actions(row: &CaseRow, authority: &Authority, today: Date) -> Vec<Action> {
    if row.erased_on.is_some() {
        return Vec::new();
    }
    let waiting = Waiting {
        proposal: row.proposal,
        proposed_by_self: row.proposed_by == Some(authority.staff_id()),
        supplement_asked: row.supplement_asked,
        reopening_kept: row.reopened && row.secrecy != Confidentiality::Ordinary,
        reply_owed: row.reply_owed.then_some(row.reply_by),
        // offered with the notice of what was done, and not among the duties
        undoable: false,
        reminded: row.reminded_on == Some(today),
    };
    allowed_actions(row.status, waiting, |right| authority.staff().may(right))
}

/// The step that this person can still take back.
pub(super) fn undo(
    row: &CaseRow,
    events: &[EventRecord],
    authority: &Authority,
    now: OffsetDateTime,
) -> Option<UndoOffer> {
    let step = LastStep::read(row.last_step.clone())?;
    let newest = events
        .first()
        .is_some_and(|event| event.event_id == step.event);
    let own = step.staff == authority.staff_id();
    let may = authority.staff().may(Permission::Triage);
    let open = newest && own && may && step.opened.is_none() && !step.is_over(now);
    open.then_some(UndoOffer {
        action: step.action,
    })
}

/// For whom the case waits, for what, and since when; `None` once it is settled.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn waits(
    tx: &mut PgConnection,
    row: &CaseRow,
    events: &[EventRecord],
    (reading, now): (Reading, OffsetDateTime),
) -> Result<Option<Waits>, AppError> {
    let handler = || row.handler.clone().or_else(|| row.assigned.clone());
    let office = match row.secrecy {
        Confidentiality::Denunciation => "Lãnh đạo Sở",
        _ => "Văn phòng Sở",
    };
    let newest = |code: &str| {
        let at = events.iter().position(|event| event.event.code() == code);
        at.unwrap_or(usize::MAX)
    };
    let handed = newest("trinh_ket_luan") < newest("xac_minh").min(newest("ket_luan"));
    let (who, what) = match (row.proposal, row.status) {
        (Some(Proposal::Refuse), _) => (Some("người thứ hai".to_owned()), "duyệt đề xuất"),
        (Some(Proposal::Forward), _) => (Some("Lãnh đạo Sở".to_owned()), "duyệt đề xuất"),
        (None, Status::Submitted) => (Some(office.to_owned()), "tiếp nhận"),
        (None, Status::Received) => (Some(office.to_owned()), "phân loại và giao"),
        (None, Status::Classified) => (Some(office.to_owned()), "giao đơn vị"),
        (None, Status::AwaitingInfo) => (Some("người phản ánh".to_owned()), "bổ sung thông tin"),
        (None, Status::Assigned) => (handler(), "bắt đầu xác minh"),
        (None, Status::Verifying) if handed => (heads(tx, row).await?, "kết luận"),
        (None, Status::Verifying) => (verifier(events).or_else(handler), "xác minh"),
        (None, Status::Drafting) => (heads(tx, row).await?, "trình câu trả lời"),
        (None, Status::AwaitingApproval) => (Some("Lãnh đạo Sở".to_owned()), "phê duyệt"),
        (None, _) => return Ok(None),
    };
    let since = events.iter().find(|event| leads_on(&event.event));
    Ok(Some(Waits {
        who: who.unwrap_or_else(|| "đơn vị được giao".to_owned()),
        what: what.to_owned(),
        handed: row.status == Status::Verifying && handed,
        since: since.map_or_else(String::new, |event| since_when(event.at, reading, now)),
        head: match (row.status, reading) {
            (Status::Verifying, Reading::Whole | Reading::Extract) => heads(tx, row).await?,
            _ => None,
        }
        .unwrap_or_default(),
    }))
}

/// Whether an event handed the case to whoever has it now.
const fn leads_on(event: &CaseEvent) -> bool {
    !matches!(
        event,
        CaseEvent::Noted
            | CaseEvent::Messaged { .. }
            | CaseEvent::Reminded
            | CaseEvent::Recused { .. }
            | CaseEvent::Rated { .. }
            | CaseEvent::IdentityRequested { .. }
            | CaseEvent::IdentityApproved { .. }
            | CaseEvent::IdentityRefused { .. }
            | CaseEvent::IdentityOpened { .. }
            | CaseEvent::IdentityErased
    )
}

/// "16:42", with the day if that is not today; the day alone for whoever may not know who spoke.
fn since_when(at: OffsetDateTime, reading: Reading, now: OffsetDateTime) -> String {
    let at = at.to_offset(VIETNAM);
    match reading {
        Reading::Extract => format!("ngày {}", day_month_year(at.date())),
        _ if at.date() == now.to_offset(VIETNAM).date() => {
            format!("{:02}:{:02}", at.hour(), at.minute())
        }
        _ => moment(at),
    }
}

/// Who began to verify.
fn verifier(events: &[EventRecord]) -> Option<String> {
    let began = |event: &&EventRecord| event.event == CaseEvent::VerificationStarted;
    events.iter().find(began)?.staff.clone()
}

/// Who may conclude in the unit that has the case: "Huỳnh Văn Mẫu", or two names.
async fn heads(tx: &mut PgConnection, row: &CaseRow) -> Result<Option<String>, AppError> {
    let roles: Vec<String> = Role::ALL
        .into_iter()
        .filter(|role| role.grants(Permission::Conclude))
        .map(|role| role.code().to_owned())
        .collect();
    let names = sqlx::query_scalar!(
        r#"select s.display_name from staff s
        where s.active and s.unit_id = $1 and s.staff_id <> all ($2) and exists (
            select from staff_role r where r.staff_id = s.staff_id and r.role = any ($3)
        )
        order by s.display_name limit 2"#,
        row.assigned_unit as Option<UnitId>,
        &row.recused as &[StaffId],
        &roles
    )
    .fetch_all(tx)
    .await?;
    Ok((!names.is_empty()).then(|| names.join(" hoặc ")))
}
