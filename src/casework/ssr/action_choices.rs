//! What the forms of a case's actions let one choose from.

use super::{assignment::VERIFIES, case_row::CaseRow};
use crate::{
    calendar::weekday_date,
    case::{Action, Confidentiality, ServiceLevel, StaffId, Status, UnitId},
    casework::case_page::{ActionChoices, Receiver, UNKNOWN_UNIT},
    directory::{self, ssr::Unit},
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
    let units = directory::ssr::units(&mut *tx).await?;
    let mut choices = ActionChoices {
        reasons: row.reasons.clone(),
        concerned: row
            .concerned_unit
            .map_or(UNKNOWN_UNIT.to_owned(), |unit| unit.0.to_string()),
        denunciation: row.secrecy == Confidentiality::Denunciation,
        recused: row.recused.iter().map(StaffId::to_string).collect(),
        ..ActionChoices::default()
    };
    let place = |unit: &Unit| (unit.unit_id.to_string(), unit.name.clone());
    choices.places = units.iter().map(place).collect();
    let hands_on = |action: &Action| matches!(action, Action::Assign | Action::Triage);
    if actions.iter().any(hands_on) {
        choices.receivers = receivers(&mut *tx, units, &row.recused).await?;
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

/// Each unit with the people who handle cases there, but those who take no part.
async fn receivers(
    tx: &mut PgConnection,
    units: Vec<Unit>,
    recused: &[StaffId],
) -> Result<Vec<Receiver>, AppError> {
    let people = with_role(tx, |role| role.grants(Permission::Handle)).await?;
    let of_unit = |unit: i16| {
        let there = people
            .iter()
            .filter(|person| person.unit == Some(UnitId(unit)));
        let there = there.filter(|person| !recused.contains(&person.id));
        there
            .map(|person| (person.id.to_string(), person.name.clone()))
            .collect()
    };
    let receiver = |unit: Unit| Receiver {
        unit: UnitId(unit.unit_id),
        parent: unit.parent_id.map(UnitId),
        verifies: unit.kind == VERIFIES,
        people: of_unit(unit.unit_id),
        name: unit.name,
    };
    Ok(units.into_iter().map(receiver).collect())
}

/// Id and "name – unit" of everybody with such a role.
async fn people(
    tx: &mut PgConnection,
    with: impl Fn(&Role) -> bool,
) -> Result<Vec<(String, String)>, AppError> {
    let name = |person: Person| match person.unit_name {
        Some(unit) => (person.id.to_string(), format!("{} – {unit}", person.name)),
        None => (person.id.to_string(), person.name),
    };
    Ok(with_role(tx, with).await?.into_iter().map(name).collect())
}

struct Person {
    id: StaffId,
    name: String,
    unit: Option<UnitId>,
    unit_name: Option<String>,
}

async fn with_role(
    tx: &mut PgConnection,
    with: impl Fn(&Role) -> bool,
) -> Result<Vec<Person>, AppError> {
    let roles: Vec<String> = Role::ALL
        .into_iter()
        .filter(with)
        .map(|role| role.code().to_owned())
        .collect();
    Ok(sqlx::query_as!(
        Person,
        r#"select s.staff_id as "id!: StaffId", s.display_name as "name!",
            u.unit_id as "unit?: UnitId", u.name as "unit_name?"
        from staff s left join unit u using (unit_id)
        where s.active and exists (
            select from staff_role r where r.staff_id = s.staff_id
                and r.role = any($1)
        )
        order by u.unit_id, s.display_name"#,
        &roles
    )
    .fetch_all(tx)
    .await?)
}

async fn bodies(tx: &mut PgConnection) -> Result<Vec<(String, String)>, AppError> {
    let bodies = directory::ssr::external_bodies(tx).await?;
    let choices = bodies
        .into_iter()
        .map(|(id, name)| (id.0.to_string(), name));
    Ok(choices.collect())
}
