//! The inbox: keyset pages straight from an index, counts that stop at a thousand.
//!
//! Row security puts its own condition before ours, so every condition that should use an index is built from leak-proof operators;
//! and the plan is made for the values at hand, so that a filter that is not set costs nothing.

use crate::{
    accounts::ssr::{authority::Authority, session},
    calendar::{Calendar, day_month_year},
    case::{Kind, Status, fold},
    casework::{
        case_page::deadline::DeadlineState,
        inbox::{
            extra_filters::{Answer, Cut, Holder},
            filters::{Cursor, Filters, Sort, View},
            search::{Codes, Names, Search},
            view::{COUNTED, Inbox, Row},
        },
    },
    directory,
    error::AppError,
    platform::{AppState, database::Scope},
};
use sqlx::PgConnection;
use time::{Date, macros::date};
use uuid::Uuid;

const PAGE: usize = 50;
const FIRST_DAY: Date = date!(0001 - 01 - 01);
const LAST_DAY: Date = date!(9999 - 12 - 31);

/// One page of the inbox as `filters` ask for it.
///
/// # Errors
/// [`AppError::Unavailable`] where the database is away.
pub async fn inbox(
    state: &AppState,
    authority: &Authority,
    filters: &Filters,
) -> Result<Inbox, AppError> {
    let today = state.clock.today();
    let mut tx = authority.begin(&state.db).await?;
    sqlx::query_scalar!("select set_config('plan_cache_mode', 'force_custom_plan', true)")
        .fetch_one(&mut *tx)
        .await?;
    let calendar = directory::ssr::calendar(&mut tx).await?;
    let ask = Ask::new(&mut tx, authority.scope(), filters, &calendar, today).await?;
    let mut found = ask.rows(&mut tx, filters).await?;
    let counts = counts(&mut tx, &ask).await?;
    let units = sqlx::query!("select code, name from unit where valid_to is null order by unit_id")
        .fetch_all(&mut *tx)
        .await?;
    let next = if found.len() > PAGE {
        next_page(filters, &found[PAGE - 1])
    } else {
        String::new()
    };
    found.truncate(PAGE);
    Ok(Inbox {
        viewer: session::viewer(authority.staff()),
        counts,
        units: units.into_iter().map(|row| (row.code, row.name)).collect(),
        rows: found
            .into_iter()
            .filter_map(|found| found.show(&calendar, today))
            .collect(),
        next,
    })
}

fn next_page(filters: &Filters, last: &Found) -> String {
    let day = if filters.sort == Sort::Received {
        Some(last.received_on)
    } else {
        last.due_on
    };
    Filters {
        after: Some(Cursor {
            day,
            case: last.case_id.as_u128(),
        }),
        ..filters.clone()
    }
    .href()
}

/// A row as found.
struct Found {
    case_id: Uuid,
    number: String,
    received_on: Date,
    kind: String,
    status: String,
    is_lead: bool,
    secrecy: String,
    proposal: Option<String>,
    due_on: Option<Date>,
    paused_on: Option<Date>,
    answered_on: Option<Date>,
    unit: Option<String>,
    handler: Option<String>,
}

impl Found {
    fn show(self, calendar: &Calendar, today: Date) -> Option<Row> {
        let status = Status::from_code(&self.status)?;
        let deadline = |due_on| DeadlineState {
            status,
            due_on,
            paused_on: self.paused_on,
            answered_on: self.answered_on,
        };
        Some(Row {
            number: self.number,
            received: day_month_year(self.received_on),
            kind: Kind::from_code(&self.kind)?,
            unit: self.unit.unwrap_or_default(),
            status,
            due: self
                .due_on
                .map(|due_on| deadline(due_on).describe(calendar, today)),
            holder: self.handler.unwrap_or_default(),
            is_lead: self.is_lead,
            denunciation: self.secrecy == "to_cao",
            proposed: self.proposal.is_some(),
        })
    }
}

