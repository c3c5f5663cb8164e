//! Who somebody is: an admitted person with a live session and a password just given. What the web
//! says of it counts for nothing; the form of the password is the one that the owner admitted.

use super::wire::{Proof, Refusal, Request};
use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

/// A session without a request for this long has ended.
const IDLE: Duration = Duration::minutes(30);
/// Wrong passwords of one person within [`WINDOW`]; after them even the right one waits.
const WRONG_PASSWORDS: i64 = 5;
const WINDOW: Duration = Duration::minutes(15);

/// Demands that the person who asks has just proved who they are.
pub(super) async fn demand(
    connection: &mut PgConnection,
    request: &Request,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    demand_few_mistakes(connection, request, now).await?;
    demand_session(connection, request, now).await?;
    let row = sqlx::query!(
        r#"select o.password_hash as admitted, s.password_hash as "present?"
        from identity_opener o join staff s using (staff_id) where o.staff_id = $1 and s.active"#,
        request.by
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(Refusal::NotAdmitted)?;
    let Proof { password, former } = &request.proof;
    let matches = async |password: &crate::platform::password::Password, stored: &str| {
        let has_form = password.has_form(stored.to_owned()).await;
        has_form.map_err(|_| Refusal::Unavailable)
    };
    // one that was changed because somebody else knows it proves nothing any more
    let present = row.present.unwrap_or_default();
    if !matches(password, &present).await? {
        return Err(Refusal::WrongPassword);
    }
    if matches(password, &row.admitted).await? {
        return Ok(());
    }
    if former.is_empty() || !matches(former, &row.admitted).await? {
        return Err(Refusal::PasswordChanged);
    }
    sqlx::query!(
        "update identity_opener set password_hash = $2 where staff_id = $1",
        request.by,
        present
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// A change of password must not be a way to guess: whoever writes `staff` could bring it about.
async fn demand_few_mistakes(
    connection: &mut PgConnection,
    request: &Request,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let mistakes = sqlx::query_scalar!(
        r#"select count(*) as "count!" from audit_log
        where action = 'mo_danh_tinh_khong_duoc' and staff_id = $1 and at > $2
            and detail->>'ly_do' in ('sai_mat_khau', 'mat_khau_da_doi')"#,
        request.by,
        now - WINDOW
    )
    .fetch_one(connection)
    .await?;
    if mistakes < WRONG_PASSWORDS {
        Ok(())
    } else {
        Err(Refusal::Guessing)
    }
}

async fn demand_session(
    connection: &mut PgConnection,
    request: &Request,
    now: OffsetDateTime,
) -> Result<(), Refusal> {
    let live = sqlx::query_scalar!(
        r#"select exists (select from session
            where staff_id = $1 and expires_at > $2 and last_seen_at > $3) as "live!""#,
        request.by,
        now,
        now - IDLE
    )
    .fetch_one(connection)
    .await?;
    if live {
        Ok(())
    } else {
        Err(Refusal::NoSession)
    }
}
