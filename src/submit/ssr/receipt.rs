//! What the browser that has just sent may still see and choose, by the key of its receipt.

use super::{handlers::key_from_context, idempotency::open_slip, store::Recorder};
use crate::{
    case::{CaseId, Consent, StaffId},
    directory::ssr::agency,
    error::{AppError, FieldErrors},
    platform::{AppState, database::Scope, qr},
    records::{Actor, CaseRecord},
    routes,
    submit::receipt_page::ShownReceipt,
    ui::QrCode,
};
use sqlx::{Postgres, Transaction};

/// The key opens nothing any more.
const OVER: &str = "Phiếu này không còn mở được trên máy này. Ông/Bà chọn lại ở trang Theo dõi, \
    bằng mã tra cứu.";

/// The receipt of the current request, with what is allowed by now and where it is followed.
///
/// # Errors
/// [`AppError::NotFound`] if there is none, it has expired, or `reader` did not record it.
pub async fn shown(state: &AppState, reader: Recorder) -> Result<ShownReceipt, AppError> {
    let key = key_from_context();
    let slip = open_slip(state, &key).await?;
    let (mut tx, record) = opened(state, &key, reader).await?;
    let consent = record.consent(&mut tx).await?;
    let agency = agency(&mut tx).await?;
    let address = format!("{}{}", state.config.public_url, routes::LOOK_UP.path);
    let (size, path) = qr::drawn(&address)?;
    Ok(ShownReceipt {
        slip,
        consent,
        department: agency.name,
        hotline: agency.hotline,
        hours: agency.hours,
        look_up: QrCode { size, path },
        address: without_scheme(&address).to_owned(),
    })
}

/// As it is read aloud and typed.
fn without_scheme(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}

/// Keeps what is allowed, for the case of the current request's receipt: as the submitter says it
/// on their own, as the officer heard it who recorded it.
///
/// # Errors
/// [`AppError::Invalid`] if the receipt has expired or another recorded it;
/// [`AppError::Unavailable`].
pub async fn choose(state: &AppState, chosen: Consent, actor: Actor) -> Result<(), AppError> {
    let over = |error| match error {
        AppError::NotFound => FieldErrors::at("dong_y_cong_bo", OVER).into(),
        error => error,
    };
    let key = key_from_context();
    open_slip(state, &key).await.map_err(over)?;
    let (mut tx, record) = opened(state, &key, Recorder(actor.staff))
        .await
        .map_err(over)?;
    let at = state.clock.now();
    record.choose(&mut tx, chosen, actor, at).await?;
    Ok(tx.commit().await?)
}

/// The case that this key made, as its submitter sees it. At a shared desk a cookie outlives the
/// session that it came with, so the key alone does not open what another recorded.
async fn opened(
    state: &AppState,
    key: &str,
    reader: Recorder,
) -> Result<(Transaction<'static, Postgres>, CaseRecord), AppError> {
    let key_hmac = state.vault.keyed_hash("submission", key.as_bytes());
    let case = sqlx::query_scalar!(
        r#"select case_id as "case_id: CaseId" from submission where key_hmac = $1"#,
        &key_hmac[..]
    )
    .fetch_optional(state.db.pool())
    .await?
    .ok_or(AppError::NotFound)?;
    let mut tx = state.db.begin(Scope::Case(case)).await?;
    let recorder = sqlx::query_scalar!(
        r#"select created_by as "staff: StaffId" from feedback_case where case_id = $1"#,
        case as CaseId
    )
    .fetch_one(&mut *tx)
    .await?;
    if Recorder(recorder) != reader {
        return Err(AppError::NotFound);
    }
    let record = CaseRecord::open(&mut tx, &state.vault, case).await?;
    Ok((tx, record))
}
