//! The audit log as auditors read it: who did what, about which case or account; no content, and
//! nobody's name but those of staff.

use super::{
    authority::Authority,
    register::{labels, named},
    session,
};
use crate::{
    accounts::view::{AuditRow, AuditView},
    error::AppError,
    platform::{
        AppState,
        clock::{VIETNAM, moment},
        database::Scope,
    },
    records::AuditAction,
    rights::{Permission, Role},
};
use sqlx::PgConnection;
use time::{Date, Duration, OffsetDateTime, format_description::well_known::Iso8601};

/// Entries on a page.
const PAGE: usize = 50;

/// A page of the log: of `day` (`2026-11-23`) and `action` if they are any, before the entry
/// `before`.
///
/// # Errors
/// [`AppError::Forbidden`] if `authority` proves another right than to read it.
#[tracing::instrument(skip_all, fields(staff = %authority.staff_id()), err(level = "debug"))]
pub async fn page(
    state: &AppState,
    authority: &Authority,
    day: &str,
    action: &str,
    before: &str,
) -> Result<AuditView, AppError> {
    let staff = authority.require(Permission::ReadAudit)?.staff();
    let day = Date::parse(day, &Iso8601::DATE).ok();
    let action = AuditAction::from_code(action);
    let before: Option<i64> = before.parse().ok();
    // the number of a case is all that is read of it
    let scope = Scope::All {
        reader: None,
        denunciations: true,
        original: false,
    };
    let mut tx = state.db.begin(scope).await?;
    let mut entries = entries(&mut tx, day, action, before).await?;
    tx.commit().await?;
    let is_more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let last = entries.last().map(|entry| entry.id.to_string());
    Ok(AuditView {
        viewer: session::viewer(staff),
        day: day.map(|day| day.to_string()).unwrap_or_default(),
        action: action.map_or("", AuditAction::code).to_owned(),
        actions: actions(),
        later: before.is_some(),
        older: last.filter(|_| is_more).unwrap_or_default(),
        rows: entries.into_iter().map(row).collect(),
    })
}

fn actions() -> Vec<(String, String)> {
    let all = AuditAction::ALL.iter();
    all.map(|action| (action.code().to_owned(), action.label().to_owned()))
        .collect()
}

struct Entry {
    id: i64,
    at: OffsetDateTime,
    action: String,
    who: Option<String>,
    number: Option<String>,
    about: Option<String>,
    roles: Vec<String>,
}

async fn entries(
    tx: &mut PgConnection,
    day: Option<Date>,
    action: Option<AuditAction>,
    before: Option<i64>,
) -> Result<Vec<Entry>, AppError> {
    let from = day.map(|day| day.midnight().assume_offset(VIETNAM));
    Ok(sqlx::query_as!(
        Entry,
        r#"select l.audit_id as id, l.at, l.action, s.display_name as "who?",
            c.number as "number?", p.display_name as "about?",
            array(select jsonb_array_elements_text(
                case jsonb_typeof(l.detail->'vai_tro') when 'array' then l.detail->'vai_tro'
                    else '[]' end
            )) as "roles!"
        from audit_log l
            left join staff s on s.staff_id = l.staff_id
            left join feedback_case c on c.case_id = l.case_id
            left join staff p on p.staff_id::text = l.detail->>'can_bo'
        where ($1::timestamptz is null or l.at >= $1)
            and ($2::timestamptz is null or l.at < $2)
            and ($3::text is null or l.action = $3)
            and ($4::bigint is null or l.audit_id < $4)
        order by l.audit_id desc limit $5"#,
        from,
        from.map(|from| from + Duration::DAY),
        action.map(AuditAction::code),
        before,
        PAGE as i64 + 1
    )
    .fetch_all(tx)
    .await?)
}

fn row(entry: Entry) -> AuditRow {
    let action = AuditAction::from_code(&entry.action);
    let roles: Vec<Role> = entry
        .roles
        .iter()
        .filter_map(|code| Role::from_code(code))
        .collect();
    let about = entry.about.unwrap_or_default();
    AuditRow {
        at: moment(entry.at),
        who: named(entry.who),
        what: action.map_or(entry.action, |action| action.label().to_owned()),
        case: entry.number.unwrap_or_default(),
        about: match roles.as_slice() {
            [] => about,
            roles => format!("{about}: {}", labels(roles)),
        },
        stands_out: action.is_some_and(stands_out),
    }
}

/// Where an insider would show: names opened, accounts woken up or given more rights, proofs renewed.
fn stands_out(action: AuditAction) -> bool {
    use AuditAction as A;
    matches!(
        action,
        A::IdentityOpened
            | A::IdentityNotOpened
            | A::IdentityApproved
            | A::AccountCreated
            | A::AccountConfirmed
            | A::AccountEnabled
            | A::RolesChanged
            | A::ResetConfirmed
            | A::RecoveryCodeUsed
    )
}
