//! Who may take part in openings, as the owner of the installation says. The unsealer believes this
//! and nothing that the web may write.

use crate::{accounts::ssr::password, case::StaffId, platform::database::Db};
use anyhow::ensure;
use time::OffsetDateTime;

/// Admits a member of staff, with the unit and the password they have now, over an owner's
/// connection. Admitting them again renews both.
///
/// # Errors
/// If there is no such member of staff, or they have no password yet.
pub async fn admit(owner: &Db, staff: StaffId, now: OffsetDateTime) -> anyhow::Result<()> {
    let admitted = sqlx::query!(
        "insert into identity_opener (staff_id, unit_id, password_hash, admitted_at)
        select staff_id, unit_id, password_hash, $2 from staff
        where staff_id = $1 and password_hash <> $3
        on conflict (staff_id) do update
            set unit_id = excluded.unit_id, password_hash = excluded.password_hash,
                admitted_at = excluded.admitted_at",
        staff as StaffId,
        now,
        password::NOBODY
    )
    .execute(owner.pool())
    .await?;
    ensure!(
        admitted.rows_affected() == 1,
        "they have no password yet; admit them once they have set one"
    );
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
