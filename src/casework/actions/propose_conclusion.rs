//! Whoever verified hands the result to the head of the unit, who concludes.

use super::action_form::{ActionForm, OneText};
use crate::error::AppError;
use leptos::prelude::*;

const TEXT: OneText = OneText::new(
    "result",
    "Kết quả xác minh",
    "Vui lòng ghi kết quả xác minh.",
)
.hint("Người kết luận đọc, sửa rồi kết luận.")
.written(8, |file| file.measures.clone());

pub const FORM: ActionForm = ActionForm::Text(TEXT);

/// Hands the result over; it begins the conclusion.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `result` if it is empty or
/// too long.
#[server(endpoint = "quan-tri/ho-so/trinh_ket_luan")]
pub async fn propose_conclusion(
    number: String,
    seen: i64,
    #[server(default)] result: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, BodyField, CaseEvent},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::ProposeConclusion, &number, seen).await?;
    let result = TEXT.parse(&result)?;
    transition.write_body(BodyField::Finding, &result).await?;
    transition.commit(CaseEvent::ConclusionProposed).await
}
