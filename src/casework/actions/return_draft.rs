//! The leader returns the draft with a comment.

use super::action_form::{ActionForm, OneText};
use crate::error::AppError;
use leptos::prelude::*;

const TEXT: OneText = OneText::new(
    "comment",
    "Ý kiến về dự thảo",
    "Vui lòng ghi ý kiến về dự thảo.",
)
.hint("Đơn vị đọc được ý kiến này: không ghi chi tiết cho biết ai phản ánh.");

pub const FORM: ActionForm = ActionForm::Text(TEXT);

/// Returns the draft.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `comment` if it is empty
/// or too long.
#[server(endpoint = "quan-tri/ho-so/tra_du_thao")]
pub async fn return_draft(
    number: String,
    seen: i64,
    #[server(default)] comment: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent},
        casework::ssr::Transition,
    };
    let transition = Transition::begin(Action::ReturnDraft, &number, seen).await?;
    let comment = TEXT.parse(&comment)?;
    transition
        .commit_with(CaseEvent::DraftReturned, &comment)
        .await
}
