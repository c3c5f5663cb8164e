//! Counting. Public figures come from released months only; leadership figures are live.
#![warn(unreachable_pub)]

pub mod disclosure;
pub mod download;
pub mod leadership;
mod open_cases;
pub mod release;

use super::view::{ChosenPeriod, Decision, LeadershipView};
use crate::{
    accounts::ssr::{
        authority::Authority,
        session::{self, CurrentStaff},
    },
    calendar::{Calendar, day_month_year},
    case::{Proposal, StaffId, Status, UnitId},
    error::AppError,
    platform::database::{Db, Reader, Scope},
    rights::Permission,
    routes,
    ui::Due,
};
use leadership::{Cohort, Links, by_unit, trend};
use open_cases::{OpenCases, headlines, waiting};
use release::{CountedMonth, Release, month_of, months_before};
use sqlx::PgConnection;
use time::Date;

/// Cases due within so many working days are due soon.
const SOON: u16 = 3;

/// What the public may know on `today`: the months before the current one. The first request in a
/// new month counts and stores the previous one.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn released(db: &Db, today: Date) -> Result<Release, AppError> {
    let open_month = month_of(today);
    sqlx::query!("select release_closed_months($1)", open_month)
        .execute(db.pool())
        .await?;
    let rows = sqlx::query!(
        "select month, array_agg(received order by kind) as \"received!\",
            sum(answered) as \"answered!\", sum(on_time) as \"on_time!\"
        from released_month where month < $1 group by month order by month",
        open_month
    )
    .fetch_all(db.pool())
    .await?;
    let months: Vec<CountedMonth> = rows
        .into_iter()
        .map(|row| CountedMonth {
            month: row.month,
            // kinds are in the order of their codes, which is that of `Kind::ALL`
            received: std::array::from_fn(|kind| {
                row.received.get(kind).copied().map_or(0, i64::from)
            }),
            answered: row.answered,
            on_time: row.on_time,
        })
        .collect();
    Ok(Release::of(&months))
}

/// The leadership page for a period. It counts every case that this person may know of, in any
/// unit.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn leading(
    db: &Db,
    authority: &Authority,
    today: Date,
    period: ChosenPeriod,
) -> Result<LeadershipView, AppError> {
    // the right to see figures is a right to count: an auditor opens no case, so their own scope
    // would count none
    let staff = authority.staff();
    let own = |staff: &CurrentStaff| Reader {
        staff: staff.staff_id,
        unit: staff.unit,
    };
    let mut tx = db
        .begin(Scope::All {
            reader: staff.may(Permission::SeeAllCases).then(|| own(staff)),
            denunciations: staff.may(Permission::SeeDenunciations),
            original: false,
        })
        .await?;
    let calendar = crate::directory::ssr::calendar(&mut tx).await?;
    let links = Links {
        open: authority.staff().may(Permission::SeeAllCases),
    };
    let open_cases = open_cases(&mut tx, &calendar, today).await?;
    let cohorts = cohorts(&mut tx, today).await?;
    let mut decisions = if links.open {
        decisions(&mut tx, &calendar, today).await?
    } else {
        Vec::new()
    };
    let openings = openings(&mut tx, authority, &calendar, today).await?;
    tx.commit().await?;
    let (first, last) = period.days(today);
    let proposed: i64 = open_cases
        .iter()
        .map(|s| {
            if s.status == Status::AwaitingApproval {
                s.count
            } else {
                s.proposals
            }
        })
        .sum();
    let decisions_total = proposed + openings.len() as i64;
    decisions.splice(0..0, openings);
    Ok(LeadershipView {
        viewer: session::viewer(authority.staff()),
        headlines: headlines(&open_cases, calendar.add_working_days(today, SOON), links),
        period: period.code().to_owned(),
        days: format!("{} – {}", day_month_year(first), day_month_year(last)),
        units: by_unit(&cohorts, &open_cases, (first, last), links),
        waiting: waiting(&open_cases, links),
        trend: trend(&cohorts, today),
        decisions,
        decisions_total,
    })
}

