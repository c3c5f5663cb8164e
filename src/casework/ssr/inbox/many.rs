//! The same action on several cases, each locked, judged and committed by itself.

use crate::{
    accounts::ssr::authority::{self, Authority, state},
    case::{Action, CaseEvent, CaseId, CaseNumber, UnitId},
    casework::{
        actions::Assignment,
        inbox::many::Many,
        ssr::{Transition, assign, note_reminder},
    },
    directory,
    error::{AppError, FieldErrors},
    records::has_happened_since,
};

/// Does what is asked to each case; one that fails stops none.
///
/// # Errors
/// [`AppError::SignInRequired`] or [`AppError::Forbidden`] without the right: nothing is done then;
/// at `unit` if there is no such unit; at the box of each case that did not go through.
pub(crate) async fn act_on_many(many: &Many, seen: i64) -> Result<(), AppError> {
    let permission = many.action.permission().ok_or(AppError::Forbidden)?;
    let authority = authority::require(permission).await?;
    let unit = unit(many).await?;
    let mut failed = FieldErrors::default();
    for number in &many.numbers {
        let Err(error) = act(many.action, number, unit, seen).await else {
            continue;
        };
        let again = error == AppError::Conflict
            && is_done(&authority, many.action, number, unit, seen)
                .await
                .unwrap_or(false);
        if !again {
            let message = format!("{number}: {}", reason(&error));
            failed.add(&Many::field(number.as_str()), &message);
        }
    }
    failed.or(|| ()).map_err(AppError::from)
}

async fn unit(many: &Many) -> Result<Option<UnitId>, AppError> {
    if many.action != Action::Assign {
        return Ok(None);
    }
    let mut connection = state().db.pool().acquire().await?;
    let units = directory::ssr::units(&mut connection).await?;
    match units.into_iter().find(|unit| unit.code == many.unit) {
        Some(unit) => Ok(Some(UnitId(unit.unit_id))),
        None => Err(FieldErrors::at("unit", "Vui lòng chọn đơn vị trong danh sách.").into()),
    }
}

async fn act(
    action: Action,
    number: &CaseNumber,
    unit: Option<UnitId>,
    seen: i64,
) -> Result<(), AppError> {
    let mut transition = Transition::begin(action, number.as_str(), seen).await?;
    let event = match (action, unit) {
        (Action::Assign, Some(unit)) => {
            let handler = None;
            assign(&mut transition, Assignment { unit, handler }).await?
        }
        (Action::Remind, _) => note_reminder(&mut transition).await?,
        (Action::Receive, _) => CaseEvent::Received,
        _ => return Err(AppError::BadRequest),
    };
    transition.record(&event, "").await?;
    transition.settle().await
}

/// Whether this person has done the very same since the page was drawn: the second of two clicks.
async fn is_done(
    authority: &Authority,
    action: Action,
    number: &CaseNumber,
    unit: Option<UnitId>,
    seen: i64,
) -> Result<bool, AppError> {
    let mut tx = authority.begin(&state().db).await?;
    let case = sqlx::query_scalar!(
        r#"select case_id as "case: CaseId" from feedback_case
        where number = $1 and ($2::smallint is null or assigned_unit_id = $2)"#,
        number.as_str(),
        unit as Option<UnitId>
    )
    .fetch_optional(&mut *tx)
    .await?;
    let by = Some(authority.staff_id());
    match case {
        Some(case) => has_happened_since(&mut tx, case, seen, action.code(), by).await,
        None => Ok(false),
    }
}

/// Why one case did not go through, to be read behind its number.
fn reason(error: &AppError) -> String {
    match error {
        AppError::Invalid(fields) => {
            let said = fields.all().iter().map(|(_, message)| message.as_str());
            said.collect::<Vec<_>>().join(" ")
        }
        AppError::NotFound => "không còn trong phần việc Ông/Bà được xem.".to_owned(),
        AppError::Conflict => {
            "không ở bước này (chưa phân loại, hoặc đã có người làm trước). Mở hồ sơ để xem."
                .to_owned()
        }
        other => other.message().to_owned(),
    }
}
