//! What feedback is about: the two families of Decree 20/2008/NĐ-CP art. 5 (conduct, regulation),
//! the late dossier as a third card, and the reasons under each. Codes are what is stored; labels
//! are what is read.

use super::{ServiceLevel, codes::codes};
use serde::{Deserialize, Serialize};

codes! {
    /// The three cards of the form. By law a late dossier is conduct; it has a card of its own
    /// because people think of it so.
    Kind {
        Conduct = "hanh_vi", "Thái độ, cách làm việc của công chức, viên chức, đơn vị";
        Regulation = "quy_dinh", "Cơ chế, chính sách, thủ tục hành chính";
        LateDossier = "tre_hen", "Hồ sơ trễ hẹn";
    }
}

impl Kind {
    /// The short word of tables and filters.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Conduct => "Hành vi",
            Self::Regulation => "Quy định",
            Self::LateDossier => "Trễ hẹn",
        }
    }

    /// The period within which feedback of this kind is answered.
    pub const fn service_level(self) -> ServiceLevel {
        match self {
            Self::Regulation => ServiceLevel::AnswerRegulation,
            Self::Conduct | Self::LateDossier => ServiceLevel::AnswerConduct,
        }
    }

    /// The reasons that may be ticked under this card.
    pub fn reasons(self) -> impl Iterator<Item = &'static Reason> {
        REASONS.iter().filter(move |reason| reason.kind == self)
    }
}

codes! {
    /// What a proposal aims at (Decree 20/2008 art. 5.7 and 5.8).
    ProposalAim {
        Mend = "DX_PHUONG_AN", "Phương án sửa quy định đang có";
        New = "DX_SANG_KIEN", "Sáng kiến ban hành quy định mới";
    }
}

codes! {
    /// How feedback reached the department (Decree 20/2008 art. 6, Decision 31/2021 art. 43).
    Channel {
        Online = "online", "Trực tuyến";
        Phone = "dien_thoai", "Đường dây nóng";
        Counter = "van_ban_truc_tiep", "Trực tiếp tại quầy";
        Post = "buu_chinh", "Bưu chính";
        Email = "email", "Email (thư điện tử)";
        OpinionForm = "phieu_lay_y_kien", "Phiếu lấy ý kiến";
        Reception = "tiep_cong_dan", "Tiếp công dân";
        NationalPortal = "dvc_quoc_gia", "Cổng Dịch vụ công quốc gia";
        CityPortal = "dvc_thanh_pho", "Cổng dịch vụ công thành phố";
        Forwarded = "chuyen_den", "Cơ quan khác chuyển đến";
    }
}

codes! {
    /// Who inside the department may know of a case at all.
    Confidentiality {
        Ordinary = "thuong", "Thường";
        IdentityHidden = "giu_bi_mat", "Giữ bí mật danh tính";
        Denunciation = "to_cao", "Có dấu hiệu tố cáo – hạn chế người xem";
    }
}

/// One reason that may be ticked, with the line of help beside it ("" if the label needs none).
#[derive(Debug, PartialEq, Eq)]
pub struct Reason {
    /// Under which card.
    pub kind: Kind,
    /// What is stored: `HV_*`, `QD_*` or `TH_*`.
    pub code: &'static str,
    /// What a person reads.
    pub label: &'static str,
    /// A plain gloss.
    pub help: &'static str,
}

impl Reason {
    /// The reason of a stored code.
    pub fn from_code(code: &str) -> Option<&'static Self> {
        REASONS.iter().find(|reason| reason.code == code)
    }
}

const fn conduct(code: &'static str, label: &'static str, help: &'static str) -> Reason {
    Reason {
        kind: Kind::Conduct,
        code,
        label,
        help,
    }
}
const fn regulation(code: &'static str, label: &'static str, help: &'static str) -> Reason {
    Reason {
        kind: Kind::Regulation,
        code,
        label,
        help,
    }
}
const fn late(code: &'static str, label: &'static str) -> Reason {
    Reason {
        kind: Kind::LateDossier,
        code,
        label,
        help: "",
    }
}

/// The reason that speaks of bribery or of harassment for money. Alone it closes the circle of those
/// who see a case.
pub const BRIBERY: &str = "HV_NHUNG_NHIEU";

