//! Writes what the unit will read instead of the original.

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

/// The extract, as written so far.
pub fn fields(file: &CaseFile) -> AnyView {
    view! {
        <TextArea
            name="extract"
            label="Bản trích"
            hint="Đơn vị chỉ đọc bản này. Không ghi tên, số điện thoại, địa chỉ, số thửa \
            hay chi tiết cho biết ai phản ánh."
            value=file.extract.clone()
            rows=8
        />
    }
    .into_any()
}

fn parse(extract: &str) -> Result<String, FieldErrors> {
    required_text("extract", extract, "Vui lòng viết nội dung bản trích.")
}

/// The rule that needs no server.
///
/// # Errors
/// At `extract` if it is empty or too long.
pub fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(value(fields, "extract")).map(drop)
}

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
    let extract = parse(&extract)?;
    transition.write_body(BodyField::Extract, &extract).await?;
    transition.commit(CaseEvent::ExtractWritten).await
}
