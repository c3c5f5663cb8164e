//! A note that colleagues on this case read.

use super::text::required_text;
use crate::{
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        TextArea,
        form::enhance::{Fields, value},
    },
};
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

fn parse(note: &str) -> Result<String, FieldErrors> {
    required_text("note", note, "Vui lòng ghi nội dung.")
}

/// The rule that needs no server.
///
/// # Errors
/// At `note` if it is empty or too long.
pub fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(value(fields, "note")).map(drop)
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
    let note = parse(&note)?;
    transition.add_message(Direction::Note, &note).await?;
    transition.commit(CaseEvent::Noted).await
}
