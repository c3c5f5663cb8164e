//! How many leaders there must be: one who approves what another proposes, one who lets another open
//! a name (`docs/security.md`).

use crate::{
    case::StaffId,
    error::{AppError, FieldErrors},
    rights::Role,
};
use sqlx::PgConnection;

const LEAST: i64 = 2;

/// Makes sure that enough leaders are left when `staff` has these roles from now on; none if the
/// account is closed. Two who take a leader away at once wait for each other.
///
/// # Errors
/// At `field` if too few would be left.
pub(super) async fn keep_enough(
    tx: &mut PgConnection,
    staff: StaffId,
    roles: &[Role],
    field: &str,
) -> Result<(), AppError> {
    if roles.iter().any(|role| role.leads()) {
        return Ok(());
    }
    sqlx::query!("select pg_advisory_xact_lock(hashtext('leaders')) as locked")
        .fetch_one(&mut *tx)
        .await?;
    let now = sqlx::query!(
        r#"select count(*) filter (where s.staff_id <> $1) as "others!",
            coalesce(bool_or(s.staff_id = $1), false) as "leads!"
        from staff s where s.active and exists (
            select from staff_role r where r.staff_id = s.staff_id and r.role = any ($2)
        )"#,
        staff as StaffId,
        &Role::leading()
    )
    .fetch_one(tx)
    .await?;
    if now.leads && now.others < LEAST {
        let why = "Phải còn ít nhất hai lãnh đạo Sở đang hoạt động. Vui lòng thêm lãnh đạo khác \
                   trước.";
        return Err(FieldErrors::at(field, why).into());
    }
    Ok(())
}
