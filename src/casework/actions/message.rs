//! A message to the submitter.

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
            name="message"
            label="Tin nhắn"
            hint="Người phản ánh đọc trên trang tra cứu."
            rows=5
        />
    }
    .into_any()
}

fn parse(message: &str) -> Result<String, FieldErrors> {
    required_text("message", message, "Vui lòng ghi nội dung tin nhắn.")
}

/// The rule that needs no server.
///
/// # Errors
/// At `message` if it is empty or too long.
pub fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(value(fields, "message")).map(drop)
}

/// Writes to the submitter.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `message` if it is empty
/// or too long.
#[server(endpoint = "quan-tri/ho-so/nhan_tin")]
pub async fn write_message(
    number: String,
    seen: i64,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, Direction},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::Message, &number, seen).await?;
    let message = parse(&message)?;
    transition.add_message(Direction::Out, &message).await?;
    let event = CaseEvent::Messaged {
        direction: Direction::Out,
        files: 0,
    };
    transition.commit(event).await
}
