//! A note that colleagues on this case read.

use super::text::required_text;
use crate::{casework::case_page::CaseFile, error::AppError, ui::TextArea};
use leptos::prelude::*;

/// The one text.
pub fn fields(_: &CaseFile) -> AnyView {
    view! {
        <TextArea
            name="note"
            label="Ghi chú"
            hint="Chỉ người xử lý hồ sơ này đọc được."
            rows=5
        />
    }
    .into_any()
}

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
    let note = required_text("note", &note, "Vui lòng ghi nội dung.")?;
    transition.add_message(Direction::Note, &note).await?;
    transition.commit(CaseEvent::Noted).await
}
