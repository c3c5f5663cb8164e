//! The reports as workbooks, for staff who may see them.

use super::{EVERY_CASE, count, figures, period, register as register_rows, sheet};
use crate::{
    accounts::ssr::{authority::Authority, session},
    directory,
    error::{AppError, FieldErrors},
    platform::AppState,
    rights::Permission,
};
use axum::{
    extract::{Path, State},
    http::{header, request::Parts},
    response::{IntoResponse as _, Response},
};
use period::Period;

/// `GET /lanh-dao/bao-cao/{period}/ket-qua.xlsx`
pub async fn results(
    State(state): State<AppState>,
    Path(period): Path<String>,
    parts: Parts,
) -> Response {
    let book = async {
        let staff = session::from_parts(&state, &parts).await?;
        Authority::of(staff, Permission::SeeFigures)?;
        results_of(&state, &period).await
    };
    answer(book.await, &format!("ket-qua-{period}.xlsx"))
}

async fn results_of(state: &AppState, code: &str) -> Result<Vec<u8>, AppError> {
    let mut tx = state.db.begin(EVERY_CASE).await?;
    let period = demanded(&mut tx, state, code).await?;
    if !count::broken(&mut tx).await?.is_empty() {
        let why = "Số liệu của một số hồ sơ không khớp; xem danh sách ở trang báo cáo.";
        return Err(FieldErrors::at("ky", why).into());
    }
    let (lines, _) = figures(&mut tx, &period).await?;
    let agency = directory::ssr::agency(&mut tx).await?.name;
    tx.commit().await?;
    sheet::results(&agency, &period, &lines)
}

/// `GET /lanh-dao/bao-cao/{period}/so-tiep-nhan.xlsx`
pub async fn register(
    State(state): State<AppState>,
    Path(period): Path<String>,
    parts: Parts,
) -> Response {
    let book = async {
        let staff = session::from_parts(&state, &parts).await?;
        let authority = Authority::of(staff, Permission::SeeAllCases)?;
        register_of(&state, &authority, &period).await
    };
    answer(book.await, &format!("so-tiep-nhan-{period}.xlsx"))
}

async fn register_of(
    state: &AppState,
    authority: &Authority,
    code: &str,
) -> Result<Vec<u8>, AppError> {
    let mut tx = authority.begin(&state.db).await?;
    let period = demanded(&mut tx, state, code).await?;
    let agency = directory::ssr::agency(&mut tx).await?.name;
    tx.commit().await?;
    let rows = register_rows::rows(state, authority, &period).await?;
    sheet::register(&agency, &period, &rows)
}

async fn demanded(
    tx: &mut sqlx::PgConnection,
    state: &AppState,
    code: &str,
) -> Result<Period, AppError> {
    let offered = period::offered(tx, state.clock.today()).await?;
    let period = offered.into_iter().find(|period| period.code == code);
    period.ok_or(AppError::NotFound)
}

fn answer(book: Result<Vec<u8>, AppError>, name: &str) -> Response {
    const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    match book {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, WORKBOOK.to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}\""),
                ),
                (header::CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => error.into_response(),
    }
}
