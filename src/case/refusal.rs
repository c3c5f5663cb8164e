//! Why feedback may not be accepted (Decree 20/2008 art. 7 and 9), in the words of staff and of the
//! submitter.

use super::codes::codes;
use serde::{Deserialize, Serialize};

codes! {
    /// The reason of a refusal; the label is what staff choose, in the order of the form.
    RefusalReason {
        MissingDetails = "KHONG_DU_THONG_TIN", "Không ghi rõ tên, địa chỉ, số điện thoại hoặc địa chỉ liên hệ";
        Unclear = "KHONG_RO_NOI_DUNG", "Nội dung không rõ ràng, không xác định được vụ việc";
        NotVietnamese = "KHONG_TIENG_VIET", "Không sử dụng tiếng Việt";
        WrongTelephone = "SAI_KENH_DIEN_THOAI", "Gọi không đúng số điện thoại chuyên dùng đã công bố";
        Complaint = "LA_KHIEU_NAI", "Nội dung là khiếu nại";
        Denunciation = "LA_TO_CAO", "Nội dung là tố cáo";
        LandDispute = "TRANH_CHAP_DAT_DAI", "Tranh chấp đất đai giữa các bên";
        OutOfScope = "NGOAI_PHAM_VI", "Không liên quan quy định hành chính, thủ tục hành chính";
        Judged = "DA_CO_BAN_AN", "Vụ việc đã có bản án, quyết định có hiệu lực của Tòa án";
        AlreadyAnswered = "DA_TRA_LOI_KHONG_TINH_TIET_MOI", "Đã được trả lời bằng văn bản đúng quy định, không có nội dung, tình tiết mới";
        PendingElsewhere = "CO_QUAN_KHAC_DANG_THU_LY", "Cơ quan khác có thẩm quyền đang thụ lý";
        Duplicate = "TRUNG_LAP", "Trùng với phản ánh đã tiếp nhận";
        Abusive = "NOI_DUNG_VI_PHAM", "Nội dung xúc phạm, đe dọa, vu khống, quảng cáo, trái pháp luật";
        StateSecret = "BI_MAT_NHA_NUOC", "Chứa bí mật nhà nước";
    }
}

const AGAIN: &str = "Ông/Bà có thể gửi phản ánh mới với đầy đủ thông tin, hoặc gọi đường dây nóng \
                     để được hướng dẫn.";
const GUIDE: &str = "Cơ quan giải quyết và thời hạn gửi được ghi ở trang Hướng dẫn.";

impl RefusalReason {
    /// Why, in a sentence the submitter reads.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::MissingDetails => "Phản ánh chưa có đủ tên, địa chỉ hoặc cách liên hệ.",
            Self::Unclear => "Nội dung chưa rõ nên Sở không xác định được vụ việc.",
            Self::NotVietnamese => "Phản ánh không được viết bằng tiếng Việt.",
            Self::WrongTelephone => "Cuộc gọi không đến số điện thoại chuyên dùng đã công bố.",
            Self::Complaint => "Nội dung là khiếu nại, được giải quyết theo Luật Khiếu nại.",
            Self::Denunciation => "Nội dung là tố cáo, được giải quyết theo Luật Tố cáo.",
            Self::LandDispute => "Nội dung là tranh chấp đất đai giữa các bên.",
            Self::OutOfScope => {
                "Nội dung không thuộc quy định hành chính, thủ tục hành chính của Sở."
            }
            Self::Judged => "Vụ việc đã có bản án, quyết định có hiệu lực của Tòa án.",
            Self::AlreadyAnswered => {
                "Sở đã trả lời bằng văn bản và phản ánh không nêu tình tiết mới."
            }
            Self::PendingElsewhere => "Cơ quan khác có thẩm quyền đang thụ lý vụ việc.",
            Self::Duplicate => "Phản ánh trùng với một phản ánh đã tiếp nhận.",
            Self::Abusive => "Nội dung có phần pháp luật không cho phép xử lý qua kênh này.",
            Self::StateSecret => {
                "Nội dung có thể chứa bí mật nhà nước nên không được xử lý qua kênh này."
            }
        }
    }

    /// What the submitter can do now.
    pub const fn next_step(self) -> &'static str {
        match self {
            Self::MissingDetails
            | Self::Unclear
            | Self::NotVietnamese
            | Self::WrongTelephone
            | Self::Abusive => AGAIN,
            Self::Complaint | Self::Denunciation | Self::OutOfScope => GUIDE,
            Self::LandDispute => {
                "Ông/Bà có thể đề nghị Ủy ban nhân dân cấp xã nơi có đất hòa giải."
            }
            Self::Judged => "Ông/Bà có thể liên hệ Tòa án đã giải quyết vụ việc.",
            Self::AlreadyAnswered => {
                "Khi có tình tiết mới, Ông/Bà có thể gửi phản ánh mới và nêu rõ tình tiết đó."
            }
            Self::PendingElsewhere => "Ông/Bà có thể hỏi kết quả tại cơ quan đang thụ lý.",
            Self::Duplicate => {
                "Ông/Bà có thể theo dõi phản ánh đã gửi trước bằng mã tra cứu của phản ánh đó."
            }
            Self::StateSecret => "Ông/Bà có thể đến trình bày trực tiếp tại Sở.",
        }
    }
}
