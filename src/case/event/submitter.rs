//! What of an event is for the submitter: its sentence, and the words sealed with it.

use super::CaseEvent;
use crate::case::Direction;

impl CaseEvent {
    /// What happened, as the submitter reads it; `None` for what stays inside the department:
    /// notes, extract, drafts, proposals, and who asks to see the identity.
    pub fn public_text(&self) -> Option<String> {
        let sentence = match self {
            Self::Submitted => "Ông/Bà gửi phản ánh",
            Self::Entered { .. } => "Sở ghi nhận phản ánh của Ông/Bà",
            Self::Received => "Sở tiếp nhận phản ánh",
            Self::SupplementRequested { .. } => "Sở đề nghị Ông/Bà bổ sung thông tin",
            Self::Supplemented { .. } => "Ông/Bà bổ sung thông tin",
            Self::Classified { .. } => "Sở phân loại phản ánh",
            Self::CircleClosed => {
                "Sở thu hẹp số người xem, vì nội dung mới có dấu hiệu đòi, nhận tiền"
            }
            Self::Assigned { .. } => "Sở giao đơn vị xử lý",
            Self::SentBack => "Sở phân công lại đơn vị xử lý",
            Self::VerificationStarted => "Bắt đầu xác minh",
            Self::Concluded { .. } => "Xác minh xong, Sở soạn câu trả lời",
            Self::Answered => "Sở trả lời",
            Self::Called => "Sở đã gọi điện trả lời Ông/Bà",
            Self::LetterSent => "Sở đã gửi thư trả lời Ông/Bà",
            Self::Closed => "Hồ sơ kết thúc",
            Self::Reopened => "Ông/Bà cho biết câu trả lời chưa thỏa đáng; hồ sơ được xem xét lại",
            Self::RefusalApproved { .. } => "Sở không tiếp nhận phản ánh",
            Self::ForwardApproved { .. } => "Sở chuyển phản ánh đến cơ quan có thẩm quyền",
            Self::Redirected { .. } => "Sở hướng dẫn Ông/Bà nơi giải quyết",
            Self::Withdrawn => "Ông/Bà rút phản ánh",
            Self::Undone { .. } => "Sở rút lại bước vừa ghi để làm lại",
            Self::Messaged { direction, .. } => match direction {
                Direction::In => "Ông/Bà nhắn Sở",
                Direction::Out => "Sở nhắn Ông/Bà",
                Direction::Note | Direction::OfficeNote => return None,
            },
            Self::Rated { rating } => {
                return Some(format!("Ông/Bà đánh giá: {}", rating.label()));
            }
            Self::Consented { chosen } => {
                return Some(format!("Ông/Bà chọn: {}", chosen.label()));
            }
            Self::IdentityErased => "Sở đã xóa họ tên, địa chỉ, liên hệ của Ông/Bà",
            Self::Erased => "Sở đã xóa nội dung hồ sơ",
            Self::ExtractWritten
            | Self::ReopeningExtracted
            | Self::Recused { .. }
            | Self::HandedOver { .. }
            | Self::ConclusionProposed
            | Self::DraftSubmitted
            | Self::DraftReturned
            | Self::RefusalProposed { .. }
            | Self::ForwardProposed { .. }
            | Self::ProposalRejected
            | Self::Noted
            | Self::Reminded
            | Self::IdentityRequested { .. }
            | Self::IdentityApproved { .. }
            | Self::IdentityRefused { .. }
            // told apart from the timeline, with who looked: `look_text`
            | Self::IdentityOpened { .. } => return None,
        };
        Some(sentence.to_owned())
    }

    /// Whether it tells the submitter how their feedback was settled: what a call or a letter is to say.
    pub const fn releases_answer(&self) -> bool {
        matches!(
            self,
            Self::Answered
                | Self::RefusalApproved { .. }
                | Self::ForwardApproved { .. }
                | Self::Redirected { .. }
        )
    }

    /// Whether the words sealed with it were written for the submitter, or by them.
    pub const fn has_public_words(&self) -> bool {
        matches!(
            self,
            Self::SupplementRequested { .. }
                | Self::Reopened
                | Self::RefusalProposed { .. }
                | Self::RefusalApproved { .. }
                | Self::ForwardApproved { .. }
                | Self::Redirected { .. }
        )
    }
}
