//! Writes what the unit will read instead of the original.

use super::action_form::{ActionForm, OneText};
use crate::{casework::case_page::CaseFile, error::AppError};
use leptos::prelude::*;

pub const TEXT: OneText = OneText::new("extract", "Bản trích", "Vui lòng viết nội dung bản trích.")
    .hint("Đơn vị chỉ đọc bản này; đừng để lộ người gửi.")
    .written(8, written);

/// What was written before, or else the story with names and numbers covered.
fn written(file: &CaseFile) -> String {
    match file.extract.is_empty() {
        true => file.choices.extract_draft.clone(),
        false => file.extract.clone(),
    }
}

pub const FORM: ActionForm = ActionForm::Text(TEXT);

/// Writes the extract for the unit.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `extract` if it is empty
/// or too long.
#[server(endpoint = "quan-tri/ho-so/viet_trich_yeu")]
pub async fn write_extract(
    number: String,
    seen: i64,
    #[server(default)] extract: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, BodyField, CaseEvent},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::WriteExtract, &number, seen).await?;
    let extract = TEXT.parse(&extract)?;
    let newer = [Action::WriteExtract.leaves()];
    transition.refuse_newer(&newer, seen).await?;
    transition.write_body(BodyField::Extract, &extract).await?;
    transition.commit(CaseEvent::ExtractWritten).await
}
