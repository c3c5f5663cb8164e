//! The draft reply goes to the leader.

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

/// The reply's usual shape (docs/law.md).
const SKELETON: &str = "Kính gửi Ông/Bà,
Sở đã nhận được phản ánh của Ông/Bà. Qua kiểm tra, xác minh, Sở xin trả lời như sau:
1. \n2. \n\
Sở cảm ơn Ông/Bà đã phản ánh và mong tiếp tục nhận được ý kiến góp ý. Trân trọng.";

/// The reply, as drafted so far.
pub fn fields(file: &CaseFile) -> AnyView {
    let value = match file.reply.as_str() {
        "" => SKELETON.to_owned(),
        reply => reply.to_owned(),
    };
    view! {
        <TextArea
            name="reply"
            label="Nội dung trả lời"
            hint="Người phản ánh đọc đúng văn bản này."
            value
            rows=10
        />
    }
    .into_any()
}

fn parse(reply: &str) -> Result<String, FieldErrors> {
    required_text("reply", reply, "Vui lòng soạn nội dung trả lời.")
}

/// The rule that needs no server.
///
/// # Errors
/// At `reply` if it is empty or too long.
pub fn check(fields: &Fields) -> Result<(), FieldErrors> {
    parse(value(fields, "reply")).map(drop)
}

/// Submits the draft reply.
///
/// # Errors
/// As [`Transition::begin`](crate::casework::ssr::Transition::begin); at `reply` if it is empty or
/// too long.
#[server(endpoint = "quan-tri/ho-so/trinh_phe_duyet")]
pub async fn submit_for_approval(
    number: String,
    seen: i64,
    #[server(default)] reply: String,
) -> Result<(), AppError> {
    use crate::{
        case::{Action, BodyField, CaseEvent},
        casework::ssr::Transition,
    };
    let mut transition = Transition::begin(Action::SubmitForApproval, &number, seen).await?;
    let reply = parse(&reply)?;
    transition.write_body(BodyField::Reply, &reply).await?;
    transition.commit(CaseEvent::DraftSubmitted).await
}
