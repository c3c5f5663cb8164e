//! Addresses to write to, sealed under the service key. Each has a day on which it goes, whatever
//! became of the mail.

use crate::{
    case::CaseId,
    error::AppError,
    platform::{
        clock::random_id,
        vault::{SealContext, Vault},
    },
};
use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

/// Keeps an address for one mail, or for the notices of a case. Returns where it is.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn put_address(
    tx: &mut PgConnection,
    vault: &Vault,
    address: &str,
    of_case: Option<CaseId>,
    expires_at: OffsetDateTime,
) -> Result<Uuid, AppError> {
    let id = random_id();
    let outbox_id = Uuid::from_u128(id);
    sqlx::query!(
        "insert into outbox_address (outbox_id, sealed, case_id, expires_at)
        values ($1, $2, $3, $4)",
        outbox_id,
        vault.seal_service(place(id), address.as_bytes()),
        of_case as Option<CaseId>,
        expires_at
    )
    .execute(tx)
    .await?;
    Ok(outbox_id)
}

/// An address, locked against another mail to it; `None` if it is gone.
///
/// # Errors
/// [`AppError::Internal`] if it does not open.
pub async fn read_address(
    tx: &mut PgConnection,
    vault: &Vault,
    outbox_id: Uuid,
) -> Result<Option<String>, AppError> {
    let sealed = sqlx::query_scalar!(
        "select sealed from outbox_address where outbox_id = $1 for update",
        outbox_id
    )
    .fetch_optional(tx)
    .await?;
    let Some(sealed) = sealed else {
        return Ok(None);
    };
    let plain = vault.open_service(place(outbox_id.as_u128()), &sealed)?;
    let address = String::from_utf8(plain.to_vec()).map_err(|_| AppError::Internal)?;
    Ok(Some(address))
}

/// Where the address for the notices of a case is; `None` if nobody asked for them.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn address_of(tx: &mut PgConnection, case: CaseId) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "select outbox_id from outbox_address where case_id = $1",
        case as CaseId
    )
    .fetch_optional(tx)
    .await?)
}

/// Says until when the address for the notices of a case is kept; gives until when it was before,
/// `None` if there is none.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn keep_address_until(
    tx: &mut PgConnection,
    case: CaseId,
    until: OffsetDateTime,
) -> Result<Option<OffsetDateTime>, AppError> {
    Ok(sqlx::query_scalar!(
        "update outbox_address a set expires_at = $2 from outbox_address before
        where a.case_id = $1 and before.outbox_id = a.outbox_id returning before.expires_at",
        case as CaseId,
        until
    )
    .fetch_optional(tx)
    .await?)
}

/// Removes an address.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn delete_address(tx: &mut PgConnection, outbox_id: Uuid) -> Result<(), AppError> {
    sqlx::query!("delete from outbox_address where outbox_id = $1", outbox_id)
        .execute(tx)
        .await?;
    Ok(())
}

/// Removes the addresses whose day has come.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub async fn delete_expired_addresses(
    tx: &mut PgConnection,
    now: OffsetDateTime,
) -> Result<(), AppError> {
    sqlx::query!("delete from outbox_address where expires_at <= $1", now)
        .execute(tx)
        .await?;
    Ok(())
}

fn place(id: u128) -> SealContext {
    SealContext {
        table: "outbox_address",
        row: id,
        field: "email",
    }
}
