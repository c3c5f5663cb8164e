//! Proposes to forward a case to another body; a leader decides.

use super::{
    action_form::{ActionForm, optional_text},
    select_choices,
};
use crate::{
    case::ExternalBodyId,
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        SelectField, TextArea,
        form::{Fields, value},
    },
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// The body, and what is added to the letter.
fn fields(file: &CaseFile) -> AnyView {
    view! {
        <ForwardBy day=file.choices.forward_by.clone() />
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

/// By when a case of another body's competence has to be there (Decree 20/2008 art. 9.1 d).
#[component]
pub fn ForwardBy(day: String) -> impl IntoView {
    (!day.is_empty()).then(|| {
        view! {
            <p>
                "Chuyển cơ quan có thẩm quyền chậm nhất "<strong>{day}</strong>
                " (Nghị định 20/2008/NĐ-CP, Điều 9)."
            </p>
        }
    })
}

fn parse(body: &str, text: &str) -> Result<(ExternalBodyId, String), FieldErrors> {
    let body = body.parse().map_err(|_| unknown_body())?;
    Ok((ExternalBodyId(body), optional_text("forward_text", text)?))
}

fn unknown_body() -> FieldErrors {
    FieldErrors::at("external_body", "Vui lòng chọn cơ quan có thẩm quyền.")
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    let (body, text) = (
        value(fields, "external_body"),
        value(fields, "forward_text"),
    );
    parse(body, text).map(drop)
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
        casework::ssr::Transition,
        directory,
    };
    let mut transition = Transition::begin(Action::ProposeForward, &number, seen).await?;
    let (body, text) = parse(&external_body, &forward_text)?;
    let name = directory::ssr::external_body_name(&mut transition.tx, body).await?;
    name.ok_or_else(unknown_body)?;
    transition.propose(Proposal::Forward).await?;
    let event = CaseEvent::ForwardProposed { body: Some(body) };
    transition.commit_with(event, &text).await
}
