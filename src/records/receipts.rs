//! What a receipt code leaves behind, and the case it leads to.

use crate::{
    case::{CaseId, ReceiptCode},
    error::AppError,
    platform::vault::Vault,
};
use sqlx::PgConnection;

/// What the receipt code leaves behind.
pub struct Receipt {
    /// Version of the key of the HMAC.
    pub key_version: i16,
    /// HMAC of the code; the code itself is not stored.
    pub code_hmac: [u8; 32],
}

/// The case of a receipt code; `None` if no case has it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn case_of(
    connection: &mut PgConnection,
    vault: &Vault,
    code: &ReceiptCode,
) -> Result<Option<CaseId>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select case_id as "case_id: CaseId" from case_receipt where code_hmac = any($1)"#,
        &vault.receipt_hmacs(code)
    )
    .fetch_optional(connection)
    .await?)
}
