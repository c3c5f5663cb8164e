//! Who may take part in openings, as the owner of the installation says. The unsealer believes this
//! and nothing that the web may write.

use crate::{
    case::StaffId,
    platform::{database::Db, password::Password},
};
use anyhow::{Context as _, ensure};
use time::OffsetDateTime;

/// Admits a member of staff, with the unit they have now and the password they have just typed, over
/// an owner's connection. Its form is made here, not copied: the web may write the one it keeps.
/// Admitting them again renews both.
///
/// # Errors
/// If there is no such member of staff, or the password is not the one they sign in with.
pub async fn admit(
    owner: &Db,
    staff: StaffId,
    typed: &Password,
    now: OffsetDateTime,
) -> anyhow::Result<()> {
    let kept = sqlx::query_scalar!(
        "select password_hash from staff where staff_id = $1",
        staff as StaffId
    )
    .fetch_optional(owner.pool())
    .await?
    .context("there is no such account")?;
    ensure!(
        typed.has_form(kept).await?,
        "this is not the password they sign in with; an account without one sets it by its link first"
    );
    let form = typed.form().await?;
    sqlx::query!(
        "insert into identity_opener (staff_id, unit_id, password_hash, admitted_at)
        select staff_id, unit_id, $2, $3 from staff where staff_id = $1
        on conflict (staff_id) do update
            set unit_id = excluded.unit_id, password_hash = excluded.password_hash,
                admitted_at = excluded.admitted_at",
        staff as StaffId,
        form,
        now
    )
    .execute(owner.pool())
    .await?;
    Ok(())
}

/// Takes somebody out again, over an owner's connection; `true` if they were in.
///
/// # Errors
/// If the database is unreachable.
pub async fn dismiss(owner: &Db, staff: StaffId) -> anyhow::Result<bool> {
    let gone = sqlx::query!(
        "delete from identity_opener where staff_id = $1",
        staff as StaffId
    )
    .execute(owner.pool())
    .await?;
    Ok(gone.rows_affected() == 1)
}
