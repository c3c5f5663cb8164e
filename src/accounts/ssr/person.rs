//! One account, with what it has in hand.

use super::{authority::Authority, closing, register, session};
use crate::{
    accounts::view::{AccountState, PersonView},
    case::{StaffId, UnitId},
    error::AppError,
    platform::AppState,
    rights::Permission,
};

/// The page of the account `username`, as far as the one who looks may see and do.
///
/// # Errors
/// [`AppError::Forbidden`] if `authority` proves another right than to see accounts,
/// [`AppError::NotFound`] if there is none of that name.
#[tracing::instrument(skip_all, fields(staff = %authority.staff_id()), err(level = "debug"))]
pub async fn page(
    state: &AppState,
    authority: &Authority,
    username: &str,
) -> Result<PersonView, AppError> {
    let looker = authority.require(Permission::SeeStaff)?.staff();
    let manages = looker.may(Permission::ManageStaff);
    let (waiting, decided): (Vec<_>, Vec<_>) = register::requests(state)
        .await?
        .into_iter()
        .partition(|request| request.decided_at.is_none());
    let unconfirmed = register::unconfirmed(&waiting);
    let rows = register::accounts(state, looker.staff_id, &unconfirmed).await?;
    let row = rows.into_iter().find(|row| row.username == username);
    let row = row.ok_or(AppError::NotFound)?;
    let who: StaffId = row.staff.parse().map_err(|_| AppError::Internal)?;
    let of = |request: &register::Request| request.staff == who;
    let waits = waiting.iter().find(|request| of(request));
    let view = PersonView {
        viewer: session::viewer(looker),
        manages: manages && !row.me,
        waits: waits.map(register::Request::what).unwrap_or_default(),
        decided: decided
            .into_iter()
            .filter(of)
            .map(register::Request::decided)
            .collect(),
        row,
        ..PersonView::default()
    };
    match view.manages {
        true => with_work(state, who, view).await,
        false => Ok(view),
    }
}

/// The same with what an administrator needs for changing or closing it.
async fn with_work(
    state: &AppState,
    who: StaffId,
    view: PersonView,
) -> Result<PersonView, AppError> {
    let mut connection = state.db.pool().acquire().await?;
    let unit = sqlx::query_scalar!(
        r#"select unit_id as "unit: UnitId" from staff where staff_id = $1"#,
        who as StaffId
    )
    .fetch_one(&mut *connection)
    .await?;
    let held = match view.row.state {
        AccountState::Unconfirmed => Vec::new(),
        _ => closing::numbers_held(&mut connection, who).await?,
    };
    let colleagues = closing::colleagues(&mut connection, who, unit).await?;
    Ok(PersonView {
        held,
        colleagues: colleagues
            .into_iter()
            .map(|one| (one.staff.to_string(), one.name))
            .collect(),
        units: register::units(state).await?,
        ..view
    })
}
