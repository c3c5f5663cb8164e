//! What the button of an action says, and what the page says once it was done.

use super::Action;

impl Action {
    /// What its button says, where that is more than its name.
    pub const fn button(self) -> &'static str {
        match self {
            Self::Triage => "Lưu và giao",
            Self::WriteExtract => "Lưu bản trích",
            Self::Note => "Lưu ghi chú",
            Self::Message => "Gửi tin nhắn",
            Self::Recuse => "Lưu danh sách",
            Self::Assign => "Giao",
            Self::RequestInfo => "Gửi yêu cầu bổ sung",
            other => other.label(),
        }
    }

    /// What was done, as the page says it afterwards, without a full stop.
    pub const fn done(self) -> &'static str {
        match self {
            Self::ApproveRefusal => "Đã duyệt không tiếp nhận",
            Self::ApproveForward => "Đã duyệt chuyển cơ quan khác",
            Self::RejectProposal => "Đã trả lại đề xuất",
            Self::Triage | Self::Assign => "Đã giao",
            Self::Receive => "Đã tiếp nhận",
            Self::Classify => "Đã lưu phân loại",
            Self::WriteExtract => "Đã lưu bản trích",
            Self::ExtractReopening => "Đã báo đơn vị lý do mở lại",
            Self::StartVerifying => "Đã bắt đầu xác minh",
            Self::ProposeConclusion => "Đã trình kết luận",
            Self::Conclude => "Đã lưu kết luận",
            Self::SubmitForApproval => "Đã trình lãnh đạo phê duyệt",
            Self::Answer => "Đã phê duyệt và trả lời",
            Self::ReturnDraft => "Đã trả lại dự thảo",
            Self::Call => "Đã ghi cuộc gọi trả lời",
            Self::SendLetter => "Đã ghi việc gửi thư trả lời",
            Self::Close => "Đã kết thúc hồ sơ",
            Self::RequestInfo => "Đã yêu cầu bổ sung",
            Self::SendBack => "Đã trả lại Văn phòng Sở",
            Self::Message => "Đã nhắn người phản ánh",
            Self::Note => "Đã lưu ghi chú",
            Self::Remind => "Đã nhắc người đang giữ hồ sơ",
            Self::Recuse => "Đã lưu người không tham gia",
            Self::ProposeForward => "Đã đề xuất chuyển cơ quan khác",
            Self::Redirect => "Đã hướng dẫn người phản ánh",
            Self::ProposeRefusal => "Đã đề xuất không tiếp nhận",
            Self::Undo => "Đã hoàn tác",
            Self::Supplement => "Đã bổ sung",
            Self::Reopen => "Đã mở lại",
            Self::Withdraw => "Đã rút",
        }
    }
}
