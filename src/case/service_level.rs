//! The periods that the department promises to keep, each in working days of the directory.

use super::codes::codes;
use serde::{Deserialize, Serialize};

codes! {
    /// One period. How many working days it has, on what basis and since when is data: the table
    /// `service_level`, seeded from `directory/data/service_levels.csv`. See
    /// `docs/law.md#deadlines`.
    ServiceLevel {
        Triage = "phan_loai", "Phân loại";
        ForwardElsewhere = "chuyen_ngoai_tham_quyen", "Chuyển cơ quan có thẩm quyền";
        Supplement = "bo_sung", "Chờ người phản ánh bổ sung";
        AnswerConduct = "xu_ly_hanh_vi", "Trả lời phản ánh về hành vi và hồ sơ trễ hẹn";
        AnswerRegulation = "xu_ly_quy_dinh", "Trả lời phản ánh, kiến nghị về quy định";
        AnswerReopened = "phan_hoi_khong_hai_long", "Trả lời lại khi người phản ánh không hài lòng";
    }
}
