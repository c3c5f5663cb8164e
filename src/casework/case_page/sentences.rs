//! Events as sentences of the timeline.

/// What happened, with the name (unit, finding, reason, body) that belongs to it, or "".
pub fn sentence(kind: &str, name: &str) -> String {
    let plain = match kind {
        "gui" => "Phản ánh được gửi trực tuyến",
        "nhap" => "Phản ánh được nhập vào hệ thống",
        "tiep_nhan" => "Tiếp nhận phản ánh",
        "yeu_cau_bo_sung" => "Yêu cầu người phản ánh bổ sung thông tin; tạm dừng thời hạn",
        "bo_sung" => "Người phản ánh đã bổ sung thông tin",
        "phan_loai" => "Phân loại",
        "viet_trich_yeu" => "Viết bản trích cho đơn vị",
        "giao_xu_ly" => "Giao xử lý",
        "tra_lai" => "Đơn vị trả lại, không đúng thẩm quyền",
        "xac_minh" => "Bắt đầu xác minh",
        "ket_luan" => "Kết luận",
        "trinh_phe_duyet" => "Trình phê duyệt trả lời",
        "tra_du_thao" => "Trả lại dự thảo",
        "tra_loi" => "Phê duyệt và trả lời người phản ánh",
        "ket_thuc" => "Kết thúc, lưu hồ sơ",
        "mo_lai" => "Người phản ánh chưa thoả đáng, hồ sơ được mở lại",
        "de_xuat_tu_choi" => "Đề xuất không tiếp nhận",
        "duyet_tu_choi" => "Duyệt không tiếp nhận",
        "de_xuat_chuyen" => "Đề xuất chuyển cơ quan khác",
        "duyet_chuyen" => "Duyệt chuyển cơ quan khác",
        "khong_duyet" => "Không duyệt đề xuất",
        "huong_dan_kntc" => "Hướng dẫn người phản ánh",
        "rut" => "Người phản ánh rút phản ánh",
        "ghi_chu" => "Ghi chú nội bộ",
        "nhan_tin" => "Nhắn người phản ánh",
        "mo_danh_tinh_yeu_cau" => "Đề nghị mở danh tính người phản ánh",
        "mo_danh_tinh_duyet" => "Duyệt mở danh tính",
        "mo_danh_tinh_tu_choi" => "Không duyệt mở danh tính",
        "mo_danh_tinh" => "Danh tính được mở xem",
        "danh_gia" => "Người phản ánh đánh giá",
        other => other,
    };
    if name.is_empty() {
        format!("{plain}.")
    } else {
        format!("{plain}: {name}.")
    }
}

/// The satisfaction a submitter gave, 1 to 4.
pub const fn satisfaction(mark: i64) -> &'static str {
    match mark {
        1 => "rất không hài lòng",
        2 => "không hài lòng",
        3 => "hài lòng",
        4 => "rất hài lòng",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Action;

    #[test]
    fn every_action_has_a_sentence() {
        for action in Action::ALL {
            assert_ne!(sentence(action.code(), ""), format!("{}.", action.code()));
        }
    }
}