/// The statement of one lane: `$lane` is the condition that an index of `migrations/0004` answers, the last word says how it is walked.
macro_rules! lane {
    ($ask:ident, $tx:ident, $start:ident, OPEN, $walk:ident) => {
        lane!($ask, $tx, $start,
            "status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet')",
            $walk)
    };
    ($ask:ident, $tx:ident, $start:ident, $lane:tt, DATED) => {
        lane!($ask, $tx, $start, $lane, " and due_on is not null and (due_on, case_id) > ($18, $19)", " order by due_on, case_id", " order by c.due_on, c.case_id")
    };
    ($ask:ident, $tx:ident, $start:ident, $lane:tt, UNDATED) => {
        lane!($ask, $tx, $start, $lane, " and due_on is null and $18::date is not null and case_id > $19", " order by due_on, case_id", " order by c.case_id")
    };
    ($ask:ident, $tx:ident, $start:ident, $lane:tt, NEWEST) => {
        lane!($ask, $tx, $start, $lane, " and (received_on, case_id) < ($18, $19)", " order by received_on desc, case_id desc", " order by c.received_on desc, c.case_id desc")
    };
    ($ask:ident, $tx:ident, $start:ident, $lane:tt, $from:tt, $inner:tt, $outer:tt) => {
        sqlx::query_as!(
            Found,
            "select c.case_id as \"case_id!\", c.number as \"number!\", c.received_on as \"received_on!\", c.kind as \"kind!\", c.status as \"status!\",
                c.is_lead as \"is_lead!\", c.secrecy as \"secrecy!\", c.proposal, c.due_on, c.paused_on, c.answered_on,
                u.name as \"unit?\", s.display_name as \"handler?\"
            from (select * from feedback_case where " + $lane + $from + "
                and ($1::text is null or kind = $1)
                and ($2::smallint is null or assigned_unit_id = $2 or concerned_unit_id = $2)
                and ($3::text is null or channel = $3)
                and ($4::text is null or number between $4 and $5)
                and ($6::bigint is null or register_no = $6)
                and ($7::smallint[] is null or assigned_unit_id = any($7) or concerned_unit_id = any($7) or kind = any($8)
                    or channel = any($9) or reasons && $10 or handler_id = any($11))
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
                and (not $25::boolean or answered_on > due_on)" + $inner + " limit $17) c
            left join unit u on u.unit_id = coalesce(c.assigned_unit_id, c.concerned_unit_id)
            left join staff s on s.staff_id = c.handler_id" + $outer,
            $ask.kind,
            $ask.unit,
            $ask.channel,
            $ask.numbers.as_ref().map(|range| range.0.as_str()),
            $ask.numbers.as_ref().map(|range| range.1.as_str()),
            $ask.register,
            $ask.codes.as_ref().map(|codes| codes.units.as_slice()) as _,
            &$ask.codes.as_ref().map(|codes| codes.kinds.clone()).unwrap_or_default(),
            &$ask.codes.as_ref().map(|codes| codes.channels.clone()).unwrap_or_default(),
            &$ask.codes.as_ref().map(|codes| codes.reasons.clone()).unwrap_or_default(),
            &$ask.codes.as_ref().map(staff_keys).unwrap_or_default(),
            $ask.own_unit,
            $ask.own_entries,
            $ask.statuses.as_deref() as _,
            $ask.due_from,
            $ask.due_to,
            PAGE as i64 + 1,
            $start.0,
            $start.1,
            $ask.cut.from,
            $ask.cut.to,
            $ask.assigned,
            $ask.cut.holder == Holder::Nobody,
            $ask.cut.answer.is_some(),
            $ask.cut.answer == Some(Answer::Late)
        )
        .fetch_all($tx)
        .await
    };
}

/// The parameters of every statement below, in their order.
struct Ask {
    kind: Option<&'static str>,
    unit: Option<i16>,
    channel: Option<&'static str>,
    cut: Cut,
    assigned: Option<i16>,
    numbers: Option<(String, String)>,
    register: Option<i64>,
    codes: Option<Codes>,
    own_unit: Option<i16>,
    own_entries: Option<Uuid>,
    statuses: Option<Vec<String>>,
    due_from: Option<Date>,
    due_to: Option<Date>,
    /// Only cases whose clock runs.
    running: bool,
    today: Date,
    soon: Date,
}

