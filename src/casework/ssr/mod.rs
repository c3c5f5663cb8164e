//! Cases for those who work on them: reading within what a person may see, and changing one case at a time.

mod action_choices;
mod attachment;
mod case_page;
pub mod download;
mod format;
mod handling;
mod inbox;
mod transition;
mod triage;

pub use attachment::open_file;
pub use case_page::case_file;
pub use handling::{
    answer, approve_forward, approve_refusal, close, conclude, message, note, propose_forward,
    propose_refusal, reject_proposal, return_draft, send_back, start_verifying,
    submit_for_approval,
};
pub use inbox::inbox;
pub use transition::{Desk, tell};
pub use triage::{ask_supplement, assign, classify, receive, redirect, write_extract};

use super::inbox::search::Names;
use crate::{
    accounts::ssr::{authority::Authority, session},
    case::fold,
    error::AppError,
    rights::Permission,
};
use sqlx::PgConnection;

/// The widest right to see cases that the person behind this request has.
///
/// # Errors
/// [`AppError::SignInRequired`] without a session, [`AppError::Forbidden`] where they may see no case at all.
pub async fn seeing() -> Result<Authority, AppError> {
    let staff = session::current().await?;
    let rights = [
        Permission::SeeAllCases,
        Permission::SeeUnitCases,
        Permission::SeeOwnEntries,
    ];
    rights
        .into_iter()
        .find_map(|right| Authority::of(staff.clone(), right).ok())
        .ok_or(AppError::Forbidden)
}

/// Names a search is matched against.
async fn names(connection: &mut PgConnection) -> Result<Names, AppError> {
    let units = sqlx::query!("select unit_id, code, name from unit")
        .fetch_all(&mut *connection)
        .await?;
    let staff = sqlx::query!("select staff_id, display_name from staff")
        .fetch_all(connection)
        .await?;
    Ok(Names {
        units: units
            .into_iter()
            .map(|row| {
                (
                    row.unit_id,
                    format!("{} {}", fold(&row.name), fold(&row.code)),
                )
            })
            .collect(),
        staff: staff
            .into_iter()
            .map(|row| (row.staff_id.as_u128(), fold(&row.display_name)))
            .collect(),
    })
}
