//! The reasons that a story's own words speak for: a proposal for whoever classifies it, which a
//! person confirms or not.
//!
//! A reason has phrases; words are compared without accents and case, as they are typed on old
//! telephones too, so a phrase is two words or more unless one alone is plain. A phrase after "không"
//! or "chưa" in the same clause speaks for nothing, unless the negation is its own.

use super::{Kind, fold};

/// Words looked back over for a denial.
const DENIED_WITHIN: usize = 3;
/// What denies the words after it.
const DENIALS: &[&str] = &["khong", "ko", "chua", "chang", "hong"];

/// Each reason with its phrases, folded, between bars.
const PHRASES: &[(&str, &str)] = &[
    (
        "HV_CHAM_TRE",
        "cham tre|keo dai|ngam ho so|cho hoai|giai quyet cham|giai quyet lau|qua lau|\
         chua thay tra loi|chua tra loi|khong tra loi",
    ),
    (
        "HV_PHIEN_HA",
        "phien ha|gay kho|lam kho|kho de|di lai nhieu lan|di lai bon lan|di lai ba lan|\
         di toi di lui|di len di xuong|hanh dan",
    ),
    (
        "HV_LONG_VONG",
        "long vong|chi qua chi lai|moi noi noi mot kieu|moi nguoi noi mot kieu|noi mot duong|\
         huong dan khong ro|huong dan sai|khong huong dan",
    ),
    (
        "HV_HACH_DICH",
        "hach dich|cua quyen|quat toi|quat nguoi|quat mang|quat nat|quat thao|la mang|\
         to tieng|xung ho may tao|doa nat",
    ),
    (
        "HV_KHONG_VUI_VE",
        "khong vui ve|mat nang may nhe|cau gat|coc can|bat lich su|thieu lich su|\
         thai do kho chiu|thai do khong tot",
    ),
    (
        "HV_KHONG_NHIET_TINH",
        "khong nhiet tinh|thieu nhiet tinh|tho o|thieu trach nhiem|vo trach nhiem|\
         bam dien thoai|khong quan tam",
    ),
    (
        "HV_NHUNG_NHIEU",
        "nhung nhieu|voi tien|doi tien|goi y tien|boi duong cho can bo|dua phong bi|\
         phong bi cho|hoi lo|chung chi cho|tien ca phe|lot tay|an tien",
    ),
    (
        "HV_GIO_GIAC",
        "khong dung gio|di tre|den muon|nghi som|vang mat|quay khong co nguoi|\
         khong co ai ngoi|khong ai o quay|dong cua som",
    ),
    (
        "HV_GIAY_TO_THUA",
        "giay to ngoai|ngoai danh muc|ngoai quy dinh|giay khong co trong|\
         giay to khong co trong|them giay|doi them giay|giay to khong can",
    ),
    (
        "HV_BO_SUNG_NHIEU_LAN",
        "bo sung nhieu lan|bo sung hoai|bo sung lan thu|bo sung them lan|moi lan bo sung|\
         bo sung hai lan|bo sung ba lan",
    ),
    (
        "HV_TU_CHOI_KHONG_LY_DO",
        "khong nhan ho so|tu choi nhan|tu choi tiep nhan|tra lai ho so khong|khong chiu nhan|\
         khong noi ly do|khong neu ly do",
    ),
    (
        "HV_NGOAI_MOT_CUA",
        "khong qua mot cua|ngoai bo phan mot cua|hen ra ngoai|hen gap rieng|goi dien rieng|\
         nhan rieng",
    ),
    (
        "HV_DUN_DAY",
        "dun day|day qua day lai|do cho nhau|do loi cho|khong phai viec cua toi|\
         khong thuoc trach nhiem",
    ),
    (
        "HV_SAI_QUY_DINH",
        "sai quy dinh|trai quy dinh|khong dung quy dinh|sai trinh tu|sai ket qua|ghi sai|\
         in sai|do dac sai|sai dien tich|sai ten",
    ),
    (
        "HV_PHI_SAI",
        "thu phi cao|thu sai phi|thu them phi|thu qua muc|le phi cao|khong dua bien lai|\
         khong co bien lai|phi khong dung|thu tien khong",
    ),
    (
        "HV_LO_THONG_TIN",
        "lo thong tin|tiet lo|lo so dien thoai|cho nguoi khac biet|dua thong tin cua toi",
    ),
    ("HV_CO_MOI", "moi gioi|dich vu lam nhanh|nguoi moi chao"),
    (
        "HV_MAT_HO_SO",
        "mat ho so|that lac|lam mat|ho so bi mat|lam hu ho so|lam rach",
    ),
    (
        "QD_KHONG_PHU_HOP",
        "khong phu hop|xa thuc te|khong sat thuc te|bat hop ly|khong hop ly",
    ),
    (
        "QD_KHONG_DONG_BO",
        "khong dong bo|chua co huong dan|thieu huong dan|thieu van ban huong dan|\
         chua sua theo",
    ),
    (
        "QD_KHONG_THONG_NHAT",
        "khong thong nhat|mau thuan|moi noi mot kieu|moi noi ap dung|choi nhau",
    ),
    (
        "QD_KHONG_HOP_PHAP",
        "khong hop phap|trai luat|trai phap luat|sai tham quyen",
    ),
    (
        "QD_TRAI_CAP_TREN",
        "trai thong tu|trai nghi dinh|khac nghi dinh|khac thong tu|trai quy dinh cua bo",
    ),
    (
        "QD_KHONG_CAN_THIET",
        "khong can thiet|thu tuc thua|nen bo thu tuc|bo bot thu tuc|bo bot giay|trung lap",
    ),
    (
        "QD_PHUC_TAP",
        "ruom ra|phuc tap|kho hieu|nhieu buoc|nhieu giay to|khong hieu",
    ),
    (
        "TH_QUA_HAN",
        "qua hen|qua ngay hen|tre hen|qua han|tre han|chua co ket qua|chua nhan duoc ket qua|\
         chua tra ket qua",
    ),
    (
        "TH_KHONG_XIN_LOI",
        "khong xin loi|khong co phieu xin loi|khong thu xin loi|khong co thu xin loi|\
         khong co phieu hen lai|khong gui phieu xin loi",
    ),
    (
        "TH_HEN_LAI_NHIEU_LAN",
        "hen lai nhieu lan|hen lai hai lan|hen lai ba lan|hen lai bon lan|hen lan thu|\
         lai hen|hen hoai|hen di hen lai",
    ),
    (
        "TH_KHONG_CAP_BIEN_NHAN",
        "khong cap bien nhan|khong dua bien nhan|khong co bien nhan|khong cap giay hen|\
         khong co giay hen|khong dua giay hen|khong cap phieu hen",
    ),
];