impl Ask {
    async fn new(
        tx: &mut PgConnection,
        scope: Scope,
        filters: &Filters,
        calendar: &Calendar,
        today: Date,
    ) -> Result<Self, AppError> {
        let search = Search::parse(
            &filters.words,
            &if filters.words.is_empty() {
                Default::default()
            } else {
                names(tx).await?
            },
        );
        let unit = if filters.unit.is_empty() {
            None
        } else {
            Some(unit_id(tx, &filters.unit).await?)
        };
        let assigned = match &filters.cut.holder {
            Holder::Unit(code) => Some(unit_id(tx, code).await?),
            Holder::Any | Holder::Nobody => None,
        };
        let soon = calendar.add_working_days(today, 3);
        let (due_from, due_to) = match filters.view {
            View::Overdue => (None, today.previous_day()),
            View::DueSoon => (Some(today), Some(soon)),
            _ => (None, None),
        };
        Ok(Self {
            kind: filters.kind.map(Kind::code),
            unit,
            channel: filters.channel.map(crate::case::Channel::code),
            cut: filters.cut.clone(),
            assigned,
            numbers: if let Search::Numbers(from, to) = &search {
                Some((from.clone(), to.clone()))
            } else {
                None
            },
            register: if let Search::Register(number) = search {
                Some(number)
            } else {
                None
            },
            codes: if let Search::Codes(codes) = search {
                Some(codes)
            } else {
                None
            },
            own_unit: match scope {
                Scope::Unit { unit, .. } => Some(unit.0),
                _ => None,
            },
            own_entries: match scope {
                Scope::Own(staff) => Some(Uuid::from_u128(staff.0)),
                _ => None,
            },
            statuses: statuses(filters.view),
            due_from,
            due_to,
            running: due_to.is_some(),
            today,
            soon,
        })
    }

    /// The rows of a page and one more, which tells that there is a next one.
    async fn rows(&self, tx: &mut PgConnection, filters: &Filters) -> Result<Vec<Found>, AppError> {
        if filters.sort == Sort::Received {
            let start = filters.after.map_or((LAST_DAY, Uuid::max()), |c| {
                (c.day.unwrap_or(LAST_DAY), Uuid::from_u128(c.case))
            });
            return Ok(self.by_receipt(tx, filters.view, start).await?);
        }
        let undated = filters.after.is_some_and(|cursor| cursor.day.is_none());
        let start = filters.after.map_or((FIRST_DAY, Uuid::nil()), |c| {
            (c.day.unwrap_or(FIRST_DAY), Uuid::from_u128(c.case))
        });
        let mut rows = if undated {
            Vec::new()
        } else {
            self.by_deadline(tx, filters.view, start).await?
        };
        if rows.len() <= PAGE && !self.running {
            let start = (FIRST_DAY, if undated { start.1 } else { Uuid::nil() });
            rows.extend(self.without_deadline(tx, filters.view, start).await?);
        }
        Ok(rows)
    }

    async fn by_deadline(
        &self,
        tx: &mut PgConnection,
        view: View,
        start: (Date, Uuid),
    ) -> Result<Vec<Found>, sqlx::Error> {
        match view {
            View::Answered => lane!(self, tx, start, "status = 'da_tra_loi'", DATED),
            View::Proposals => lane!(self, tx, start, "proposal is not null", DATED),
            _ => lane!(self, tx, start, OPEN, DATED),
        }
    }

    async fn without_deadline(
        &self,
        tx: &mut PgConnection,
        view: View,
        start: (Date, Uuid),
    ) -> Result<Vec<Found>, sqlx::Error> {
        match view {
            View::Answered => lane!(self, tx, start, "status = 'da_tra_loi'", UNDATED),
            View::Proposals => lane!(self, tx, start, "proposal is not null", UNDATED),
            _ => lane!(self, tx, start, OPEN, UNDATED),
        }
    }

