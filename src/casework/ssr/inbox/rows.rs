//! The rows of one page: one statement for each lane, each answered by one index.

use super::ask::Ask;
use crate::{
    accounts::ssr::authority::Authority,
    calendar::{Calendar, day_month_year},
    case::{CaseId, Confidentiality, Kind, Proposal, StaffId, Status},
    casework::{
        case_page::deadline::DeadlineState,
        inbox::{
            extra_filters::{Answer, Holder},
            filters::{Filters, Sort, View},
            search::Codes,
            turn::Turn,
            view::{Matter, Row},
        },
    },
    error::AppError,
};
use sqlx::PgConnection;
use time::{Date, macros::date};
use uuid::Uuid;

/// Rows of a page.
pub(super) const PAGE: usize = 50;
const FIRST_DAY: Date = date!(0001 - 01 - 01);
const LAST_DAY: Date = date!(9999 - 12 - 31);

/// The day and the case after which rows begin, and how many at most.
type Start = (Date, Uuid, i64);

/// A row as found.
pub(super) struct Found {
    pub(super) case_id: CaseId,
    pub(super) number: String,
    pub(super) received_on: Date,
    kind: Kind,
    status: Status,
    is_lead: bool,
    pub(super) secrecy: Confidentiality,
    proposal: Option<Proposal>,
    proposed_by: Option<StaffId>,
    reply_owed: bool,
    unread: bool,
    reminded: bool,
    pub(super) due_on: Option<Date>,
    paused_on: Option<Date>,
    answered_on: Option<Date>,
    pub(super) erased_on: Option<Date>,
    handler_id: Option<StaffId>,
    unit: Option<String>,
    handler: Option<String>,
}

impl Found {
    /// As its reader sees it, with what it is about.
    pub(super) fn show(
        self,
        authority: &Authority,
        calendar: &Calendar,
        today: Date,
        matter: Option<Matter>,
    ) -> Row {
        let me = Some(authority.staff_id());
        let turn = Turn {
            status: self.status,
            proposal: self.proposal,
            own_proposal: self.proposal.is_some() && self.proposed_by == me,
            secrecy: self.secrecy,
            handled_by_self: self.handler_id.map(|handler| Some(handler) == me),
        };
        let deadline = |due_on| DeadlineState {
            status: self.status,
            due_on,
            paused_on: self.paused_on,
            answered_on: self.answered_on,
        };
        let due = self.due_on.map(deadline);
        Row {
            number: self.number,
            matter: matter.unwrap_or(Matter::Erased),
            received: day_month_year(self.received_on),
            kind: self.kind,
            unit: self.unit.unwrap_or_default(),
            status: self.status,
            due: due.map(|deadline| deadline.describe(calendar, today)),
            holder: self.handler.unwrap_or_default(),
            next: turn.next_step(),
            mine: turn.is_mine(|right| authority.staff().may(right)),
            is_lead: self.is_lead,
            denunciation: self.secrecy == Confidentiality::Denunciation,
            proposed: self.proposal.is_some(),
            reply_owed: self.reply_owed,
            unread: self.unread,
            reminded: self.reminded,
        }
    }
}

