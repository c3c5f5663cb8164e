//! Who takes no part in a case, written so that somebody is left who does.

use super::transition::Transition;
use crate::{
    accounts::ssr::named::named_staff,
    case::{CaseEvent, StaffId},
    error::{AppError, FieldErrors},
    records::recuse,
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
    recuse(&mut transition.tx, transition.case.id, staff).await
}

/// What becomes a matter of conduct, or is kept closer, is judged by nobody whom it names: as at the
/// first sending, whoever the submitter's words name takes no part from here on.
///
/// # Errors
/// [`AppError::Internal`] if the words do not open, [`AppError::Unavailable`] if the database is
/// unreachable.
pub(super) async fn leave_out_named(transition: &mut Transition) -> Result<(), AppError> {
    let words = transition.words_of_submitter().await?;
    let already = transition.case.recused.clone();
    let named = named_staff(&mut transition.tx, &words, &already).await?;
    if named.is_empty() {
        return Ok(());
    }
    let staff = [already, named].concat();
    recuse(&mut transition.tx, transition.case.id, &staff).await?;
    transition.case.recused.clone_from(&staff);
    transition.note(&CaseEvent::Recused { staff }).await
}
