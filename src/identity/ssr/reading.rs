//! How far the opening of a case's identity has come, as far as somebody may know it.

use super::apart::standing;
use crate::{
    accounts::ssr::authority::Authority,
    case::{CaseId, CaseNumber, Confidentiality, OpeningId, ReplyBy, StaffId, UnitId},
    error::AppError,
    identity::{
        rule::{self, ALLOWED_FOR, Stage, Standing},
        view::{OpeningState, OpeningView, PastOpening},
    },
    platform::{AppState, clock::moment},
    records::CaseRecord,
    rights::Permission,
};
use sqlx::PgConnection;
use time::OffsetDateTime;

/// One opening as stored.
pub(super) struct Row {
    opening_id: OpeningId,
    requested_by: StaffId,
    requested_at: OffsetDateTime,
    sealed_reason: Vec<u8>,
    approved_at: Option<OffsetDateTime>,
    refused_at: Option<OffsetDateTime>,
    opened_at: Option<OffsetDateTime>,
    expires_at: Option<OffsetDateTime>,
    requester: String,
    decider: Option<String>,
}

impl Row {
    /// The stage at `now`.
    pub(super) fn stage(&self, now: OffsetDateTime) -> Stage {
        rule::stage(self.approved_at, self.refused_at, self.expires_at, now)
    }

    fn past(&self, now: OffsetDateTime) -> Option<PastOpening> {
        let decider = self.decider.as_deref().unwrap_or_default();
        let end = match self.stage(now) {
            Stage::Refused => format!("{decider} không đồng ý"),
            Stage::Over if self.opened_at.is_some() => {
                format!("{decider} đồng ý; đã xem; đã hết hạn")
            }
            Stage::Over => format!("{decider} đồng ý; chưa xem; đã hết hạn"),
            Stage::Awaiting | Stage::Allowed => return None,
        };
        Some(PastOpening {
            when: moment(self.requested_at),
            what: format!("{} đề nghị; {end}.", self.requester),
        })
    }
}

/// The stage of a case's identity opening, as far as `authority` may know it.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such case, or none for this person.
pub async fn view_by_number(
    state: &AppState,
    authority: &Authority,
    number: &str,
) -> Result<OpeningView, AppError> {
    let number = CaseNumber::parse(number).ok_or(AppError::NotFound)?;
    let now = state.clock.now();
    let mut tx = authority.begin(&state.db).await?;
    let row = sqlx::query!(
        r#"select case_id as "id: CaseId", number, secrecy as "secrecy: Confidentiality", is_lead,
            concerned_unit_id as "concerned: UnitId", reply_owed, reply_by as "reply_by: ReplyBy"
        from feedback_case where number = $1"#,
        number.as_str()
    )
    .fetch_one(&mut *tx)
    .await?;
    let openings = openings(&mut tx, row.id).await?;
    let is_live = |opening: &&Row| matches!(opening.stage(now), Stage::Awaiting | Stage::Allowed);
    let live = openings.iter().find(is_live);
    let staff = authority.staff();
    let standing = standing(&mut tx, staff.staff_id, row.id, row.concerned).await?;
    Ok(OpeningView {
        number: row.number,
        kept_secret: row.secrecy != Confidentiality::Ordinary,
        is_lead: row.is_lead,
        may_ask: staff.may(Permission::RequestIdentity) && standing != Standing::Involved,
        recently_authenticated: staff.is_recently_authenticated(now),
        purpose: rule::purpose(row.reply_owed.then_some(row.reply_by)).to_owned(),
        past: openings.iter().filter_map(|o| o.past(now)).collect(),
        state: match live {
            Some(live) if live.stage(now) == Stage::Allowed => allowed(live, staff.staff_id),
            Some(live) => awaiting(state, &mut tx, authority, (row.id, standing), live).await?,
            None => OpeningState::Sealed,
        },
    })
}

fn allowed(live: &Row, who: StaffId) -> OpeningState {
    let until = live
        .expires_at
        .or(live.approved_at.map(|at| at + ALLOWED_FOR));
    OpeningState::Allowed {
        asked_by: live.requester.clone(),
        allowed_by: live.decider.clone().unwrap_or_default(),
        until: until.map(moment).unwrap_or_default(),
        mine: who == live.requested_by,
    }
}

async fn awaiting(
    state: &AppState,
    tx: &mut PgConnection,
    authority: &Authority,
    (case, standing): (CaseId, Standing),
    live: &Row,
) -> Result<OpeningState, AppError> {
    let staff = authority.staff();
    let mine = staff.staff_id == live.requested_by;
    let may = staff.may(Permission::ApproveIdentity);
    let may_decide = may && rule::may_decide(staff.staff_id, live.requested_by, standing);
    let reason = if mine || may_decide {
        reason(state, tx, case, live).await?
    } else {
        String::new()
    };
    let barred = if may { standing.barred() } else { "" };
    Ok(OpeningState::Awaiting {
        opening: live.opening_id.to_string(),
        asked_by: live.requester.clone(),
        asked_at: moment(live.requested_at),
        reason,
        mine,
        may_decide,
        barred: barred.to_owned(),
    })
}

/// The openings of a case, the latest first.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn openings(tx: &mut PgConnection, case: CaseId) -> Result<Vec<Row>, AppError> {
    let rows = sqlx::query_as!(
        Row,
        r#"select o.opening_id as "opening_id: OpeningId",
            o.requested_by as "requested_by: StaffId", o.requested_at, o.sealed_reason,
            o.approved_at, o.refused_at, o.opened_at, o.expires_at,
            r.display_name as requester, d.display_name as "decider?"
        from identity_opening o join staff r on r.staff_id = o.requested_by
        left join staff d on d.staff_id = coalesce(o.approved_by, o.refused_by)
        where o.case_id = $1 order by o.requested_at desc"#,
        case as CaseId
    )
    .fetch_all(tx)
    .await?;
    Ok(rows)
}

async fn reason(
    state: &AppState,
    tx: &mut PgConnection,
    case: CaseId,
    opening: &Row,
) -> Result<String, AppError> {
    let record = CaseRecord::open(tx, &state.vault, case).await?;
    record.open_reason(opening.opening_id, &opening.sealed_reason)
}