/// The statement of one lane: `$lane` is the condition that an index of `migrations/0004` answers,
/// the last word says how it is walked.
macro_rules! lane {
    ($ask:ident, $tx:ident, $start:ident, OPEN, $walk:ident) => {
        lane!(
            $ask,
            $tx,
            $start,
            "status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', \
             'da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet')",
            $walk
        )
    };
    ($ask:ident, $tx:ident, $start:ident, $lane:tt, DATED) => {
        lane!(
            $ask,
            $tx,
            $start,
            $lane,
            " and due_on is not null and (due_on, case_id) > ($18, $19)",
            " order by due_on, case_id",
            " order by c.due_on, c.case_id"
        )
    };
    ($ask:ident, $tx:ident, $start:ident, $lane:tt, UNDATED) => {
        lane!(
            $ask,
            $tx,
            $start,
            $lane,
            " and due_on is null and $18::date is not null and case_id > $19",
            " order by due_on, case_id",
            " order by c.case_id"
        )
    };
    ($ask:ident, $tx:ident, $start:ident, $lane:tt, NEWEST) => {
        lane!(
            $ask,
            $tx,
            $start,
            $lane,
            " and (received_on, case_id) < ($18, $19)",
            " order by received_on desc, case_id desc",
            " order by c.received_on desc, c.case_id desc"
        )
    };
    ($ask:ident, $tx:ident, $start:ident, $lane:tt, $from:tt, $inner:tt, $outer:tt) => {
        sqlx::query_as!(
            Found,
            "select c.case_id as \"case_id!: CaseId\", c.number as \"number!\",
                c.received_on as \"received_on!\", c.kind as \"kind!: Kind\",
                c.status as \"status!: Status\", c.is_lead as \"is_lead!\",
                c.secrecy as \"secrecy!: Confidentiality\", c.proposal as \"proposal: Proposal\",
                c.reply_owed as \"reply_owed!\", c.unread as \"unread!\",
                c.reminded_on is not null as \"reminded!\",
                c.proposed_by as \"proposed_by: StaffId\",
                c.due_on, c.paused_on, c.answered_on, c.erased_on,
                c.handler_id as \"handler_id: StaffId\", coalesce(u.short_name, u.name) as \"unit?\",
                s.display_name as \"handler?\"
            from (select * from feedback_case where "
                + $lane
                + $from
                + "
                and ($1::text is null or kind = $1)
                and ($2::smallint is null or assigned_unit_id = $2 or concerned_unit_id = $2)
                and ($3::text is null or channel = $3)
                and ($4::text is null or number between $4 and $5)
                and ($6::bigint is null or register_no = $6)
                and ($7::smallint[] is null or assigned_unit_id = any($7)
                    or concerned_unit_id = any($7) or kind = any($8) or channel = any($9)
                    or reasons && $10 or handler_id = any($11) or case_id = any($26))
                and ($12::smallint is null or assigned_unit_id = $12)
                and ($13::uuid is null or created_by = $13)
                and ($14::text[] is null or status = any($14))
                and ($15::date is null or due_on >= $15)
                and ($16::date is null or (due_on <= $16 and paused_on is null))
                and ($20::date is null or received_on >= $20)
                and ($21::date is null or received_on <= $21)
                and ($22::smallint is null or assigned_unit_id = $22)
                and (not $23::boolean or assigned_unit_id is null)
                and (not $24::boolean or answered_on is not null)
                and (not $25::boolean or answered_on > due_on)"
                + $inner
                + " limit $17) c
            left join unit u on u.unit_id = coalesce(c.assigned_unit_id, c.concerned_unit_id)
            left join staff s on s.staff_id = c.handler_id"
                + $outer,
            $ask.kind,
            $ask.unit,
            $ask.channel,
            $ask.numbers.as_ref().map(|range| range.0.as_str()),
            $ask.numbers.as_ref().map(|range| range.1.as_str()),
            $ask.register,
            $ask.codes.as_ref().map(|codes| codes.units.as_slice()) as _,
            &$ask
                .codes
                .as_ref()
                .map(|codes| codes.kinds.clone())
                .unwrap_or_default(),
            &$ask
                .codes
                .as_ref()
                .map(|codes| codes.channels.clone())
                .unwrap_or_default(),
            &$ask
                .codes
                .as_ref()
                .map(|codes| codes.reasons.clone())
                .unwrap_or_default(),
            &$ask.codes.as_ref().map(staff_keys).unwrap_or_default(),
            $ask.own_unit,
            $ask.own_entries,
            $ask.statuses.as_deref() as _,
            $ask.due_from,
            $ask.due_to,
            $start.2,
            $start.0,
            $start.1,
            $ask.extra.from,
            $ask.extra.to,
            $ask.assigned,
            $ask.extra.holder == Holder::Nobody,
            $ask.extra.answer.is_some(),
            $ask.extra.answer == Some(Answer::Late),
            $ask.texts_hold.as_slice() as &[CaseId]
        )
        .fetch_all($tx)
        .await
    };
}

impl Ask {
    /// The rows of a page and one more, which shows that there is a next page.
    pub(super) async fn rows(
        &self,
        tx: &mut PgConnection,
        filters: &Filters,
    ) -> Result<Vec<Found>, AppError> {
        self.rows_up_to(tx, filters, PAGE + 1).await
    }

    /// The first rows after where `filters` begin, at most `most` of them.
    pub(super) async fn rows_up_to(
        &self,
        tx: &mut PgConnection,
        filters: &Filters,
        most: usize,
    ) -> Result<Vec<Found>, AppError> {
        let limit = most as i64;
        if filters.sort == Sort::Received {
            let start = filters.after.map_or((LAST_DAY, Uuid::max(), limit), |c| {
                (c.day.unwrap_or(LAST_DAY), Uuid::from_u128(c.case), limit)
            });
            return Ok(self.by_receipt(tx, filters.view, start).await?);
        }
        let undated = filters.after.is_some_and(|cursor| cursor.day.is_none());
        let start = filters.after.map_or((FIRST_DAY, Uuid::nil(), limit), |c| {
            (c.day.unwrap_or(FIRST_DAY), Uuid::from_u128(c.case), limit)
        });
        let mut rows = if undated {
            Vec::new()
        } else {
            self.by_deadline(tx, filters.view, start).await?
        };
        if rows.len() < most && !self.running {
            let from = if undated { start.1 } else { Uuid::nil() };
            let start = (FIRST_DAY, from, limit - rows.len() as i64);
            rows.extend(self.without_deadline(tx, filters.view, start).await?);
        }
        Ok(rows)
    }

    async fn by_deadline(
        &self,
        tx: &mut PgConnection,
        view: View,
        start: Start,
    ) -> Result<Vec<Found>, sqlx::Error> {
        match view {
            View::Answered => lane!(self, tx, start, "status = 'da_tra_loi'", DATED),
            View::Proposals => lane!(self, tx, start, "proposal is not null", DATED),
            View::ReplyOwed => lane!(self, tx, start, "reply_owed", DATED),
            View::Unread => lane!(self, tx, start, "unread", DATED),
            _ => lane!(self, tx, start, OPEN, DATED),
        }
    }

    async fn without_deadline(
        &self,
        tx: &mut PgConnection,
        view: View,
        start: Start,
    ) -> Result<Vec<Found>, sqlx::Error> {
        match view {
            View::Answered => lane!(self, tx, start, "status = 'da_tra_loi'", UNDATED),
            View::Proposals => lane!(self, tx, start, "proposal is not null", UNDATED),
            View::ReplyOwed => lane!(self, tx, start, "reply_owed", UNDATED),
            View::Unread => lane!(self, tx, start, "unread", UNDATED),
            _ => lane!(self, tx, start, OPEN, UNDATED),
        }
    }

    async fn by_receipt(
        &self,
        tx: &mut PgConnection,
        view: View,
        start: Start,
    ) -> Result<Vec<Found>, sqlx::Error> {
        match view {
            View::All => lane!(self, tx, start, "true", NEWEST),
            View::Answered => lane!(self, tx, start, "status = 'da_tra_loi'", NEWEST),
            View::Proposals => lane!(self, tx, start, "proposal is not null", NEWEST),
            View::ReplyOwed => lane!(self, tx, start, "reply_owed", NEWEST),
            View::Unread => lane!(self, tx, start, "unread", NEWEST),
            _ => lane!(self, tx, start, OPEN, NEWEST),
        }
    }
}

fn staff_keys(codes: &Codes) -> Vec<Uuid> {
    codes.staff.iter().copied().map(Uuid::from_u128).collect()
}
