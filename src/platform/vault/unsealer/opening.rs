//! Who may allow an opening and who may look. The unsealer checks it against what only it and the
//! owner write, and does not trust the web process.

use super::{
    note, proof,
    serve::Unsealer,
    wire::{Act, Refusal, Reply, Request},
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
/// How long after the approval the identity can be read.
pub const VALID_FOR: Duration = Duration::hours(24);

/// An opening as the database knows it.
pub(super) struct Opening {
    pub(super) case_id: Uuid,
    requested_by: Uuid,
    has_reason: bool,
    approved: Option<(Uuid, OffsetDateTime)>,
    turned_down: bool,
}

/// A member of staff as the database knows them.
struct Person {
    roles: Vec<Role>,
    /// Has no part in the matter, neither by what is known of them now nor as of the unit in which
    /// the owner admitted them.
    stands_apart: bool,
}

impl Person {
    fn role_for(&self, permission: Permission) -> Option<Role> {
        let mut roles = self.roles.iter().copied();
        roles.find(|role| role.grants(permission))
    }
}

/// Does what is asked, or says why not. Either is on record when this returns.
pub(super) async fn conduct(unsealer: &Unsealer, request: &Request) -> Result<Reply, Refusal> {
    let now = unsealer.clock.now();
    let mut tx = unsealer.db.pool().begin().await?;
    // one at a time: two at once must not pass the daily limit or the count of mistakes together
    sqlx::query!("select pg_advisory_xact_lock(hashtext('lang-nghe unsealer'))")
        .execute(&mut *tx)
        .await?;
    let done = perform(&mut tx, unsealer, request, now).await;
    match &done {
        Ok(_) => {}
        // nothing can be written after a failed statement
        Err(Refusal::Unavailable) => return done,
        Err(refusal) => note::refusal(&mut tx, request, *refusal, now).await?,
    }
    tx.commit().await?;
    done
}

async fn perform(
    connection: &mut PgConnection,
    unsealer: &Unsealer,
    request: &Request,
    now: OffsetDateTime,
) -> Result<Reply, Refusal> {
    let opening = find(connection, request.opening).await?;
    proof::demand(connection, request, now).await?;
    match request.act {
        Act::Approve => {
            let role = judge_approval(connection, &opening, request.by).await?;
            note::approval(connection, &opening, request, role, now).await?;
            Ok(Reply::Approved)
        }
        Act::Look => {
            let (role, until) = judge_look(connection, &opening, request.by, now).await?;
            demand_below_limit(connection, request.opening, now).await?;
            let case = CaseId(opening.case_id.as_u128());
            let identity = unseal(connection, unsealer, case).await?;
            note::look(connection, &opening, request, role, now, until).await?;
            Ok(Reply::Identity(identity))
        }
    }
}

async fn find(connection: &mut PgConnection, opening: Uuid) -> Result<Opening, Refusal> {
    let row = sqlx::query!(
        "select o.case_id, o.requested_by, length(o.sealed_reason) > 0 as \"has_reason!\",
            o.approved_by, o.approved_at,
            o.refused_at is not null as \"turned_down!\"
        from identity_opening o where o.opening_id = $1 for update",
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
    })
}

fn refuse(when: bool, refusal: Refusal) -> Result<(), Refusal> {
    if when { Err(refusal) } else { Ok(()) }
}

/// Refuses unless `by` may allow what somebody else asked for, and who asked might. Returns the
/// role by which they allow it.
async fn judge_approval(
    connection: &mut PgConnection,
    opening: &Opening,
    by: Uuid,
) -> Result<Option<Role>, Refusal> {
    refuse(!opening.has_reason, Refusal::NoReason)?;
    refuse(opening.turned_down, Refusal::TurnedDown)?;
    refuse(opening.approved.is_some(), Refusal::Decided)?;
    let (_, role) = two_people(connection, opening, by).await?;
    Ok(Some(role))
}

/// Refuses unless `by` asked for the opening and a second person allowed it in time. Returns the
/// role by which they look, and until when.
async fn judge_look(
    connection: &mut PgConnection,
    opening: &Opening,
    by: Uuid,
    now: OffsetDateTime,
) -> Result<(Option<Role>, OffsetDateTime), Refusal> {
    refuse(!opening.has_reason, Refusal::NoReason)?;
    refuse(opening.turned_down, Refusal::TurnedDown)?;
    let (approver, approved_at) = opening.approved.ok_or(Refusal::NotApproved)?;
    refuse(by != opening.requested_by, Refusal::NotTheirs)?;
    let until = approved_at + VALID_FOR;
    refuse(approved_at > now || now >= until, Refusal::Expired)?;
    let (role, _) = two_people(connection, opening, approver).await?;
    Ok((Some(role), until))
}

/// Refuses unless who asked and `approver` are two entitled people who stand apart from the matter.
/// The roles by which they act.
async fn two_people(
    connection: &mut PgConnection,
    opening: &Opening,
    approver: Uuid,
) -> Result<(Role, Role), Refusal> {
    refuse(approver == opening.requested_by, Refusal::SamePerson)?;
    let requester = person(connection, opening.requested_by, opening.case_id).await?;
    let approver = person(connection, approver, opening.case_id).await?;
    refuse(
        !requester.stands_apart || !approver.stands_apart,
        Refusal::Involved,
    )?;
    let asks = requester.role_for(Permission::RequestIdentity);
    let allows = approver.role_for(Permission::ApproveIdentity);
    asks.zip(allows).ok_or(Refusal::NotEntitled)
}

/// The admitted member of staff with their current roles; inactive people have none.
async fn person(connection: &mut PgConnection, staff: Uuid, case: Uuid) -> Result<Person, Refusal> {
    let row = sqlx::query!(
        r#"select array(select r.role from staff_role r where r.staff_id = s.staff_id
                order by r.role) as "roles!: Vec<String>",
            stands_apart(s.staff_id, c.case_id) and coalesce(
                c.concerned_unit_id <> all (own_line(o.unit_id, exists (
                    select from staff_role r
                    where r.staff_id = s.staff_id and r.role = 'lanh_dao_so'
                ))), true) as "stands_apart!"
        from staff s join identity_opener o using (staff_id), feedback_case c
        where s.staff_id = $1 and s.active and c.case_id = $2"#,
        staff,
        case
    )
    .fetch_optional(connection)
    .await?
    .ok_or(Refusal::NotEntitled)?;
    let roles = row.roles.iter();
    Ok(Person {
        roles: roles.filter_map(|code| Role::from_code(code)).collect(),
        stands_apart: row.stands_apart,
    })
}

/// Counts openings, not looks: to look at the same one again is free.
async fn demand_below_limit(
    connection: &mut PgConnection,
    opening: Uuid,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let others = sqlx::query_scalar!(
        r#"select count(distinct opening_id) as "count!" from identity_look
        where at > $1 and opening_id <> $2"#,
        now - Duration::DAY,
        opening
    )
    .fetch_one(connection)
    .await?;
    refuse(others >= PER_DAY, Refusal::TooMany)
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
    let key = key_files::read_private(&unsealer.private_keys, row.key_version);
    let key = key.map_err(|cause| {
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
