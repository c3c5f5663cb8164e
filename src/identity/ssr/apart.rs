//! Who has no part in the matter of a case, and so may ask for the name behind it.

use crate::{
    case::{CaseId, StaffId, UnitId},
    error::{AppError, FieldErrors},
};
use sqlx::PgConnection;

/// Whether this person has no part in the matter of the case (`stands_apart` in `migrations/0017`).
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn stands_apart(
    tx: &mut PgConnection,
    staff: StaffId,
    case: CaseId,
) -> Result<bool, AppError> {
    let apart = sqlx::query_scalar!(
        r#"select stands_apart($1, $2) as "apart!""#,
        staff as StaffId,
        case as CaseId
    );
    Ok(apart.fetch_one(tx).await?)
}

/// Refuses whoever has a part in the matter of the case, which concerns `concerned`.
///
/// # Errors
/// [`AppError::Forbidden`]; at `reason` if nobody has said yet whom it is about.
pub(super) async fn demand_apart(
    tx: &mut PgConnection,
    staff: StaffId,
    case: CaseId,
    concerned: Option<UnitId>,
) -> Result<(), AppError> {
    match (stands_apart(tx, staff, case).await?, concerned) {
        (true, _) => Ok(()),
        (false, Some(_)) => Err(AppError::Forbidden),
        (false, None) => Err(FieldErrors::at(
            "reason",
            "Chưa rõ đơn vị được phản ánh, nên chưa biết ai được đề nghị. Vui lòng ghi đơn vị đó \
             ở việc “Phân loại” trước.",
        )
        .into()),
    }
}
