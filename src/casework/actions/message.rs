//! A message to the submitter.

use super::action_form::{ActionForm, OneText};
use crate::error::AppError;
use leptos::prelude::*;

const TEXT: OneText = OneText::new("message", "Tin nhắn", "Vui lòng ghi nội dung tin nhắn.")
    .hint("Người phản ánh đọc trên trang tra cứu.");

pub const FORM: ActionForm = ActionForm::Text(TEXT);

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
    let message = TEXT.parse(&message)?;
    if transition.is_said_again(Direction::Out, &message).await? {
        return transition.done_before().await;
    }
    transition.add_message(Direction::Out, &message).await?;
    let event = CaseEvent::Messaged {
        direction: Direction::Out,
        files: 0,
    };
    transition.commit(event).await
}