/// Open cases by status and unit. No deadline runs while a supplement is awaited.
async fn open_cases(
    tx: &mut PgConnection,
    calendar: &Calendar,
    today: Date,
) -> Result<Vec<OpenCases>, AppError> {
    let rows = sqlx::query!(
        "select s.status as \"status!: Status\", u.code as \"code?\", u.name as \"name?\",
            s.count as \"count!\", s.overdue as \"overdue!\", s.soon as \"soon!\",
            s.proposals as \"proposals!\", s.oldest as \"oldest!\"
        from (
            select status, assigned_unit_id as unit_id, count(*),
                count(*) filter (where due_on < $1 and paused_on is null) as overdue,
                count(*) filter (where due_on between $1 and $2 and paused_on is null) as soon,
                count(proposal) as proposals, min(received_on) as oldest
            from feedback_case
            where status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai',
                'da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet')
            group by 1, 2
        ) s
        left join unit u using (unit_id)",
        today,
        calendar.add_working_days(today, SOON),
    )
    .fetch_all(tx)
    .await?;
    let open_cases = rows.into_iter().map(|row| OpenCases {
        status: row.status,
        unit: row.code.zip(row.name),
        count: row.count,
        overdue: row.overdue,
        soon: row.soon,
        proposals: row.proposals,
        oldest: row.oldest,
    });
    Ok(open_cases.collect())
}

/// The cases of the last twelve months by month of receipt and unit, from one scan of the index by
/// day of receipt.
async fn cohorts(tx: &mut PgConnection, today: Date) -> Result<Vec<Cohort>, AppError> {
    let rows = sqlx::query!(
        "select c.month as \"month!\", u.code as \"code?\", u.name as \"name?\",
            c.received as \"received!\", c.answered as \"answered!\",
            c.answered_late as \"answered_late!\", c.ended as \"ended!\"
        from (
            select date_trunc('month', received_on)::date as month, assigned_unit_id as unit_id,
                count(*) as received, count(answered_on) as answered,
                count(*) filter (where answered_on > due_on) as answered_late,
                count(*) filter (where answered_on is null
                    and status in ('tu_choi', 'da_chuyen_co_quan', 'da_huong_dan_kntc', 'tap_hop',
                        'da_rut', 'da_gop', 'ket_thuc')) as ended
            from feedback_case where received_on between $1 and $2 group by 1, 2
        ) c
        left join unit u using (unit_id)
        order by 1, 2",
        months_before(today, 11),
        today,
    )
    .fetch_all(tx)
    .await?;
    let cohorts = rows.into_iter().map(|r| Cohort {
        month: r.month,
        unit: r.code.zip(r.name),
        received: r.received,
        answered: r.answered,
        answered_late: r.answered_late,
        ended: r.ended,
    });
    Ok(cohorts.collect())
}

/// Proposals that wait for a leader's decision, nearest deadline first.
async fn decisions(
    tx: &mut PgConnection,
    calendar: &Calendar,
    today: Date,
) -> Result<Vec<Decision>, AppError> {
    let rows = sqlx::query!(
        "select c.number, c.proposal as \"proposal: Proposal\", c.due_on, u.name as \"unit?\"
        from feedback_case c left join unit u on u.unit_id = c.assigned_unit_id
        where (c.status = 'cho_phe_duyet' or c.proposal is not null)
            and c.status in ('cho_tiep_nhan', 'cho_bo_sung', 'da_tiep_nhan', 'da_phan_loai',
                'da_chuyen_xu_ly', 'dang_xac_minh', 'dang_xu_ly', 'cho_phe_duyet')
        order by c.due_on nulls last, c.case_id limit 10"
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Decision {
            href: routes::CASE.with(&row.number),
            number: row.number,
            what: what_to_decide(row.proposal).to_owned(),
            unit: row.unit.unwrap_or_default(),
            due: row
                .due_on
                .map(|due_on| Due::running(calendar, due_on, today)),
        })
        .collect())
}

/// Requests to open an identity that this person can decide: neither their own nor about their own
/// unit.
async fn openings(
    tx: &mut PgConnection,
    authority: &Authority,
    calendar: &Calendar,
    today: Date,
) -> Result<Vec<Decision>, AppError> {
    let staff = authority.staff();
    if !staff.may(Permission::ApproveIdentity) {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        "select c.number, c.due_on, u.name as \"unit?\"
        from identity_opening o
        join feedback_case c using (case_id)
        left join unit u on u.unit_id = c.concerned_unit_id
        where o.approved_at is null and o.refused_at is null and o.requested_by <> $1
            and (c.concerned_unit_id is null or c.concerned_unit_id is distinct from $2)
        order by o.requested_at",
        staff.staff_id as StaffId,
        staff.unit as Option<UnitId>,
    )
    .fetch_all(tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Decision {
            href: routes::OPENING.with(&row.number),
            number: row.number,
            what: "Đề nghị mở danh tính".to_owned(),
            unit: row.unit.unwrap_or_default(),
            due: row
                .due_on
                .map(|due_on| Due::running(calendar, due_on, today)),
        })
        .collect())
}

fn what_to_decide(proposal: Option<Proposal>) -> &'static str {
    match proposal {
        None => "Phê duyệt trả lời",
        Some(Proposal::Refuse) => "Đề xuất không tiếp nhận",
        Some(_) => "Đề xuất chuyển cơ quan khác",
    }
}
