//! Who has no part in the matter of a case, and so may ask for the name behind it or let it be seen.

use crate::{
    case::{CaseId, StaffId, UnitId},
    error::{AppError, FieldErrors},
    identity::rule::Standing,
};
use sqlx::PgConnection;

/// How this person stands to the matter of the case (`stands_apart` in `migrations/0017`), which
/// concerns `concerned`.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn standing(
    tx: &mut PgConnection,
    staff: StaffId,
    case: CaseId,
    concerned: Option<UnitId>,
) -> Result<Standing, AppError> {
    let apart = sqlx::query_scalar!(
        r#"select stands_apart($1, $2) as "apart!""#,
        staff as StaffId,
        case as CaseId
    );
    Ok(Standing::of(apart.fetch_one(tx).await?, concerned))
}

/// Refuses whoever does not stand apart, at the field `at`.
///
/// # Errors
/// [`AppError::Invalid`] with the reason.
pub(super) fn demand_apart(standing: Standing, at: &str) -> Result<(), AppError> {
    match standing {
        Standing::Apart => Ok(()),
        barred => Err(FieldErrors::at(at, barred.barred()).into()),
    }
}
