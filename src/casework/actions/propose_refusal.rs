//! Proposes not to accept; a second person decides (Decree 20/2008 art. 7 and 9).

use super::action_form::{ActionForm, required_text};
use crate::{
    case::RefusalReason,
    casework::case_page::CaseFile,
    error::{AppError, FieldErrors},
    ui::{
        Choice, SelectField, TextArea,
        form::{Fields, value},
    },
};
use leptos::prelude::*;

pub const FORM: ActionForm = ActionForm::Fields { fields, check };

/// Reason, and the explanation sent to the submitter.
fn fields(_: &CaseFile) -> AnyView {
    let reasons = RefusalReason::ALL.iter();
    let reasons = reasons
        .map(|reason| Choice::new(reason.code(), reason.label()))
        .collect::<Vec<_>>();
    view! {
        <SelectField name="refusal_reason" label="Lý do không tiếp nhận" choices=reasons />
        <TextArea
            name="refusal_text"
            label="Giải thích và hướng dẫn"
            hint="Người phản ánh đọc được sau khi người thứ hai duyệt. \
            Nêu rõ Ông/Bà có thể làm gì tiếp."
            rows=5
        />
    }
    .into_any()
}

fn parse(reason: &str, text: &str) -> Result<(RefusalReason, String), FieldErrors> {
    let reason = RefusalReason::from_code(reason)
        .ok_or_else(|| FieldErrors::at("refusal_reason", "Vui lòng chọn lý do không tiếp nhận."))?;
    let ask = "Vui lòng giải thích và hướng dẫn bước tiếp theo.";
    Ok((reason, required_text("refusal_text", text, ask)?))
}

fn check(fields: &Fields) -> Result<(), FieldErrors> {
    let (reason, text) = (
        value(fields, "refusal_reason"),
        value(fields, "refusal_text"),
    );
    parse(reason, text).map(drop)
}

/// Proposes not to accept.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `refusal_reason` or
/// `refusal_text`.
#[server(endpoint = "quan-tri/ho-so/de_xuat_tu_choi")]
pub async fn propose_refusal(
    number: String,
    seen: i64,
    #[server(default)] refusal_reason: String,
    #[server(default)] refusal_text: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, CaseEvent, Proposal},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::ProposeRefusal, &number, seen).await?;
    let (reason, text) = parse(&refusal_reason, &refusal_text)?;
    transition.propose(Proposal::Refuse).await?;
    let event = CaseEvent::RefusalProposed { reason };
    transition.commit_with(event, &text).await
}
