//! What is not feedback by law (Decree 20/2008 art. 1): words that suggest a complaint, a
//! denunciation, a land dispute or pollution. A hint beside the form, never a wall. Works on folded
//! text, so that words without accents are understood.

use super::{codes::codes, fold};
use serde::{Deserialize, Serialize};

codes! {
    /// The procedure that the law has for a matter that is not feedback.
    OtherProcedure {
        /// Asks to review a decision that hurts one's own rights (Law on Complaints 2011 art. 2).
        Complaint = "khieu_nai", "Khiếu nại";
        /// Reports an unlawful act of a person (Law on Denunciations 2018 art. 2).
        Denunciation = "to_cao", "Tố cáo";
        /// Between parties, over land; mediated at the commune (Land Law).
        LandDispute = "tranh_chap", "Tranh chấp đất đai";
        /// Pollution of the environment, for the environment's hotline.
        Pollution = "o_nhiem", "Tin báo ô nhiễm";
    }
}

impl OtherProcedure {
    /// Those that staff may redirect a case to.
    pub const REDIRECTS: [Self; 3] = [Self::Complaint, Self::Denunciation, Self::LandDispute];

    /// Title, what to do and by when, and the anchor of the guide that explains it.
    pub const fn advice(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Complaint => (
                "Có thể đây là khiếu nại",
                "Khiếu nại một quyết định hoặc hành vi hành chính cần đơn có chữ ký, gửi người \
                 đã ra quyết định trong 90 ngày kể từ ngày Ông/Bà nhận hoặc biết được. Gửi phản \
                 ánh không làm dừng thời hạn này.",
                "khieu-nai",
            ),
            Self::Denunciation => (
                "Có thể đây là tố cáo",
                "Tố cáo cần đơn có chữ ký hoặc trình bày trực tiếp; danh tính của Ông/Bà được \
                 giữ bí mật theo Luật Tố cáo. Nếu gửi tại đây, Sở hạn chế số người được xem và \
                 không chuyển cho đơn vị bị phản ánh.",
                "to-cao",
            ),
            Self::LandDispute => (
                "Có thể đây là tranh chấp đất đai",
                "Tranh chấp giữa các bên được hòa giải tại Ủy ban nhân dân xã, phường nơi có \
                 đất, trong thời hạn 30 ngày. Sở không phân xử qua phản ánh.",
                "tranh-chap",
            ),
            Self::Pollution => (
                "Có thể đây là tin báo ô nhiễm",
                "Việc đang xảy ra cần báo ngay đường dây nóng môi trường để có người đến kiểm tra.",
                "o-nhiem",
            ),
        }
    }
}

/// Words that weigh towards a procedure; the first whose words are found is the one.
const SIGNS: &[(OtherProcedure, &[&str])] = &[
    (
        OtherProcedure::Denunciation,
        &[
            "doi tien",
            "doi nha toi",
            "dua tien",
            "dua hoi lo",
            "nhan hoi lo",
            "hoi lo",
            "lot tay",
            "tien boi duong",
            "lam luat",
            "toi to cao",
            "don to cao",
            "tham o",
            "tham nhung",
            "phong bi",
        ],
    ),
    (
        OtherProcedure::Complaint,
        &[
            "toi khieu nai",
            "don khieu nai",
            "khieu nai quyet dinh",
            "khong dong y quyet dinh",
            "khong dong y voi quyet dinh",
            "huy quyet dinh",
            "thu hoi quyet dinh",
            "boi thuong thu hoi dat",
            "gia boi thuong",
            "xem xet lai quyet dinh",
        ],
    ),
    (
        OtherProcedure::LandDispute,
        &[
            "lan dat",
            "lan chiem",
            "lan qua dat",
            "lan sang dat",
            "tranh chap dat",
            "tranh chap ranh",
            "ho giap ranh",
            "ranh dat voi",
            "chiem dat cua toi",
            "tra dat cho toi",
        ],
    ),
    (
        OtherProcedure::Pollution,
        &[
            "o nhiem",
            "xa thai",
            "nuoc thai",
            "mui hoi",
            "khoi bui",
            "do rac",
            "xa trom",
        ],
    ),
];

/// The better procedure the words suggest, if any.
pub fn recognise(text: &str) -> Option<OtherProcedure> {
    let folded = format!(" {} ", fold(text));
    let says = |sign: &&str| folded.contains(&format!(" {sign} "));
    SIGNS
        .iter()
        .find(|(_, signs)| signs.iter().any(&says))
        .map(|(procedure, _)| *procedure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_words_lead_to_the_right_door() {
        let bribe = "Có cán bộ đo đạc đòi nhà tôi 15 triệu đồng nói là tiền bồi dưỡng để ra bản \
            vẽ sớm, không đưa thì ngâm hồ sơ.";
        let dispute = "Hộ giáp ranh cất nhà lấn qua đất tôi gần một mét chiều ngang";
        assert_eq!(recognise(bribe), Some(OtherProcedure::Denunciation));
        assert_eq!(recognise(dispute), Some(OtherProcedure::LandDispute));
        assert_eq!(
            recognise("toi khong dong y quyet dinh so 12 thu hoi dat"),
            Some(OtherProcedure::Complaint)
        );
        assert_eq!(
            recognise("Nhà máy xả thải ra kênh, mùi hôi nồng nặc"),
            Some(OtherProcedure::Pollution)
        );
    }

    #[test]
    fn ordinary_feedback_is_left_alone() {
        let plain = "Tôi nộp hồ sơ đăng ký biến động tặng cho quyền sử dụng đất ngày 04/4/2022, \
            đến hẹn cán bộ nói hồ sơ chưa xong, tạo cao ốc, tổ cao su.";
        assert_eq!(recognise(plain), None);
        assert_eq!(recognise("cb o day lam viec chan lam, ai cung biet"), None);
    }
}
