//! What the unsealer writes down: approvals, looks, refusals. The web may write none of it.

use super::{
    opening::Opening,
    wire::{Refusal, Request},
};
use crate::rights::Role;
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// In `audit_log` and `case_event`; the submitter reads the latter on the tracking page.
const OPENED: &str = "mo_danh_tinh";
const APPROVED: &str = "mo_danh_tinh_duyet";
const REFUSED: &str = "mo_danh_tinh_khong_duoc";

/// That a second leader allows the opening.
pub(super) async fn approval(
    connection: &mut PgConnection,
    opening: &Opening,
    request: &Request,
    role: Option<Role>,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    sqlx::query!(
        "update identity_opening set approved_by = $2, approved_at = $3 where opening_id = $1",
        request.opening,
        request.by,
        now
    )
    .execute(&mut *connection)
    .await?;
    event(connection, APPROVED, opening, request, role, now).await?;
    audit(connection, APPROVED, opening.case_id, request, now).await
}

/// That the identity was looked at. The case's history, which the submitter reads, gets the first
/// look; the audit log and the unsealer's own count get each.
pub(super) async fn look(
    connection: &mut PgConnection,
    opening: &Opening,
    request: &Request,
    role: Option<Role>,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> Result<(), Refusal> {
    let first = sqlx::query_scalar!(
        r#"select not exists (select from identity_look where opening_id = $1) as "first!""#,
        request.opening
    )
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query!(
        "insert into identity_look (opening_id, staff_id, at) values ($1, $2, $3)",
        request.opening,
        request.by,
        now
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update identity_opening set opened_at = coalesce(opened_at, $2), expires_at = $3
        where opening_id = $1",
        request.opening,
        now,
        expires_at
    )
    .execute(&mut *connection)
    .await?;
    if first {
        event(connection, OPENED, opening, request, role, now).await?;
    }
    audit(connection, OPENED, opening.case_id, request, now).await
}

/// Why somebody was refused, if both person and opening exist.
pub(super) async fn refusal(
    connection: &mut PgConnection,
    request: &Request,
    refusal: Refusal,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    sqlx::query!(
        "insert into audit_log (at, staff_id, action, case_id, detail)
        select $1, s.staff_id, $2, o.case_id, $3 from identity_opening o, staff s
        where o.opening_id = $4 and s.staff_id = $5",
        now,
        REFUSED,
        json!({ "opening": request.opening, "ly_do": refusal }),
        request.opening,
        request.by
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn event(
    connection: &mut PgConnection,
    kind: &str,
    opening: &Opening,
    request: &Request,
    role: Option<Role>,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    sqlx::query!(
        "insert into case_event (case_id, at, kind, staff_id, role, data)
        values ($1, $2, $3, $4, $5, $6)",
        opening.case_id,
        now,
        kind,
        request.by,
        role.map(Role::code),
        json!({ "opening": request.opening })
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn audit(
    connection: &mut PgConnection,
    action: &str,
    case_id: Uuid,
    request: &Request,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    sqlx::query!(
        "insert into audit_log (at, staff_id, action, case_id, detail) values ($1, $2, $3, $4, $5)",
        now,
        request.by,
        action,
        case_id,
        json!({ "opening": request.opening })
    )
    .execute(connection)
    .await?;
    Ok(())
}
