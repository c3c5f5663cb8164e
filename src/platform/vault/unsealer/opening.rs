//! Who may see an identity. The unsealer checks it against the database itself and does not trust
//! the web process.

use super::{
    serve::Unsealer,
    wire::{Refusal, Request},
};
use crate::{
    case::CaseId,
    platform::vault::{Identity, SealedIdentity, key_files},
    rights::{Permission, Role},
};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

/// Identities opened within a day, over the whole department.
pub const PER_DAY: i64 = 20;
/// How long after the approval the two people can read the identity.
pub const VALID_FOR: Duration = Duration::hours(24);
/// Maximum age of the password entry when an identity is first read.
const FRESH: Duration = Duration::minutes(5);
/// In `audit_log` and `case_event`; the submitter reads the latter on the tracking page.
const OPENED: &str = "mo_danh_tinh";
const REFUSED: &str = "mo_danh_tinh_khong_duoc";

/// An opening as the database knows it.
struct Opening {
    case_id: Uuid,
    requested_by: Uuid,
    has_reason: bool,
    approved: Option<(Uuid, OffsetDateTime)>,
    turned_down: bool,
    concerned_unit: Option<i16>,
}

/// A member of staff as the database knows them.
struct Person {
    unit: Option<i16>,
    roles: Vec<Role>,
}

impl Person {
    fn may(&self, permission: Permission) -> bool {
        self.roles.iter().any(|role| role.grants(permission))
    }
}

/// Opens the identity behind an approved request. The reading is committed to the audit log and to
/// the case's history before this returns.
pub(super) async fn open(unsealer: &Unsealer, request: Request) -> Result<Identity, Refusal> {
    let now = unsealer.clock.now();
    let mut tx = unsealer.db.pool().begin().await?;
    // one at a time: two concurrent readings must not pass the daily limit together
    sqlx::query!("select pg_advisory_xact_lock(hashtext('lang-nghe unsealer'))")
        .execute(&mut *tx)
        .await?;
    let opening = find(&mut tx, request.open).await?;
    let approved_at = judge(&mut tx, &opening, request.by, now).await?;
    let seen = has_seen(&mut tx, request).await?;
    if !seen {
        demand_fresh_password(&mut tx, request.by, now).await?;
        demand_below_limit(&mut tx, request.open, now).await?;
    }
    let identity = unseal(&mut tx, unsealer, CaseId(opening.case_id.as_u128())).await?;
    record(
        &mut tx,
        &opening,
        request,
        seen,
        now,
        approved_at + VALID_FOR,
    )
    .await?;
    tx.commit().await?;
    Ok(identity)
}

async fn find(connection: &mut PgConnection, opening: Uuid) -> Result<Opening, Refusal> {
    let row = sqlx::query!(
        "select o.case_id, o.requested_by, length(o.sealed_reason) > 0 as \"has_reason!\",
            o.approved_by, o.approved_at,
            o.refused_at is not null as \"turned_down!\", c.concerned_unit_id
        from identity_opening o join feedback_case c using (case_id)
        where o.opening_id = $1 for update of o",
        opening
    )
    .fetch_optional(connection)
    .await?
    .ok_or(Refusal::NotFound)?;
    Ok(Opening {
        case_id: row.case_id,
        requested_by: row.requested_by,
        has_reason: row.has_reason,
        approved: row.approved_by.zip(row.approved_at),
        turned_down: row.turned_down,
        concerned_unit: row.concerned_unit_id,
    })
}

/// Refuses unless two entitled people outside the unit concerned support the opening and one of
/// them asks in time. Returns the time of the approval.
async fn judge(
    connection: &mut PgConnection,
    opening: &Opening,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<OffsetDateTime, Refusal> {
    let refuse = |when: bool, refusal| if when { Err(refusal) } else { Ok(()) };
    refuse(!opening.has_reason, Refusal::NoReason)?;
    refuse(opening.turned_down, Refusal::TurnedDown)?;
    let (approver, approved_at) = opening.approved.ok_or(Refusal::NotApproved)?;
    refuse(approver == opening.requested_by, Refusal::SamePerson)?;
    refuse(
        by != approver && by != opening.requested_by,
        Refusal::NotTheirs,
    )?;
    refuse(
        approved_at > now || now >= approved_at + VALID_FOR,
        Refusal::Expired,
    )?;
    let [requester, approver] = [
        person(connection, opening.requested_by).await?,
        person(connection, approver).await?,
    ];
    refuse(
        !requester.may(Permission::RequestIdentity) || !approver.may(Permission::ApproveIdentity),
        Refusal::NotEntitled,
    )?;
    let concerned =
        |person: &Person| opening.concerned_unit.is_some() && person.unit == opening.concerned_unit;
    refuse(
        concerned(&requester) || concerned(&approver),
        Refusal::ConcernedUnit,
    )?;
    Ok(approved_at)
}

/// The staff member with their current roles; inactive people have none.
async fn person(connection: &mut PgConnection, staff: Uuid) -> Result<Person, Refusal> {
    let row = sqlx::query!(
        "select s.unit_id,
            coalesce(array_agg(r.role) filter (where r.role is not null), '{}') as \"roles!\"
        from staff s left join staff_role r using (staff_id)
        where s.staff_id = $1 and s.active group by s.unit_id",
        staff
    )
    .fetch_optional(connection)
    .await?
    .ok_or(Refusal::NotEntitled)?;
    Ok(Person {
        unit: row.unit_id,
        roles: row
            .roles
            .iter()
            .filter_map(|code| Role::from_code(code))
            .collect(),
    })
}

/// Whether this person has looked under this opening before.
async fn has_seen(connection: &mut PgConnection, request: Request) -> Result<bool, Refusal> {
    Ok(sqlx::query_scalar!(
        "select exists (select 1 from audit_log
            where action = 'mo_danh_tinh' and staff_id = $1 and detail->>'opening' = $2)
            as \"seen!\"",
        request.by,
        request.open.to_string()
    )
    .fetch_one(connection)
    .await?)
}

