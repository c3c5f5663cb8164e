//! Why feedback may not be accepted (`docs/law.md#refusal`).

/// Code and label of every reason, in the order of the form.
pub const REFUSALS: [(&str, &str); 14] = [
    (
        "KHONG_DU_THONG_TIN",
        "Không ghi rõ tên, địa chỉ, số điện thoại hoặc địa chỉ liên hệ",
    ),
    (
        "KHONG_RO_NOI_DUNG",
        "Nội dung không rõ ràng, không xác định được vụ việc",
    ),
    ("KHONG_TIENG_VIET", "Không sử dụng tiếng Việt"),
    (
        "SAI_KENH_DIEN_THOAI",
        "Gọi không đúng số điện thoại chuyên dùng đã công bố",
    ),
    ("LA_KHIEU_NAI", "Nội dung là khiếu nại"),
    ("LA_TO_CAO", "Nội dung là tố cáo"),
    ("TRANH_CHAP_DAT_DAI", "Tranh chấp đất đai giữa các bên"),
    (
        "NGOAI_PHAM_VI",
        "Không liên quan quy định hành chính, thủ tục hành chính",
    ),
    (
        "DA_CO_BAN_AN",
        "Vụ việc đã có bản án, quyết định có hiệu lực của Toà án",
    ),
    (
        "DA_TRA_LOI_KHONG_TINH_TIET_MOI",
        "Đã được trả lời bằng văn bản đúng quy định, không có nội dung, tình tiết mới",
    ),
    (
        "CO_QUAN_KHAC_DANG_THU_LY",
        "Cơ quan khác có thẩm quyền đang thụ lý",
    ),
    ("TRUNG_LAP", "Trùng với phản ánh đã tiếp nhận"),
    (
        "NOI_DUNG_VI_PHAM",
        "Nội dung xúc phạm, đe doạ, vu khống, quảng cáo, trái pháp luật",
    ),
    ("BI_MAT_NHA_NUOC", "Chứa bí mật nhà nước"),
];

/// The label of a reason's code.
pub fn refusal_label(code: &str) -> Option<&'static str> {
    REFUSALS
        .iter()
        .find(|reason| reason.0 == code)
        .map(|reason| reason.1)
}
