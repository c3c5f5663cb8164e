//! What following a case reads and writes. Every statement runs in the scope of the one case, so row security hides all others.

mod actions;
mod add_message;
mod case_view;
pub mod handlers;
mod records;
pub(super) mod session;
pub(super) mod throttle;
pub(super) mod words;

pub use actions::{Done, rate, reopen, withdraw};
pub use add_message::write;
pub use case_view::follow;

use crate::{
    case::CaseId,
    error::AppError,
    platform::{
        AppState,
        database::Scope,
        vault::{CaseKey, SealContext, WrappedKey},
    },
};
use sqlx::{PgConnection, Postgres, Transaction};

/// Begins a transaction that sees one case as its reporter does.
async fn begin(state: &AppState, case: CaseId) -> Result<Transaction<'static, Postgres>, AppError> {
    state.db.begin(Scope::Case(case)).await
}

/// The data key of the case.
async fn case_key(
    state: &AppState,
    tx: &mut PgConnection,
    case: CaseId,
) -> Result<CaseKey, AppError> {
    let id = uuid::Uuid::from_u128(case.0);
    let row = sqlx::query!(
        "select kek_version, wrapped from case_key where case_id = $1",
        id
    )
    .fetch_one(tx)
    .await?;
    Ok(state.vault.unwrap(
        case,
        &WrappedKey {
            kek_version: row.kek_version,
            bytes: row.wrapped,
        },
    )?)
}

/// Opens one sealed text.
fn open_text(key: &CaseKey, place: SealContext, sealed: &[u8]) -> Result<String, AppError> {
    let plain = key.open(place, sealed)?;
    String::from_utf8(plain.to_vec()).map_err(|_| AppError::Internal)
}
