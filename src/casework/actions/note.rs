//! A note among colleagues. One by somebody who reads the original stays with those who do: it may say
//! who spoke. One by the unit is read by everybody on the case.

use super::action_form::{ActionForm, OneText};
use crate::error::AppError;
use leptos::prelude::*;

const TEXT: OneText = OneText::new("note", "Ghi chú", "Vui lòng ghi nội dung.")
    .hint("Đơn vị không đọc được ghi chú của Văn phòng, lãnh đạo.");

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
    let direction = if transition.reads_original() {
        Direction::OfficeNote
    } else {
        Direction::Note
    };
    if transition.is_said_again(direction, &note).await? {
        return transition.done_before().await;
    }
    transition.add_message(direction, &note).await?;
    transition.commit(CaseEvent::Noted).await
}
