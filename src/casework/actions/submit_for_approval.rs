//! The draft reply goes to the leader.

use super::action_form::{ActionForm, OneText};
use crate::{casework::case_page::CaseFile, error::AppError};
use leptos::prelude::*;

/// The reply's usual shape (docs/law.md).
const SKELETON: &str = "Kính gửi Ông/Bà,
Sở đã nhận được phản ánh của Ông/Bà. Qua kiểm tra, xác minh, Sở xin trả lời như sau:
1. \n2. \n\
Sở cảm ơn Ông/Bà đã phản ánh và mong tiếp tục nhận được ý kiến góp ý. Trân trọng.";

const TEXT: OneText = OneText::new(
    "reply",
    "Nội dung trả lời",
    "Vui lòng soạn nội dung trả lời.",
)
.hint("Người phản ánh đọc đúng văn bản này.")
.written(10, drafted);

pub const FORM: ActionForm = ActionForm::Text(TEXT);

fn drafted(file: &CaseFile) -> String {
    let reply = Some(&file.reply).filter(|reply| !reply.is_empty());
    reply.cloned().unwrap_or_else(|| SKELETON.to_owned())
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
    let reply = TEXT.parse(&reply)?;
    transition.write_body(BodyField::Reply, &reply).await?;
    transition.commit(CaseEvent::DraftSubmitted).await
}