/// Codes of the reasons of this kind that the words speak for, in the order of the list.
pub fn likely_reasons(kind: Kind, text: &str) -> Vec<&'static str> {
    let clauses: Vec<Vec<String>> = text
        .split(['.', ',', ';', ':', '!', '?', '\n'])
        .map(words)
        .collect();
    let speaks = |phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        clauses.iter().any(|clause| is_said(clause, &phrase))
    };
    let of_kind = kind.reasons().map(|reason| reason.code);
    of_kind
        .filter(|code| {
            let phrases = PHRASES.iter().find(|(reason, _)| reason == code);
            phrases.is_some_and(|(_, phrases)| phrases.split('|').any(&speaks))
        })
        .collect()
}

fn words(clause: &str) -> Vec<String> {
    fold(clause).split(' ').map(str::to_owned).collect()
}

/// Whether the clause says the phrase and does not deny it.
fn is_said(clause: &[String], phrase: &[&str]) -> bool {
    let own_denial = phrase.iter().any(|word| DENIALS.contains(word));
    let places = clause.windows(phrase.len()).enumerate();
    let mut found = places.filter(|(_, words)| words.iter().zip(phrase).all(|(a, b)| a == b));
    found.any(|(at, _)| {
        let before = &clause[at.saturating_sub(DENIED_WITHIN)..at];
        own_denial || !before.iter().any(|word| DENIALS.contains(&word.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{REASONS, Reason};

    #[test]
    fn a_story_speaks_for_its_reasons() {
        for (kind, told, reasons) in [
            (
                Kind::Conduct,
                "Người ở quầy 3 quát tôi, rồi bảo thêm giấy không có trong danh mục.",
                &["HV_HACH_DICH", "HV_GIAY_TO_THUA"][..],
            ),
            (
                Kind::Conduct,
                "Toi nop ba thang roi, can bo chi long vong, khong tra loi.",
                &["HV_CHAM_TRE", "HV_LONG_VONG"],
            ),
            (
                Kind::Conduct,
                "Anh ấy vòi tiền rồi mới nhận hồ sơ.",
                &["HV_NHUNG_NHIEU"],
            ),
            (
                Kind::LateDossier,
                "Quá hẹn hai tuần mà không có phiếu xin lỗi, họ hẹn lại ba lần.",
                &["TH_QUA_HAN", "TH_KHONG_XIN_LOI", "TH_HEN_LAI_NHIEU_LAN"],
            ),
            (
                Kind::Regulation,
                "Hai văn bản mâu thuẫn nhau, thủ tục rườm rà.",
                &["QD_KHONG_THONG_NHAT", "QD_PHUC_TAP"],
            ),
        ] {
            assert_eq!(likely_reasons(kind, told), reasons, "{told}");
        }
    }

    #[test]
    fn what_is_denied_or_of_another_kind_speaks_for_nothing() {
        for (kind, told) in [
            (
                Kind::Conduct,
                "Cán bộ không hề quát tháo, chỉ là phòng chật.",
            ),
            (Kind::Conduct, "Họ chưa bao giờ vòi tiền tôi"),
            (Kind::Regulation, "Quá hẹn hai tuần rồi."),
            (Kind::Conduct, "Xin cảm ơn Sở."),
            (Kind::LateDossier, ""),
        ] {
            assert!(likely_reasons(kind, told).is_empty(), "{told}");
        }
    }

    #[test]
    fn every_phrase_is_folded_and_of_a_known_reason() {
        for (code, phrases) in PHRASES {
            assert!(Reason::from_code(code).is_some(), "{code}");
            for phrase in phrases.split('|') {
                assert_eq!(fold(phrase), phrase);
            }
        }
        let without = REASONS
            .iter()
            .filter(|reason| PHRASES.iter().all(|(code, _)| *code != reason.code));
        let without: Vec<_> = without.map(|reason| reason.code).collect();
        assert_eq!(without, ["HV_KHAC", "QD_TRAI_DUQT", "QD_KHAC"]);
    }
}
