//! What the forms of a case's actions let one choose from.

use super::{assignment::unit_tree, case_page::CaseRow};
use crate::{
    calendar::weekday_date,
    case::{Action, Confidentiality, ServiceLevel, StaffId, Status, UnitId},
    casework::{
        actions::conflict::conflict,
        case_page::{ActionChoices, UNKNOWN_UNIT},
    },
    directory,
    error::AppError,
    rights::{Permission, Role},
};
use sqlx::PgConnection;

/// Units and people the case may go to, bodies it may be forwarded to, what was said of it so far;
/// who works here only where `actions` ask for it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn action_choices(
    tx: &mut PgConnection,
    row: &CaseRow,
    actions: &[Action],
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
        concerned: row
            .concerned_unit
            .map_or(UNKNOWN_UNIT.to_owned(), |unit| unit.0.to_string()),
        denunciation: row.secrecy == Confidentiality::Denunciation,
        recused: row.recused.iter().map(StaffId::to_string).collect(),
        ..ActionChoices::default()
    };
    for unit in units {
        let place = (unit.unit_id.to_string(), unit.name.clone());
        choices.places.push(place);
        match against(unit.unit_id) {
            None => choices.units.push((unit.unit_id.to_string(), unit.name)),
            Some(reason) => choices.barred.push(format!("{}: {reason}", unit.name)),
        }
    }
    if actions.contains(&Action::Assign) {
        let mut handlers = people(&mut *tx, |role| role.grants(Permission::Handle)).await?;
        handlers.retain(|(id, _)| !choices.recused.contains(id));
        choices.handlers = handlers;
    }
    if actions.contains(&Action::Recuse) {
        choices.people = people(&mut *tx, sees_cases).await?;
    }
    choices.bodies = bodies(&mut *tx).await?;
    let forwards =
        |action: &Action| matches!(action, Action::ProposeForward | Action::ApproveForward);
    if actions.iter().any(forwards) {
        choices.forward_by = day_of(&mut *tx, row, ServiceLevel::ForwardElsewhere).await?;
    }
    if matches!(row.status, Status::Submitted | Status::Received) {
        choices.classify_by = day_of(tx, row, ServiceLevel::Triage).await?;
    }
    Ok(choices)
}

/// The last day that a rule gives the case.
async fn day_of(
    tx: &mut PgConnection,
    row: &CaseRow,
    rule: ServiceLevel,
) -> Result<String, AppError> {
    let calendar = directory::ssr::calendar(&mut *tx).await?;
    let days = directory::ssr::service_level(tx, rule, row.received_on).await?;
    Ok(weekday_date(
        calendar.add_working_days(row.received_on, days),
    ))
}

fn sees_cases(role: &Role) -> bool {
    let rights = [
        Permission::SeeAllCases,
        Permission::SeeUnitCases,
        Permission::SeeOwnEntries,
    ];
    rights.into_iter().any(|right| role.grants(right))
}

/// Id and "name – unit" of everybody with such a role.
async fn people(
    tx: &mut PgConnection,
    with: impl Fn(&Role) -> bool,
) -> Result<Vec<(String, String)>, AppError> {
    let roles: Vec<String> = Role::ALL
        .into_iter()
        .filter(with)
        .map(|role| role.code().to_owned())
        .collect();
    let people = sqlx::query!(
        r#"select s.staff_id as "id!: StaffId", s.display_name as "name!", u.name as "unit?"
        from staff s left join unit u using (unit_id)
        where s.active and exists (
            select from staff_role r where r.staff_id = s.staff_id
                and r.role = any($1)
        )
        order by u.unit_id, s.display_name"#,
        &roles
    )
    .fetch_all(tx)
    .await?;
    let name = |name: String, unit: Option<String>| match unit {
        Some(unit) => format!("{name} – {unit}"),
        None => name,
    };
    let choices = people.into_iter();
    let choices = choices.map(|row| (row.id.to_string(), name(row.name, row.unit)));
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