/// Every reason: conduct (Decree 20/2008 art. 5.1, Decree 63/2010 art. 6), regulation (art.
/// 5.2–5.6), late dossier (Decree 61/2018 art. 19).
pub const REASONS: &[Reason] = &[
    conduct(
        "HV_CHAM_TRE",
        "Chậm trễ giải quyết",
        "Giải quyết quá lâu, không trả lời",
    ),
    conduct(
        "HV_PHIEN_HA",
        "Gây phiền hà, khó khăn",
        "Bắt đi lại nhiều lần, gây cản trở",
    ),
    conduct(
        "HV_LONG_VONG",
        "Hướng dẫn lòng vòng, không rõ ràng",
        "Chỉ qua nhiều nơi, mỗi nơi nói một kiểu",
    ),
    conduct("HV_HACH_DICH", "Thái độ hách dịch, cửa quyền", ""),
    conduct("HV_KHONG_VUI_VE", "Phục vụ không vui vẻ, thiếu lịch sự", ""),
    conduct(
        "HV_KHONG_NHIET_TINH",
        "Không nhiệt tình, thiếu trách nhiệm",
        "",
    ),
    conduct(
        "HV_NHUNG_NHIEU",
        "Nhũng nhiễu, gợi ý hoặc đòi tiền, quà",
        "Nếu có hành vi đòi hối lộ cụ thể, Ông/Bà có quyền tố cáo; xem trang Hướng dẫn",
    ),
    conduct("HV_GIO_GIAC", "Không đúng giờ làm việc, vắng mặt", ""),
    conduct("HV_GIAY_TO_THUA", "Yêu cầu giấy tờ ngoài quy định", ""),
    conduct(
        "HV_BO_SUNG_NHIEU_LAN",
        "Yêu cầu bổ sung hồ sơ nhiều lần",
        "",
    ),
    conduct(
        "HV_TU_CHOI_KHONG_LY_DO",
        "Từ chối nhận hồ sơ không nêu lý do bằng văn bản",
        "",
    ),
    conduct(
        "HV_NGOAI_MOT_CUA",
        "Giao dịch, yêu cầu bổ sung không qua Bộ phận Một cửa",
        "",
    ),
    conduct("HV_DUN_DAY", "Đùn đẩy trách nhiệm", ""),
    conduct(
        "HV_SAI_QUY_DINH",
        "Không thực hiện hoặc thực hiện không đúng quy định",
        "Sai trình tự, sai kết quả",
    ),
    conduct("HV_PHI_SAI", "Thu phí, lệ phí không đúng quy định", ""),
    conduct("HV_LO_THONG_TIN", "Tiết lộ thông tin hồ sơ", ""),
    conduct("HV_CO_MOI", "“Cò” giấy tờ, môi giới tại nơi tiếp nhận", ""),
    conduct("HV_MAT_HO_SO", "Làm mất, thất lạc, hư hỏng hồ sơ", ""),
    conduct("HV_KHAC", "Khác", ""),
    regulation("QD_KHONG_PHU_HOP", "Không phù hợp với thực tế", ""),
    regulation(
        "QD_KHONG_DONG_BO",
        "Không đồng bộ",
        "Thiếu văn bản hướng dẫn, hoặc văn bản liên quan chưa sửa theo",
    ),
    regulation(
        "QD_KHONG_THONG_NHAT",
        "Không thống nhất",
        "Hai quy định mâu thuẫn nhau, mỗi nơi áp dụng khác",
    ),
    regulation(
        "QD_KHONG_HOP_PHAP",
        "Không hợp pháp",
        "Sai thẩm quyền, sai trình tự, trái luật",
    ),
    regulation("QD_TRAI_CAP_TREN", "Trái quy định của cơ quan cấp trên", ""),
    regulation(
        "QD_TRAI_DUQT",
        "Trái điều ước quốc tế Việt Nam là thành viên",
        "",
    ),
    regulation("QD_KHONG_CAN_THIET", "Thủ tục không cần thiết", ""),
    regulation("QD_PHUC_TAP", "Rườm rà, khó hiểu", ""),
    regulation("QD_KHAC", "Vấn đề khác", ""),
    late("TH_QUA_HAN", "Quá ngày hẹn chưa trả kết quả"),
    late(
        "TH_KHONG_XIN_LOI",
        "Trễ hẹn nhưng không có phiếu xin lỗi, hẹn lại",
    ),
    late("TH_HEN_LAI_NHIEU_LAN", "Hẹn lại quá 01 lần"),
    late(
        "TH_KHONG_CAP_BIEN_NHAN",
        "Không cấp giấy tiếp nhận và hẹn trả",
    ),
];
