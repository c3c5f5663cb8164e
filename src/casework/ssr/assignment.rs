//! Whom a case may go to, and what the unit gets to read.

use super::{story::told, transition::Transition};
use crate::{
    case::{BodyField, CaseId, Confidentiality, StaffId, UnitId},
    casework::actions::conflict::{UnitNode, conflict},
    directory,
    error::{AppError, FieldErrors},
};
use sqlx::PgConnection;

/// The kind of unit that looks into matters of which nobody knows yet whom they are about.
pub(super) const VERIFIES: &str = "thanh_tra";

/// Every unit and the one above it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
async fn unit_tree(tx: &mut PgConnection) -> Result<Vec<UnitNode>, AppError> {
    let units = directory::ssr::units(tx).await?;
    let nodes = units.iter().map(|unit| UnitNode {
        unit: UnitId(unit.unit_id),
        parent: unit.parent_id.map(UnitId),
        verifies: unit.kind == VERIFIES,
    });
    Ok(nodes.collect())
}

/// Whether there is such a unit.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(super) async fn is_unit(transition: &mut Transition, unit: UnitId) -> Result<bool, AppError> {
    let units = unit_tree(&mut transition.tx).await?;
    Ok(units.iter().any(|node| node.unit == unit))
}

/// Refuses a unit that may not judge the matter, and a person of another unit.
///
/// # Errors
/// At `unit`.
pub(super) async fn check_unit(
    transition: &mut Transition,
    unit: UnitId,
    handler: Option<StaffId>,
) -> Result<(), AppError> {
    let units = unit_tree(&mut transition.tx).await?;
    if !units.iter().any(|node| node.unit == unit) {
        return Err(FieldErrors::at("unit", "Vui lòng chọn đơn vị trong danh sách.").into());
    }
    let case = &transition.case;
    if let Some(reason) = conflict(&units, case.concerned_unit, unit, case.kind, case.secrecy) {
        return Err(FieldErrors::at("unit", reason).into());
    }
    let Some(handler) = handler else {
        return Ok(());
    };
    let belongs_to = sqlx::query_scalar!(
        r#"select s.unit_id as "unit: UnitId" from staff s, feedback_case c
        where s.staff_id = $1 and s.active and c.case_id = $2 and s.staff_id <> all (c.recused)"#,
        handler as StaffId,
        transition.case.id as CaseId
    )
    .fetch_optional(&mut *transition.tx)
    .await?
    .flatten();
    match belongs_to {
        Some(own) if own == unit => Ok(()),
        _ => Err(FieldErrors::at(
            "unit",
            "Người này không thuộc đơn vị đã chọn, hoặc không tham gia hồ sơ. Vui lòng chọn lại.",
        )
        .into()),
    }
}

/// Makes sure that the unit will have something to read: if nothing is kept secret, the words
/// themselves.
///
/// # Errors
/// At `unit` if the identity is kept secret and no extract was written.
pub(super) async fn provide_extract(transition: &mut Transition) -> Result<(), AppError> {
    if transition.body(BodyField::Extract).await?.is_some() {
        return Ok(());
    }
    if transition.case.secrecy != Confidentiality::Ordinary {
        return Err(FieldErrors::at(
            "unit",
            "Danh tính người phản ánh được giữ bí mật: vui lòng viết bản trích trước khi giao \
             đơn vị.",
        )
        .into());
    }
    let Some(content) = transition.content().await? else {
        return Ok(());
    };
    transition
        .write_body(BodyField::Extract, &told(content))
        .await
}
