//! Tells the unit why the submitter reopened the case, in words that do not tell who spoke.

use super::action_form::{ActionForm, OneText};
use crate::error::AppError;
use leptos::prelude::*;

const TEXT: OneText = OneText::new(
    "reopening",
    "Lý do mở lại, cho đơn vị đọc",
    "Vui lòng ghi lý do mở lại cho đơn vị.",
)
.hint(
    "Đơn vị không đọc lời người phản ánh, chỉ đọc đoạn này. Vui lòng bỏ tên, số điện thoại, địa chỉ \
    và mọi chi tiết cho biết ai phản ánh.",
)
.written(5, |file| file.reopening.clone());

pub const FORM: ActionForm = ActionForm::Text(TEXT);

/// Tells the unit why the case is open again.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `reopening` if it is empty
/// or too long.
#[server(endpoint = "quan-tri/ho-so/trich_mo_lai")]
pub async fn extract_reopening(
    number: String,
    seen: i64,
    #[server(default)] reopening: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::Transition,
    };
    let transition = Transition::begin(Action::ExtractReopening, &number, seen).await?;
    let reopening = TEXT.parse(&reopening)?;
    transition
        .commit_with(CaseEvent::ReopeningExtracted, &reopening)
        .await
}