    async fn by_receipt(
        &self,
        tx: &mut PgConnection,
        view: View,
        start: (Date, Uuid),
    ) -> Result<Vec<Found>, sqlx::Error> {
        match view {
            View::All => lane!(self, tx, start, "true", NEWEST),
            View::Answered => lane!(self, tx, start, "status = 'da_tra_loi'", NEWEST),
            View::Proposals => lane!(self, tx, start, "proposal is not null", NEWEST),
            _ => lane!(self, tx, start, OPEN, NEWEST),
        }
    }
}

/// Names a search is matched against.
async fn names(tx: &mut PgConnection) -> Result<Names, AppError> {
    let units = sqlx::query!("select unit_id, code, name from unit")
        .fetch_all(&mut *tx)
        .await?;
    let staff = sqlx::query!("select staff_id, display_name from staff")
        .fetch_all(tx)
        .await?;
    let unit_name = |name: &str, code: &str| format!("{} {}", fold(name), fold(code));
    Ok(Names {
        units: units
            .into_iter()
            .map(|row| (row.unit_id, unit_name(&row.name, &row.code)))
            .collect(),
        staff: staff
            .into_iter()
            .map(|row| (row.staff_id.as_u128(), fold(&row.display_name)))
            .collect(),
    })
}

fn staff_keys(codes: &Codes) -> Vec<Uuid> {
    codes.staff.iter().copied().map(Uuid::from_u128).collect()
}

async fn unit_id(tx: &mut PgConnection, code: &str) -> Result<i16, AppError> {
    // an unknown unit has no case
    Ok(
        sqlx::query_scalar!("select unit_id from unit where code = $1", code)
            .fetch_optional(tx)
            .await?
            .unwrap_or(-1),
    )
}

fn statuses(view: View) -> Option<Vec<String>> {
    let list: &[Status] = match view {
        View::Submitted => &[Status::Submitted],
        View::AwaitingInfo => &[Status::AwaitingInfo],
        View::Unassigned => &[Status::Received, Status::Classified],
        View::InHand => &[Status::Assigned, Status::Verifying, Status::Drafting],
        View::AwaitingApproval => &[Status::AwaitingApproval],
        _ => return None,
    };
    Some(list.iter().map(|status| status.code().to_owned()).collect())
}

/// How many cases each view holds, counted up to [`COUNTED`].
async fn counts(tx: &mut PgConnection, ask: &Ask) -> Result<Vec<i64>, AppError> {
    let row = sqlx::query!(
        r#"with own as not materialized (
            select status, due_on, paused_on, proposal from feedback_case
            where ($1::smallint is null or assigned_unit_id = $1) and ($2::uuid is null or created_by = $2)
        ), open as not materialized (
            select * from own where status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai', 'da_chuyen_xu_ly',
                'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet')
        )
        select
            (select count(*) from (select from open limit $5) x) as "open!",
            (select count(*) from (select from own where status = 'cho_tiep_nhan' limit $5) x) as "submitted!",
            (select count(*) from (select from own where status = 'cho_bo_sung' limit $5) x) as "awaiting_info!",
            (select count(*) from (select from own where status in ('da_tiep_nhan', 'da_phan_loai') limit $5) x) as "unassigned!",
            (select count(*) from (select from own where status in ('da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly') limit $5) x) as "in_hand!",
            (select count(*) from (select from own where status = 'cho_phe_duyet' limit $5) x) as "awaiting!",
            (select count(*) from (select from open where due_on < $3 and paused_on is null limit $5) x) as "overdue!",
            (select count(*) from (select from open where due_on >= $3 and due_on <= $4 and paused_on is null limit $5) x) as "soon!",
            (select count(*) from (select from own where proposal is not null limit $5) x) as "proposals!",
            (select count(*) from (select from own where status = 'da_tra_loi' limit $5) x) as "answered!",
            (select count(*) from (select from own limit $5) x) as "all!""#,
        ask.own_unit,
        ask.own_entries,
        ask.today,
        ask.soon,
        COUNTED
    )
    .fetch_one(tx)
    .await?;
    Ok(vec![
        row.open,
        row.submitted,
        row.awaiting_info,
        row.unassigned,
        row.in_hand,
        row.awaiting,
        row.overdue,
        row.soon,
        row.proposals,
        row.answered,
        row.all,
    ])
}
