//! Who takes no part in a case, written so that somebody is left who does.

use super::transition::Transition;
use crate::{
    case::{CaseId, StaffId},
    error::{AppError, FieldErrors},
    rights::Role,
};

/// Writes who takes no part, in place of whoever was there before; a handler among them loses the
/// case.
///
/// # Errors
/// At `recused[]` if somebody is not of the staff, or no leader would be left who sees the case and
/// approves its answer.
pub(crate) async fn recuse_staff(
    transition: &mut Transition,
    staff: &[StaffId],
) -> Result<(), AppError> {
    let known = sqlx::query!(
        r#"select (select count(*) from staff where staff_id = any ($1)) as "people!",
            exists (
                select from staff s join staff_role r using (staff_id)
                where s.active and r.role = any ($2) and s.staff_id <> all ($1)
            ) as "leader_left!""#,
        staff as &[StaffId],
        &Role::leading()
    )
    .fetch_one(&mut *transition.tx)
    .await?;
    let refused = |message| Err(FieldErrors::at("recused[]", message).into());
    if usize::try_from(known.people) != Ok(staff.len()) {
        return refused("Vui lòng chọn người trong danh sách.");
    }
    if !known.leader_left && !staff.is_empty() {
        return refused("Phải còn ít nhất một lãnh đạo Sở xem và phê duyệt được hồ sơ.");
    }
    sqlx::query!(
        "update feedback_case set recused = $2,
            handler_id = case when handler_id = any ($2) then null else handler_id end
        where case_id = $1",
        transition.case.id as CaseId,
        staff as &[StaffId]
    )
    .execute(&mut *transition.tx)
    .await?;
    Ok(())
}
