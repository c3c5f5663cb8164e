//! The console's actions: each demands its right, parses, does one thing to one case and leads back to it. Each is mounted under the
//! page of the case by the code of its action.
//! `seen` is the newest event on the page it was sent from.

use crate::error::AppError;
use leptos::prelude::*;

/// Receives a case.
#[server(endpoint = "quan-tri/ho-so/tiep_nhan")]
pub async fn receive_case(number: String, seen: i64) -> Result<(), AppError> {
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::Receive, &number, seen).await?;
    desk.done(ssr::receive(&desk).await).await
}

/// Classifies a case.
#[server(endpoint = "quan-tri/ho-so/phan_loai")]
pub async fn classify_case(
    number: String,
    seen: i64,
    #[server(default)] kind: String,
    #[server(default)] reasons: Vec<String>,
    #[server(default)] denunciation: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::Classify, &number, seen).await?;
    let class = ssr::tell(
        form::Classification::parse(&kind, &reasons, &denunciation).map_err(AppError::from),
    )?;
    desk.done(ssr::classify(&desk, &class).await).await
}

/// Writes the extract for the unit.
#[server(endpoint = "quan-tri/ho-so/viet_trich_yeu")]
pub async fn write_extract(
    number: String,
    seen: i64,
    #[server(default)] extract: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::WriteExtract, &number, seen).await?;
    let extract = ssr::tell(
        form::text("extract", &extract, "Vui lòng viết nội dung bản trích.")
            .map_err(AppError::from),
    )?;
    desk.done(ssr::write_extract(&desk, &extract).await).await
}

/// Hands a case to a unit.
#[server(endpoint = "quan-tri/ho-so/giao_xu_ly")]
pub async fn assign_case(
    number: String,
    seen: i64,
    #[server(default)] unit: String,
    #[server(default)] handler: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::Assign, &number, seen).await?;
    let assignment = ssr::tell(form::Assignment::parse(&unit, &handler).map_err(AppError::from))?;
    desk.done(ssr::assign(&desk, assignment).await).await
}

/// Gives a case back.
#[server(endpoint = "quan-tri/ho-so/tra_lai")]
pub async fn send_back(
    number: String,
    seen: i64,
    #[server(default)] back_reason: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::SendBack, &number, seen).await?;
    let reason = ssr::tell(
        form::text("back_reason", &back_reason, "Vui lòng nêu lý do trả lại.")
            .map_err(AppError::from),
    )?;
    desk.done(ssr::send_back(&desk, &reason).await).await
}

/// Begins to verify.
#[server(endpoint = "quan-tri/ho-so/xac_minh")]
pub async fn start_verifying(number: String, seen: i64) -> Result<(), AppError> {
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::StartVerifying, &number, seen).await?;
    desk.done(ssr::start_verifying(&desk).await).await
}

/// States the finding and the measures.
#[server(endpoint = "quan-tri/ho-so/ket_luan")]
pub async fn conclude_case(
    number: String,
    seen: i64,
    #[server(default)] finding: String,
    #[server(default)] measures: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::Conclude, &number, seen).await?;
    let measures = ssr::tell(
        form::text(
            "measures",
            &measures,
            "Vui lòng ghi kết quả xác minh và biện pháp xử lý.",
        )
        .map_err(AppError::from),
    )?;
    desk.done(ssr::conclude(&desk, &finding, &measures).await)
        .await
}

/// Submits the draft reply.
#[server(endpoint = "quan-tri/ho-so/trinh_phe_duyet")]
pub async fn submit_draft(
    number: String,
    seen: i64,
    #[server(default)] reply: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::SubmitForApproval, &number, seen).await?;
    let reply = ssr::tell(
        form::text("reply", &reply, "Vui lòng soạn nội dung trả lời.").map_err(AppError::from),
    )?;
    desk.done(ssr::submit_for_approval(&desk, &reply).await)
        .await
}

/// Returns the draft.
#[server(endpoint = "quan-tri/ho-so/tra_du_thao")]
pub async fn return_draft(
    number: String,
    seen: i64,
    #[server(default)] comment: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::ReturnDraft, &number, seen).await?;
    let comment = ssr::tell(
        form::text("comment", &comment, "Vui lòng ghi ý kiến về dự thảo.").map_err(AppError::from),
    )?;
    desk.done(ssr::return_draft(&desk, &comment).await).await
}

/// Approves the draft: the submitter is answered.
#[server(endpoint = "quan-tri/ho-so/tra_loi")]
pub async fn answer_case(number: String, seen: i64) -> Result<(), AppError> {
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::Answer, &number, seen).await?;
    desk.done(ssr::answer(&desk).await).await
}

