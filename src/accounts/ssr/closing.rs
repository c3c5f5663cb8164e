//! Closing an account, and handing over what it had in hand. The administrator learns the numbers of
//! these cases and nothing else of them.

use super::{
    asking::{Subject, detail, take_back},
    authority::Authority,
    leaders, session,
};
use crate::{
    case::{CaseEvent, CaseId, StaffId, UnitId},
    error::{AppError, FieldErrors},
    platform::{AppState, database::restrict_to_case},
    records::{AuditAction, AuditEntry, CaseRecord, audit},
    rights::{Permission, Role},
};
use sqlx::PgConnection;

/// Closes an account; gives its name. Its sessions end, what was asked for it and its links are
/// gone, and each open case it had is handed over with an event, in the same transaction.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown account, [`AppError::Forbidden`] for one's own; at `to` if
/// whoever is to have the cases is not of the same unit, at `khoa` if too few leaders would be left.
#[tracing::instrument(skip_all, fields(by = %asker.staff_id()), err(level = "debug"))]
pub async fn close(
    state: &AppState,
    asker: &Authority,
    staff: &str,
    to: &str,
) -> Result<String, AppError> {
    let mut tx = state.db.pool().begin().await?;
    let subject = Subject::find(&mut tx, asker, staff).await?;
    leaders::keep_enough(&mut tx, subject.staff, &[], "khoa").await?;
    let to = successor(&mut tx, &subject, to).await?;
    end(&mut tx, subject.staff).await?;
    let entry = AuditEntry::by(
        asker.staff_id(),
        AuditAction::AccountDisabled,
        state.clock.now(),
    );
    audit(&mut tx, entry.with(detail(subject.staff, &[]))).await?;
    hand_over(&mut tx, state, asker, subject.staff, to).await?;
    tx.commit().await?;
    Ok(subject.username)
}

/// Nobody signs in with it any more, and nothing that was asked for it or sent out for it works.
async fn end(tx: &mut PgConnection, staff: StaffId) -> Result<(), AppError> {
    sqlx::query!(
        "update staff set active = false where staff_id = $1",
        staff as StaffId
    )
    .execute(&mut *tx)
    .await?;
    session::end_others(tx, staff, None).await?;
    take_back(tx, staff).await?;
    sqlx::query!(
        "update account_request set expires_at = null, link_hash = null, code_hash = null
         where staff_id = $1",
        staff as StaffId
    )
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Somebody who may have the cases of a closed account.
pub(super) struct Colleague {
    pub(super) staff: StaffId,
    pub(super) name: String,
    unit: Option<UnitId>,
}

/// The others of a unit who handle cases.
pub(super) async fn colleagues(
    tx: &mut PgConnection,
    of: StaffId,
    unit: Option<UnitId>,
) -> Result<Vec<Colleague>, AppError> {
    let handling: Vec<&str> = Role::ALL
        .iter()
        .filter(|role| role.grants(Permission::Handle))
        .map(|role| role.code())
        .collect();
    Ok(sqlx::query_as!(
        Colleague,
        r#"select s.staff_id as "staff: StaffId", s.display_name as name,
            s.unit_id as "unit: UnitId"
        from staff s where s.active and s.staff_id <> $1 and s.unit_id = $2 and exists (
            select from staff_role r where r.staff_id = s.staff_id and r.role = any ($3)
        ) order by s.display_name"#,
        of as StaffId,
        unit as Option<UnitId>,
        &handling as &[&str]
    )
    .fetch_all(tx)
    .await?)
}

/// Whoever was chosen; nobody if it is left to the head of the unit.
async fn successor(
    tx: &mut PgConnection,
    subject: &Subject,
    to: &str,
) -> Result<Option<Colleague>, AppError> {
    if to.is_empty() {
        return Ok(None);
    }
    let colleagues = colleagues(tx, subject.staff, subject.unit).await?;
    let chosen = to.parse::<StaffId>().ok();
    let found = colleagues.into_iter().find(|one| Some(one.staff) == chosen);
    let refused = || FieldErrors::at("to", "Vui lòng chọn người đang làm ở cùng đơn vị.");
    Ok(Some(found.ok_or_else(refused)?))
}

/// Numbers of the open cases that an account has in hand.
pub(super) async fn numbers_held(
    tx: &mut PgConnection,
    staff: StaffId,
) -> Result<Vec<String>, AppError> {
    let numbers = sqlx::query_scalar!(
        r#"select number as "number!" from held_cases($1)"#,
        staff as StaffId
    );
    Ok(numbers.fetch_all(tx).await?)
}

/// Gives every open case of `from` to `to`; those of another unit, and those in which `to` takes no
/// part, wait for the head of their unit.
async fn hand_over(
    tx: &mut PgConnection,
    state: &AppState,
    asker: &Authority,
    from: StaffId,
    to: Option<Colleague>,
) -> Result<(), AppError> {
    let held = sqlx::query_scalar!(
        r#"select case_id as "case!: CaseId" from held_cases($1)"#,
        from as StaffId
    )
    .fetch_all(&mut *tx)
    .await?;
    for case in held {
        restrict_to_case(tx, case).await?;
        let Some(handler) = give(tx, case, from, to.as_ref()).await? else {
            continue;
        };
        let event = CaseEvent::HandedOver {
            from: Some(from),
            handler: handler.staff,
        };
        let record = CaseRecord::open(tx, &state.vault, case).await?;
        record
            .add_event(tx, &event, asker.actor(), state.clock.now(), None)
            .await?;
    }
    Ok(())
}

/// Who has a case now.
struct Given {
    staff: Option<StaffId>,
}

/// Moves one case; `None` if somebody else moved it first.
async fn give(
    tx: &mut PgConnection,
    case: CaseId,
    from: StaffId,
    to: Option<&Colleague>,
) -> Result<Option<Given>, AppError> {
    Ok(sqlx::query_as!(
        Given,
        r#"update feedback_case
        set handler_id = case when assigned_unit_id = $4 and $3 <> all (recused) then $3 end
        where case_id = $1 and handler_id = $2 returning handler_id as "staff: StaffId""#,
        case as CaseId,
        from as StaffId,
        to.map(|one| one.staff) as Option<StaffId>,
        to.and_then(|one| one.unit) as Option<UnitId>
    )
    .fetch_optional(tx)
    .await?)
}
