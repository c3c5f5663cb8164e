//! The words that speak for another procedure, and those that only look like them: `signs.txt`.
//!
//! One sign a line there: steps one after the other, each a choice of words (`đòi|xin`; `_` joins words
//! that follow each other; a name of [`CLASSES`] stands for its words; `#` is an amount of money),
//! or `~n` for at most n other words, or `^` for the beginning of a sentence. A word after `'` is
//! meant with its accents only: without them too many other words look the same. A line that begins
//! with `!` holds where others would be denied: it contains the negation itself.

/// Words that many signs share.
pub(super) const CLASSES: &[(&str, &str)] = &[
    (
        "@không",
        "không|ko|khong|hông|hổng|hỏng|kg|k|kh|chẳng|chả|chưa",
    ),
    (
        "@tôi",
        "tôi|tui|em|e|'con|cháu|chúng_tôi|gia_đình|mình|công_ty|hộ_dân|bà_con|hộ",
    ),
    (
        "@tiền",
        "#|tiền|phong_bì|bao_thư|quà|bồi_dưỡng|hối_lộ|cà_phê|cafe|trà_nước|lì_xì|chút_đỉnh|lót_tay|\
         chút_quà|ăn_nhậu|phí_riêng|phí_ngoài|bao_thơ|phong_bao|\
         tí_lộc|chút_lộc|xiền",
    ),
    (
        "@đưa",
        "đưa|chi|dúi|nhét|kẹp|chung|biếu|lót|đút|cúng|'bỏ|nộp_thêm|đóng_thêm|đóng_riêng",
    ),
    (
        "@ai",
        "cán_bộ|cb|nhân_viên|nv|địa_chính|công_chức|viên_chức|thanh_tra|kiểm_tra_viên|kế_toán|\
         thẩm_định|thụ_lý|tổ_đo|tổ_đo_đạc|đo_đạc_viên|trưởng_phòng|giám_đốc|phó_phòng|lãnh_đạo|\
         trưởng_ấp|sếp|người_trong|bên_trong|bảo_vệ|anh_ta|ông_ta|bà_ta|anh_ấy|ông_ấy|cô_ấy|\
         chị_ấy|mấy_anh|mấy_ổng|mấy_chị|ổng|bả|ảnh|'họ|'nó|'cô|'chị|'ông|'bà|'anh|thằng",
    ),
    (
        "@phí",
        "tiền_sử_dụng|tiền_thuê|tiền_thuế|tiền_lệ_phí|tiền_phạt|tiền_cọc|tiền_đặt_cọc|\
         tiền_bồi_thường|tiền_đền_bù|tiền_hỗ_trợ|tiền_điện|tiền_xe|tiền_trọ|tiền_cơm|tiền_mặt|\
         tiền_lương|tiền_thối|tiền_lẻ|tiền_đo_đạc|tiền_tạm_ứng|tiền_nợ|tiền_chậm_nộp|\
         tiền_vay|tiền_bán|tiền_mua|lệ_phí|án_phí|thuế|phí_thẩm_định|phí_bảo_vệ",
    ),
    (
        "@quyết_định",
        "quyết_định|qđ|qd|phương_án|giá_bồi_thường|giá_đền_bù|mức_bồi_thường|mức_đền_bù|\
         áp_giá|kết_luận|cưỡng_chế|xử_phạt|thu_hồi|văn_bản_trả_lời|văn_bản_này|\
         văn_bản_đó|kết_quả_giải_quyết|thông_báo_thu_hồi|đền_bù|bồi_thường|suất_tái_định_cư",
    ),
    (
        "@bên",
        "hàng_xóm|hộ|nhà_bên|kế_bên|bên_cạnh|giáp_ranh|liền_kề|chủ|ông|bà|anh|chị|chú|cô|họ|nó|\
         người_ta|bên_kia|nhà",
    ),
    (
        "@đất",
        "đất|ranh|ranh_giới|thửa|mương|lối_đi|hẻm|ruộng|nền|vườn|phần|bờ",
    ),
    (
        "@kênh",
        "kênh|kinh|rạch|sông|mương|cống|ao|ruộng|vườn|suối|hồ|đường|hẻm|môi_trường|biển",
    ),
    (
        "@bẩn",
        "đen|đen_ngòm|đen_thui|đen_kịt|đen_xì|đục|đục_ngầu|vàng|hôi|hôi_thối|thối|dơ|bẩn|bọt|\
         nổi_bọt|váng|tanh|màu",
    ),
];

/// Words that make an amount, before its unit.
pub(super) const NUMERALS: &str = "một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|mươi|lăm|chục|trăm|\
    vài|mấy|nửa|rưỡi|mốt|tư";

/// Units of money, in everyday words too.
pub(super) const UNITS: &str = "triệu|trịu|tr|củ|chai|k|ngàn|nghìn|đồng|đ|vnd|vnđ|xị|lít|tỷ|đô|usd";

/// Numerals that are money by themselves at the end of a clause: "mỗi người hai trăm".
pub(super) const LEFT_OUT: &str = "trăm|chục";

/// What denies the words after it.
pub(super) const DENIALS: &str = "không|ko|khong|hông|hổng|kg|chẳng|chả|chưa|đâu_có|không_hề|\
    đừng|khỏi";

/// What makes the words after it a subject spoken about.
pub(super) const TOPICS: &str = "cấm|nghiêm_cấm|phòng_chống|chống|luật|nghị_định|thông_tư|\
    mẫu|thủ_tục|tuyên_truyền|tập_huấn|quy_định_về|quy_định|kiến_nghị_sửa|giảm|\
    phòng_ngừa|cam_kết|mức_phạt|giấy_phép|cấp_phép|xin_phép|thời_hiệu|nghe_đài|báo_đài|góp_ý|\
    quy_chuẩn|báo_cáo|không_thấy|không_ai|không_hề|không_có_ai|chưa_hề|\
    chưa_bao_giờ|không_bị|không_có_chuyện|cảm_ơn|đã_xử_lý|tình_trạng|hồ_sơ_môi_trường|\
    đăng_ký_môi_trường|đề_xuất|khảo_sát";

/// Where a sentence turns: what was denied before is not denied after.
pub(super) const TURNS: &str = "mà|'nên|thì|'còn|nhưng|'do|'vì|'rồi|mà_còn";

/// The signs, in tables that begin with `==`: innocent words, money that is owed, and those of each
/// procedure.
pub(super) const SIGNS: &str = include_str!("signs.txt");
pub(super) const INNOCENT_TABLE: usize = 0;
pub(super) const FEES_TABLE: usize = 1;
/// The first procedure's; the others follow in the order of [`super::OtherProcedure::SIGNED`].
pub(super) const DENUNCIATION_TABLE: usize = 2;
pub(super) const TABLES: usize = 6;
