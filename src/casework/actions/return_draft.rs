//! The leader returns the draft with a comment.

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
    view! { <TextArea name="comment" label="Ý kiến về dự thảo" rows=5 /> }.into_any()
}

fn parse(comment: &str) -> Result<String, FieldErrors> {
    required_text("comment", comment, "Vui lòng ghi ý kiến về dự thảo.")
}

/// The rule that needs no server.
///
/// # Errors
/// At `comment` if it is empty or too long.
pub fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(value(fields, "comment")).map(drop)
}

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
    let comment = parse(&comment)?;
    transition
        .commit_with(CaseEvent::DraftReturned, &comment)
        .await
}