/// Closes an answered case.
#[server(endpoint = "quan-tri/ho-so/ket_thuc")]
pub async fn close_case(number: String, seen: i64) -> Result<(), AppError> {
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::Close, &number, seen).await?;
    desk.done(ssr::close(&desk).await).await
}

/// Asks the submitter once for what is missing.
#[server(endpoint = "quan-tri/ho-so/yeu_cau_bo_sung")]
pub async fn ask_supplement(
    number: String,
    seen: i64,
    #[server(default)] missing: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::RequestInfo, &number, seen).await?;
    let list = ssr::tell(
        form::text(
            "missing",
            &missing,
            "Vui lòng ghi đầy đủ những gì cần bổ sung.",
        )
        .map_err(AppError::from),
    )?;
    desk.done(ssr::ask_supplement(&desk, &list).await).await
}

/// Writes a note for colleagues.
#[server(endpoint = "quan-tri/ho-so/ghi_chu")]
pub async fn write_note(
    number: String,
    seen: i64,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::Note, &number, seen).await?;
    let text =
        ssr::tell(form::text("note", &note, "Vui lòng ghi nội dung.").map_err(AppError::from))?;
    desk.done(ssr::note(&desk, &text).await).await
}

/// Writes to the submitter.
#[server(endpoint = "quan-tri/ho-so/nhan_tin")]
pub async fn write_message(
    number: String,
    seen: i64,
    #[server(default)] message: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::Message, &number, seen).await?;
    let text = ssr::tell(
        form::text("message", &message, "Vui lòng ghi nội dung tin nhắn.").map_err(AppError::from),
    )?;
    desk.done(ssr::message(&desk, &text).await).await
}

/// Proposes not to accept.
#[server(endpoint = "quan-tri/ho-so/de_xuat_tu_choi")]
pub async fn propose_refusal(
    number: String,
    seen: i64,
    #[server(default)] refusal_reason: String,
    #[server(default)] refusal_text: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::ProposeRefusal, &number, seen).await?;
    let reason = ssr::tell(form::refusal_reason(&refusal_reason).map_err(AppError::from))?;
    let text = ssr::tell(
        form::text(
            "refusal_text",
            &refusal_text,
            "Vui lòng giải thích và hướng dẫn bước tiếp theo.",
        )
        .map_err(AppError::from),
    )?;
    desk.done(ssr::propose_refusal(&desk, reason, &text).await)
        .await
}

/// Approves a refusal somebody else proposed.
#[server(endpoint = "quan-tri/ho-so/duyet_tu_choi")]
pub async fn approve_refusal(number: String, seen: i64) -> Result<(), AppError> {
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::ApproveRefusal, &number, seen).await?;
    desk.done(ssr::approve_refusal(&desk).await).await
}

/// Proposes to forward a case.
#[server(endpoint = "quan-tri/ho-so/de_xuat_chuyen")]
pub async fn propose_forward(
    number: String,
    seen: i64,
    #[server(default)] external_body: String,
    #[server(default)] forward_text: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::ProposeForward, &number, seen).await?;
    let body = ssr::tell(form::external_body(&external_body).map_err(AppError::from))?;
    let text =
        ssr::tell(form::optional_text("forward_text", &forward_text).map_err(AppError::from))?;
    desk.done(ssr::propose_forward(&desk, body, &text).await)
        .await
}

/// Approves a forwarding somebody else proposed.
#[server(endpoint = "quan-tri/ho-so/duyet_chuyen")]
pub async fn approve_forward(number: String, seen: i64) -> Result<(), AppError> {
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::ApproveForward, &number, seen).await?;
    desk.done(ssr::approve_forward(&desk).await).await
}

/// Does not follow a proposal.
#[server(endpoint = "quan-tri/ho-so/khong_duyet")]
pub async fn reject_proposal(
    number: String,
    seen: i64,
    #[server(default)] rejection: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::RejectProposal, &number, seen).await?;
    let reason = ssr::tell(
        form::text("rejection", &rejection, "Vui lòng nêu lý do không duyệt.")
            .map_err(AppError::from),
    )?;
    desk.done(ssr::reject_proposal(&desk, &reason).await).await
}

/// Guides the submitter to the right door.
#[server(endpoint = "quan-tri/ho-so/huong_dan_kntc")]
pub async fn redirect_case(
    number: String,
    seen: i64,
    #[server(default)] door: String,
    #[server(default)] guidance: String,
) -> Result<(), AppError> {
    use super::form;
    use crate::casework::ssr;
    let desk = ssr::Desk::of(crate::case::Action::Redirect, &number, seen).await?;
    let door = ssr::tell(form::door(&door).map_err(AppError::from))?;
    let added = ssr::tell(form::optional_text("guidance", &guidance).map_err(AppError::from))?;
    desk.done(ssr::redirect(&desk, door, &added).await).await
}
