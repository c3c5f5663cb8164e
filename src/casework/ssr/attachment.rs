//! Opening one attachment for a member of staff.

use super::{
    case_page::{audit, may_read_along},
    transition::{case_key, opened},
};
use crate::{
    accounts::ssr::authority::Authority,
    case::CaseId,
    casework::ssr::download::OpenFile,
    error::AppError,
    platform::{AppState, vault::SealContext},
};
use uuid::Uuid;

/// One attachment, opened. Leaves a row in the audit log before anything is opened.
///
/// # Errors
/// [`AppError::NotFound`] where this person sees no such file.
pub async fn open_file(
    state: &AppState,
    authority: &Authority,
    id: Uuid,
) -> Result<OpenFile, AppError> {
    let mut tx = authority.begin(&state.db).await?;
    let row = sqlx::query!(
        r#"select a.case_id as "case_id!", a.media_type as "media_type!", a.sealed_name as "sealed_name!", c.secrecy as "secrecy!"
        from attachment a join feedback_case c using (case_id) where attachment_id = $1"#,
        id
    )
    .fetch_one(&mut *tx)
    .await?;
    if !may_read_along(authority, &row.secrecy) {
        return Err(AppError::NotFound);
    }
    let key = case_key(&mut tx, state, CaseId(row.case_id.as_u128())).await?;
    audit(&mut tx, state, authority, "tai_tep", row.case_id).await?;
    tx.commit().await?;
    let name = opened(
        &key,
        SealContext {
            table: "attachment",
            row: id.as_u128(),
            field: "name",
        },
        &row.sealed_name,
    )?;
    let bytes = state.files.get(id.as_u128(), &key).await?;
    Ok(OpenFile {
        name,
        media_type: row.media_type,
        bytes,
    })
}
