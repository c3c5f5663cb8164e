//! A note that colleagues on this case read.

use super::action_form::{ActionForm, OneText};
use crate::error::AppError;
use leptos::prelude::*;

const TEXT: OneText = OneText::new("note", "Ghi chú", "Vui lòng ghi nội dung.")
    .hint("Chỉ người xử lý hồ sơ này đọc được.");

pub const FORM: ActionForm = ActionForm::Text(TEXT);

/// Writes a note.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `note` if it is empty or
/// too long.
#[server(endpoint = "quan-tri/ho-so/ghi_chu")]
pub async fn write_note(
    number: String,
    seen: i64,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, Direction},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::Note, &number, seen).await?;
    let note = TEXT.parse(&note)?;
    if transition.is_said_again(Direction::Note, &note).await? {
        return transition.done_before().await;
    }
    transition.add_message(Direction::Note, &note).await?;
    transition.commit(CaseEvent::Noted).await
}
