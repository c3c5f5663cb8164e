//! Accounts made at the terminal of the server: the first administrator and the first leader, and
//! whoever lost everything. Whoever owns the tables needs no second person; the log says that it was
//! done there.

use super::{
    asking::{Asked, insert_asleep},
    confirming::{Waiting, carry_out, decide},
    links::Link,
    session::{self, CurrentStaff},
};
use crate::{
    accounts::form::{NewStaff, RequestKind},
    case::{StaffId, UnitId},
    platform::{clock::random_id, config::Config, database::Db, password::Password},
    rights::Role,
};
use anyhow::{Context as _, ensure};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Link and code, shown once; together they set the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The address.
    pub link: String,
    /// What is typed there.
    pub code: String,
}

/// Makes an account that only waits for its person to set a password.
///
/// # Errors
/// If the name is taken or malformed, or the unit is unknown.
pub async fn create(
    owner: &Db,
    config: &Config,
    new: &NewStaff,
    now: OffsetDateTime,
) -> anyhow::Result<Invitation> {
    let mut tx = owner.pool().begin().await?;
    let (staff, unit) = insert_asleep(&mut tx, new, now).await?;
    let post = Some((unit, &new.post.roles[..]));
    let made = invite(&mut tx, config, staff, RequestKind::Create, post, now).await?;
    tx.commit().await?;
    Ok(made)
}

/// Lets somebody set their password and second proof anew.
///
/// # Errors
/// If nobody with an open account has the name.
pub async fn reset(
    owner: &Db,
    config: &Config,
    username: &str,
    now: OffsetDateTime,
) -> anyhow::Result<Invitation> {
    let mut tx = owner.pool().begin().await?;
    let staff = sqlx::query_scalar!(
        r#"select staff_id as "staff: StaffId" from staff where username = $1 and active"#,
        username
    )
    .fetch_optional(&mut *tx)
    .await?
    .with_context(|| format!("nobody with an open account signs in as {username}"))?;
    let made = invite(
        &mut tx,
        config,
        staff,
        RequestKind::ResetPassword,
        None,
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(made)
}

/// Demands the second proof of the roles that need one, or does without it (made-up data only).
/// Once demanded, everybody signs in again: a session of before rests on a password alone.
///
/// # Errors
/// If the database is unreachable.
pub async fn require_second_factor(owner: &Db, required: bool) -> anyhow::Result<()> {
    sqlx::query!(
        "update account_policy set second_factor_required = $1",
        required
    )
    .execute(owner.pool())
    .await?;
    if required {
        sqlx::query!("delete from session")
            .execute(owner.pool())
            .await?;
    }
    Ok(())
}

/// The member of staff who types their password at the terminal, as a request of theirs would find
/// them.
///
/// # Errors
/// If nobody active signs in as `username`, the password is not theirs, or the database is
/// unreachable.
pub async fn present(
    owner: &Db,
    username: &str,
    typed: &Password,
    now: OffsetDateTime,
) -> anyhow::Result<CurrentStaff> {
    let row = sqlx::query!(
        r#"select staff_id as "staff_id: StaffId", unit_id as "unit: UnitId", display_name,
            password_hash
        from staff where username = $1 and active"#,
        username
    )
    .fetch_optional(owner.pool())
    .await?
    .with_context(|| format!("nobody signs in as {username}"))?;
    ensure!(
        typed.has_form(row.password_hash).await?,
        "this is not the password of {username}"
    );
    let mut connection = owner.pool().acquire().await?;
    Ok(CurrentStaff {
        staff_id: row.staff_id,
        unit: row.unit,
        display_name: row.display_name,
        roles: session::roles_of(&mut connection, row.staff_id).await?,
        authenticated_at: now,
        read_at: now,
    })
}

async fn invite(
    tx: &mut PgConnection,
    config: &Config,
    staff: StaffId,
    kind: RequestKind,
    post: Option<(UnitId, &[Role])>,
    now: OffsetDateTime,
) -> anyhow::Result<Invitation> {
    let link = Link::new(config);
    let request = Uuid::from_u128(random_id());
    let asked = Asked {
        request,
        staff,
        kind,
        post,
        by: None,
        at: now,
        link: Some(&link),
    };
    asked.insert(tx).await?;
    let waiting = Waiting {
        request,
        staff,
        kind,
        unit: post.map(|(unit, _)| unit),
        roles: post.map(|(_, roles)| roles.to_vec()).unwrap_or_default(),
    };
    let code = decide(tx, &waiting, None, now).await?;
    carry_out(tx, &waiting).await?;
    Ok(Invitation {
        link: link.address,
        code: code.context("this kind of request sets no password")?,
    })
}