async fn demand_fresh_password(
    connection: &mut PgConnection,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let fresh = sqlx::query_scalar!(
        "select exists (select 1 from session
            where staff_id = $1 and expires_at > $2 and authenticated_at >= $3) as \"fresh!\"",
        by,
        now,
        now - FRESH
    )
    .fetch_one(connection)
    .await?;
    if fresh {
        Ok(())
    } else {
        Err(Refusal::Reauthenticate)
    }
}

/// Counts openings, not readings: reading the same one again is free.
async fn demand_below_limit(
    connection: &mut PgConnection,
    opening: Uuid,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let others = sqlx::query_scalar!(
        "select count(distinct detail->>'opening') as \"count!\" from audit_log
        where action = 'mo_danh_tinh' and at > $1 and detail->>'opening' <> $2",
        now - Duration::DAY,
        opening.to_string()
    )
    .fetch_one(connection)
    .await?;
    if others < PER_DAY {
        Ok(())
    } else {
        Err(Refusal::TooMany)
    }
}

/// The plain text, still inside this process: it leaves only after the commit.
async fn unseal(
    connection: &mut PgConnection,
    unsealer: &Unsealer,
    case: CaseId,
) -> Result<Identity, Refusal> {
    let row = sqlx::query!(
        "select key_version, sealed from case_identity where case_id = $1",
        Uuid::from_u128(case.0)
    )
    .fetch_optional(connection)
    .await?
    .ok_or(Refusal::NoIdentity)?;
    let key = key_files::read_private(&unsealer.keys_dir, row.key_version).map_err(|cause| {
        tracing::error!(%cause, version = row.key_version, "private key does not read");
        Refusal::CannotOpen
    })?;
    key.open(
        case,
        &SealedIdentity {
            key_version: row.key_version,
            bytes: row.sealed,
        },
    )
    .map_err(|_| Refusal::CannotOpen)
}

/// Audits every reading. The case's history, which the submitter sees, gets one event for each
/// person.
async fn record(
    connection: &mut PgConnection,
    opening: &Opening,
    request: Request,
    seen: bool,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> Result<(), Refusal> {
    sqlx::query!(
        "update identity_opening set opened_at = coalesce(opened_at, $2), expires_at = $3
        where opening_id = $1",
        request.open,
        now,
        expires_at
    )
    .execute(&mut *connection)
    .await?;
    audit(
        connection,
        OPENED,
        opening.case_id,
        request,
        now,
        serde_json::json!({ "opening": request.open }),
    )
    .await?;
    if !seen {
        let (right, part) = match request.by == opening.requested_by {
            true => (Permission::RequestIdentity, "nguoi_yeu_cau"),
            false => (Permission::ApproveIdentity, "nguoi_duyet"),
        };
        let role = person(connection, request.by)
            .await?
            .roles
            .into_iter()
            .find(|role| role.grants(right));
        sqlx::query!(
            "insert into case_event (case_id, at, kind, staff_id, role, data)
            values ($1, $2, $3, $4, $5, $6)",
            opening.case_id,
            now,
            OPENED,
            request.by,
            role.map(Role::code),
            serde_json::json!({ "opening": request.open, "vai": part })
        )
        .execute(connection)
        .await?;
    }
    Ok(())
}

async fn audit(
    connection: &mut PgConnection,
    action: &str,
    case_id: Uuid,
    request: Request,
    now: OffsetDateTime,
    detail: serde_json::Value,
) -> Result<(), Refusal> {
    sqlx::query!(
        "insert into audit_log (at, staff_id, action, case_id, detail) values ($1, $2, $3, $4, $5)",
        now,
        request.by,
        action,
        case_id,
        detail
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Audits a refused attempt if both person and opening exist. A failure here does not change the
/// answer.
pub(super) async fn record_refusal(unsealer: &Unsealer, request: Request, refusal: Refusal) {
    if matches!(
        refusal,
        Refusal::NotFound | Refusal::Unavailable | Refusal::Malformed
    ) {
        return;
    }
    let now = unsealer.clock.now();
    let noted = sqlx::query!(
        "insert into audit_log (at, staff_id, action, case_id, detail)
        select $1, s.staff_id, $2, o.case_id, $3 from identity_opening o, staff s
        where o.opening_id = $4 and s.staff_id = $5",
        now,
        REFUSED,
        serde_json::json!({ "opening": request.open, "ly_do": refusal }),
        request.open,
        request.by
    )
    .execute(unsealer.db.pool())
    .await;
    if let Err(cause) = noted {
        tracing::error!(%cause, "a refused look was not noted");
    }
}
