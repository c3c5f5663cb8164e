//! What the case beside the list says. Reading the original here is recorded as on its own page.

use super::rows::Found;
use crate::{
    accounts::ssr::authority::Authority,
    case::BodyField,
    casework::{
        case_page::FeedbackText,
        inbox::filters::Filters,
        ssr::{
            case_page::audit_reading,
            reading::{Reading, demand_sight},
            story::words,
        },
    },
    error::AppError,
    platform::AppState,
    records::{AuditAction, texts_of_many},
};
use sqlx::PgConnection;

/// The text of the case in focus, if it is one of the page.
pub(super) async fn of_focus(
    tx: &mut PgConnection,
    state: &AppState,
    authority: &Authority,
    filters: &Filters,
    found: &[Found],
) -> Result<Option<FeedbackText>, AppError> {
    let Some(focus) = &filters.focus else {
        return Ok(None);
    };
    let Some(row) = found.iter().find(|row| row.number == focus.as_str()) else {
        return Ok(None);
    };
    demand_sight(tx, authority, row.case_id).await?;
    let field = Reading::of(authority.scope(), row.secrecy).telling();
    let asked = [(row.case_id, field)];
    let mut opened = texts_of_many(tx, &state.vault, &asked).await?;
    let bodies = opened.pop().map(|(_, bodies)| bodies).unwrap_or_default();
    if bodies.get(BodyField::Original).is_some() {
        let action = AuditAction::OriginalRead;
        audit_reading(tx, state, authority, action, row.case_id).await?;
    }
    words(&bodies, row.erased_on, None).map(Some)
}
