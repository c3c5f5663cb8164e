//! The one request for missing information; the deadline is paused from today.

use super::action_form::{ActionForm, OneText};
use crate::error::AppError;
use leptos::prelude::*;

const TEXT: OneText = OneText::new(
    "missing",
    "Những gì cần bổ sung",
    "Vui lòng ghi đầy đủ những gì cần bổ sung.",
)
.hint("Chỉ được yêu cầu một lần; vui lòng ghi đủ. Thời hạn tạm dừng từ hôm nay.");

pub const FORM: ActionForm = ActionForm::Text(TEXT);

/// Asks the submitter for what is missing.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `missing` if it is empty
/// or too long.
#[server(endpoint = "quan-tri/ho-so/yeu_cau_bo_sung")]
pub async fn request_info(
    number: String,
    seen: i64,
    #[server(default)] missing: String,
) -> Result<(), AppError> {
    use crate::{
        calendar::weekday_date,
        case::{Action, CaseEvent, CaseId, Direction, ServiceLevel},
        casework::{actions::letters, ssr::Transition},
        directory,
    };
    let mut transition = Transition::begin(Action::RequestInfo, &number, seen).await?;
    let missing = TEXT.parse(&missing)?;
    let today = transition.today();
    let calendar = directory::ssr::calendar(&mut transition.tx).await?;
    let days =
        directory::ssr::service_level(&mut transition.tx, ServiceLevel::Supplement, today).await?;
    let until = calendar.add_working_days(today, days);
    sqlx::query!(
        "update feedback_case set paused_on = $2, supplement_asked = true where case_id = $1",
        transition.case.id as CaseId,
        today
    )
    .execute(&mut *transition.tx)
    .await?;
    let letter = letters::supplement(&missing, &weekday_date(until));
    transition.add_message(Direction::Out, &letter).await?;
    let event = CaseEvent::SupplementRequested { until: Some(until) };
    transition.commit_with(event, &missing).await
}
