//! What the forms of a case's actions offer to choose from.

use super::case_page::Row;
use crate::{
    case::{Kind, Secrecy},
    casework::{
        actions::conflict::{Place, conflict},
        case_page::view::Offers,
    },
    directory,
    error::AppError,
};
use sqlx::PgConnection;

/// Units and people the case may go to, bodies it may be forwarded to, reasons ticked so far.
///
/// # Errors
/// [`AppError::Unavailable`] where the database is away.
pub async fn offers(tx: &mut PgConnection, row: &Row) -> Result<Offers, AppError> {
    let units = directory::ssr::units(&mut *tx).await?;
    let places: Vec<Place> = units
        .iter()
        .map(|unit| Place {
            unit: unit.unit_id,
            parent: unit.parent_id,
        })
        .collect();
    let kind = Kind::from_code(&row.kind).ok_or(AppError::Internal)?;
    let secrecy = Secrecy::from_code(&row.secrecy).ok_or(AppError::Internal)?;
    let against = |unit: i16| conflict(&places, row.concerned_unit_id, unit, kind, secrecy);
    let people = sqlx::query!(
        r#"select s.staff_id as "staff_id!", s.display_name as "display_name!", u.name as "unit!" from staff s join unit u using (unit_id)
        where s.active and exists (select from staff_role r where r.staff_id = s.staff_id and r.role in ('chuyen_vien', 'truong_don_vi', 'thanh_tra'))
        order by u.unit_id, s.display_name"#
    )
    .fetch_all(&mut *tx)
    .await?;
    let bodies =
        sqlx::query!("select external_body_id, name from external_body order by external_body_id")
            .fetch_all(tx)
            .await?;
    Ok(Offers {
        units: units
            .iter()
            .filter(|unit| against(unit.unit_id).is_none())
            .map(|unit| (unit.unit_id.to_string(), unit.name.clone()))
            .collect(),
        barred: units
            .iter()
            .filter_map(|unit| Some(format!("{}: {}", unit.name, against(unit.unit_id)?)))
            .collect(),
        handlers: people
            .into_iter()
            .map(|row| {
                (
                    row.staff_id.simple().to_string(),
                    format!("{} – {}", row.display_name, row.unit),
                )
            })
            .collect(),
        bodies: bodies
            .into_iter()
            .map(|row| (row.external_body_id.to_string(), row.name))
            .collect(),
        reasons: row.reasons.clone(),
    })
}
