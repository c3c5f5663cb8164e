//! The leadership page: what is late, what waits for a decision, and how the units are doing.

use super::{
    decisions::decisions,
    leadership::{Cohort, Links, by_unit, finding, trend},
    months::months_before,
    open_cases::{OpenCases, headlines, late, waiting},
    speed::{Answers, course, units_today},
};
use crate::{
    accounts::ssr::{authority::Authority, session},
    calendar::{Calendar, day_month_year},
    case::Status,
    error::AppError,
    platform::{AppState, database::Scope},
    rights::Permission,
    statistics::view::{ChosenPeriod, Headline, LeadershipView},
    ui::thousands,
};
use sqlx::PgConnection;
use time::Date;

/// Cases due within so many working days are due soon.
const SOON: u16 = 3;

/// The leadership page for a period. It counts every case that this person may know of, in any
/// unit.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn leading(
    state: &AppState,
    authority: &Authority,
    period: ChosenPeriod,
) -> Result<LeadershipView, AppError> {
    let today = state.clock.today();
    let links = Links {
        open: authority.staff().may(Permission::SeeAllCases),
    };
    let mut tx = state.db.begin(counting(authority)).await?;
    let calendar = crate::directory::ssr::calendar(&mut tx).await?;
    let open_cases = open_cases(&mut tx, &calendar, today).await?;
    let cohorts = cohorts(&mut tx, today).await?;
    let answers = answers(&mut tx, today).await?;
    tx.commit().await?;
    let decisions = decisions(state, authority, &calendar, &open_cases, links).await?;
    let trend = trend(&cohorts, today);
    let mut figures = headlines(&open_cases, links);
    figures.extend(with_a_past(&cohorts, &answers, today));
    let (first, last) = period.days(today);
    Ok(LeadershipView {
        viewer: session::viewer(authority.staff()),
        late: late(&open_cases, &calendar, today, links),
        headlines: figures,
        decisions,
        waiting: waiting(&open_cases, links),
        finding: finding(&trend),
        trend,
        units: units_today(&open_cases, &answers, today, links),
        period: period.code().to_owned(),
        period_chosen: false,
        days: format!("{} – {}", day_month_year(first), day_month_year(last)),
        period_units: by_unit(&cohorts, &open_cases, (first, last), links),
    })
}

/// The right to see figures is a right to count: an auditor opens no case, so their own scope would
/// count none.
fn counting(authority: &Authority) -> Scope {
    let staff = authority.staff();
    Scope::All {
        reader: staff.may(Permission::SeeAllCases).then(|| staff.reader()),
        denunciations: staff.may(Permission::SeeDenunciations),
        original: false,
    }
}

/// What was received this month and how long answers take, each with its twelve months.
fn with_a_past(cohorts: &[Cohort], answers: &[Answers], today: Date) -> [Headline; 2] {
    let months = (0..12).rev().map(|back| months_before(today, back));
    let received = |month| cohorts.iter().filter(move |cohort| cohort.month == month);
    let received: Vec<i64> = months
        .map(|month| received(month).map(|cohort| cohort.received).sum())
        .collect();
    let (days, course) = course(answers, today);
    [
        Headline {
            label: "Nhận tháng này".to_owned(),
            value: thousands(received.last().copied().unwrap_or_default()),
            course: received.iter().map(|n| *n as f64).collect(),
            ..Headline::default()
        },
        Headline {
            label: "Ngày trả lời TB".to_owned(),
            value: days,
            course,
            ..Headline::default()
        },
    ]
}

/// Open cases by status and unit. No deadline runs while a supplement is awaited.
async fn open_cases(
    tx: &mut PgConnection,
    calendar: &Calendar,
    today: Date,
) -> Result<Vec<OpenCases>, AppError> {
    let rows = sqlx::query!(
        "select s.status as \"status!: Status\", u.code as \"code?\",
            coalesce(u.short_name, u.name) as \"name?\",
            s.count as \"count!\", s.overdue as \"overdue!\", s.soon as \"soon!\",
            s.refusals as \"refusals!\", s.forwards as \"forwards!\", s.oldest as \"oldest!\",
            s.first_due
        from (
            select status, assigned_unit_id as unit_id, count(*),
                count(*) filter (where due_on < $1 and paused_on is null) as overdue,
                min(due_on) filter (where due_on < $1 and paused_on is null) as first_due,
                count(*) filter (where due_on between $1 and $2 and paused_on is null) as soon,
                count(*) filter (where proposal = 'tu_choi') as refusals,
                count(*) filter (where proposal = 'chuyen_co_quan') as forwards,
                min(received_on) as oldest
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
        first_due: row.first_due,
        soon: row.soon,
        refusals: row.refusals,
        forwards: row.forwards,
        oldest: row.oldest,
    });
    Ok(open_cases.collect())
}

/// The cases of the last twelve months by month of receipt and unit, from one scan of the index by
/// day of receipt.
async fn cohorts(tx: &mut PgConnection, today: Date) -> Result<Vec<Cohort>, AppError> {
    let rows = sqlx::query!(
        "select c.month as \"month!\", u.code as \"code?\",
            coalesce(u.short_name, u.name) as \"name?\",
            c.received as \"received!\", c.answered as \"answered!\",
            c.answered_late as \"answered_late!\", c.ended as \"ended!\"
        from (
            select date_trunc('month', received_on)::date as month, assigned_unit_id as unit_id,
                count(*) as received, count(answered_on) as answered,
                count(*) filter (where answered_on > due_on) as answered_late,
                count(*) filter (where answered_on is null
                    and status in ('tu_choi', 'da_chuyen_co_quan', 'da_huong_dan_kntc', 'da_rut',
                        'ket_thuc')) as ended
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

/// The answers of the last twelve months by month and unit, and the days they took.
async fn answers(tx: &mut PgConnection, today: Date) -> Result<Vec<Answers>, AppError> {
    let rows = sqlx::query!(
        "select a.month as \"month!\", u.code as \"code?\",
            coalesce(u.short_name, u.name) as \"name?\",
            a.count as \"count!\", a.days as \"days!\"
        from (
            select date_trunc('month', answered_on)::date as month, assigned_unit_id as unit_id,
                count(*), sum(answered_on - received_on) as days
            from feedback_case where answered_on between $1 and $2 group by 1, 2
        ) a
        left join unit u using (unit_id)",
        months_before(today, 11),
        today,
    )
    .fetch_all(tx)
    .await?;
    let answers = rows.into_iter().map(|row| Answers {
        month: row.month,
        unit: row.code.zip(row.name),
        count: row.count,
        days: row.days,
    });
    Ok(answers.collect())
}
