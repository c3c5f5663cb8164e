//! Proposes to forward a case to another body; a leader decides.

use super::{
    select_choices,
    text::{error, optional_text},
};
use crate::{
    case::ExternalBodyId,
    casework::case_page::CaseFile,
    error::AppError,
    ui::{SelectField, TextArea},
};
use leptos::prelude::*;

/// The body, and what is added to the letter.
pub fn fields(file: &CaseFile) -> AnyView {
    view! {
        <SelectField
            name="external_body"
            label="Cơ quan có thẩm quyền"
            choices=select_choices(&file.choices.bodies)
        />
        <TextArea
            name="forward_text"
            label="Nội dung báo người phản ánh"
            hint="Thêm vào lời báo chuyển; có thể để trống."
            rows=4
            optional=true
        />
    }
    .into_any()
}

/// Proposes to forward.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `external_body` if there
/// is no such body, or
/// `forward_text` if it is too long.
#[server(endpoint = "quan-tri/ho-so/de_xuat_chuyen")]
pub async fn propose_forward(
    number: String,
    seen: i64,
    #[server(default)] external_body: String,
    #[server(default)] forward_text: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, Proposal},
        casework::ssr::{Transition, external_body_name},
    };
    let mut transition = Transition::begin(Action::ProposeForward, &number, seen).await?;
    let unknown = || error("external_body", "Vui lòng chọn cơ quan có thẩm quyền.");
    let body = ExternalBodyId(external_body.parse().map_err(|_| unknown())?);
    let name = external_body_name(&mut transition.tx, body).await?;
    name.ok_or_else(unknown)?;
    let text = optional_text("forward_text", &forward_text)?;
    transition.propose(Proposal::Forward).await?;
    let event = CaseEvent::ForwardProposed { body: Some(body) };
    transition.commit_with(event, &text).await
}
