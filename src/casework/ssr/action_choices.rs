//! What the forms of a case's actions let one choose from.

use super::{assignment::unit_tree, case_page::CaseRow};
use crate::{
    case::{StaffId, UnitId},
    casework::{actions::conflict::conflict, case_page::ActionChoices},
    directory,
    error::AppError,
    rights::{Permission, Role},
};
use sqlx::PgConnection;

/// Units and people the case may go to, bodies it may be forwarded to, reasons ticked so far.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn action_choices(
    tx: &mut PgConnection,
    row: &CaseRow,
) -> Result<ActionChoices, AppError> {
    let tree = unit_tree(&mut *tx).await?;
    let units = directory::ssr::units(&mut *tx).await?;
    let against = |unit| {
        conflict(
            &tree,
            row.concerned_unit,
            UnitId(unit),
            row.kind,
            row.secrecy,
        )
    };
    let mut choices = ActionChoices {
        reasons: row.reasons.clone(),
        ..ActionChoices::default()
    };
    for unit in units {
        match against(unit.unit_id) {
            None => choices.units.push((unit.unit_id.to_string(), unit.name)),
            Some(reason) => choices.barred.push(format!("{}: {reason}", unit.name)),
        }
    }
    choices.handlers = handlers(&mut *tx).await?;
    choices.bodies = bodies(tx).await?;
    Ok(choices)
}

/// Id and "name – unit" of everybody who may handle a case.
async fn handlers(tx: &mut PgConnection) -> Result<Vec<(String, String)>, AppError> {
    let handling: Vec<String> = Role::ALL
        .into_iter()
        .filter(|role| role.grants(Permission::Handle))
        .map(|role| role.code().to_owned())
        .collect();
    let people = sqlx::query!(
        r#"select s.staff_id as "id!: StaffId", s.display_name as "name!", u.name as "unit!"
        from staff s join unit u using (unit_id)
        where s.active and exists (
            select from staff_role r where r.staff_id = s.staff_id
                and r.role = any($1)
        )
        order by u.unit_id, s.display_name"#,
        &handling
    )
    .fetch_all(tx)
    .await?;
    let choices = people.into_iter();
    let choices = choices.map(|row| (row.id.to_string(), format!("{} – {}", row.name, row.unit)));
    Ok(choices.collect())
}

async fn bodies(tx: &mut PgConnection) -> Result<Vec<(String, String)>, AppError> {
    let bodies = sqlx::query!(
        "select external_body_id as id, name from external_body order by external_body_id"
    )
    .fetch_all(tx)
    .await?;
    let choices = bodies.into_iter().map(|row| (row.id.to_string(), row.name));
    Ok(choices.collect())
}
