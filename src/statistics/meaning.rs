//! What each published table says, in plain words: its question, what it counts, how, and on which
//! basis.

use super::catalogue::{LEAST, LEAST_OF_OUTCOME, Table};

/// The words of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// Its heading on the page.
    pub title: &'static str,
    /// What it counts, in a sentence.
    pub counts: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// The law that demands or defines it; "" where none does.
    pub basis: &'static str,
}

/// The tables in the order in which the page asks of them.
pub const ARTICLE: [Table; 11] = [
    Table::ByKind,
    Table::Timeliness,
    Table::Flow,
    Table::ByOutcome,
    Table::ByReason,
    Table::ByUnit,
    Table::TimelinessByUnit,
    Table::ByUnitAndKind,
    Table::ByChannel,
    Table::Satisfaction,
    Table::LateDossiers,
];

const FEEDBACK: &str = "Nghị định 20/2008/NĐ-CP, Điều 5: phản ánh, kiến nghị về hành vi hành chính \
                        và về quy định hành chính.";
const PUBLISHED: &str = "Nghị định 20/2008/NĐ-CP, Điều 19: kết quả xử lý được công khai.";
const ON_TIME: &str = "Thông tư 01/2018/TT-VPCP, Điều 13: tỷ lệ phản ánh, kiến nghị được xử lý \
                       đúng hạn là một chỉ số đánh giá.";

const BY_KIND: Meaning = Meaning {
    title: "Bao nhiêu phản ánh, kiến nghị, về việc gì",
    counts: "Số phản ánh, kiến nghị Sở nhận trong kỳ, theo loại.",
    formula: "Mỗi phản ánh, kiến nghị tính một lần, vào tháng nhận. Hành vi: thái độ, \
              cách làm việc. Quy định: cơ chế, chính sách, thủ tục. Trễ hẹn: hồ sơ quá \
              ngày hẹn trả. Đến sau khi số liệu của tháng đã chốt thì tính vào tháng \
              kế tiếp.",
    basis: FEEDBACK,
};

const TIMELINESS: Meaning = Meaning {
    title: "Trả lời có đúng hạn không",
    counts: "Số phản ánh, kiến nghị kết thúc xử lý trong kỳ, đúng hạn và trễ hạn.",
    formula: "Đúng hạn: kết thúc lần đầu không muộn hơn ngày hạn, tính theo ngày làm \
              việc; việc không có ngày hạn tính là đúng hạn. Tỷ lệ = số đúng hạn chia \
              cho số kết thúc trong kỳ, làm tròn đến phần trăm; chỉ tính từ 20 trở lên \
              và chỉ từ các số đã công bố.",
    basis: ON_TIME,
};

const FLOW: Meaning = Meaning {
    title: "Còn bao nhiêu đang xử lý",
    counts: "Số đang xử lý đầu kỳ, nhận trong kỳ, kết thúc trong kỳ và đang xử lý cuối \
             kỳ.",
    formula: "Tồn đầu kỳ + tiếp nhận = đã kết thúc + tồn cuối kỳ, ở mọi kỳ. Kết thúc \
              gồm cả việc không tiếp nhận, chuyển cơ quan khác và rút lại.",
    basis: "",
};

const BY_OUTCOME: Meaning = Meaning {
    title: "Kết luận thế nào",
    counts: "Số phản ánh, kiến nghị kết thúc trong kỳ, theo kết quả.",
    formula: "Theo kết luận có đến ngày chốt số liệu, tính vào tháng kết thúc lần đầu. \
              Việc không còn thuộc số liệu này (có dấu hiệu tố cáo) tính vào “kết thúc khác”.",
    basis: PUBLISHED,
};

const BY_REASON: Meaning = Meaning {
    title: "Phản ánh vì lý do gì",
    counts: "Số phản ánh, kiến nghị nhận trong năm, theo nhóm lý do.",
    formula: "Mỗi phản ánh, kiến nghị tính một lần, theo lý do được nêu đầu tiên.",
    basis: FEEDBACK,
};

const BY_UNIT: Meaning = Meaning {
    title: "Về đơn vị nào",
    counts: "Số phản ánh, kiến nghị nhận trong quý, theo đơn vị được phản ánh.",
    formula: "Theo đơn vị được phản ánh; chưa rõ thì theo đơn vị được giao xử lý. Đơn vị \
              có dưới 5 người luôn được gộp. Số nhiều hay ít còn tùy lượng hồ sơ mỗi đơn \
              vị giải quyết, nên không dùng để xếp hạng.",
    basis: "",
};

const TIMELINESS_BY_UNIT: Meaning = Meaning {
    title: "Từng đơn vị trả lời có đúng hạn không",
    counts: "Số kết thúc đúng hạn và trễ hạn trong quý, theo đơn vị xử lý.",
    formula: "Như đúng hạn, trễ hạn của toàn Sở; theo đơn vị được giao xử lý. Đơn vị có \
              số đúng hạn hoặc trễ hạn quá nhỏ, hoặc để lộ số của đơn vị khác, chỉ nêu \
              tổng.",
    basis: ON_TIME,
};

const BY_UNIT_AND_KIND: Meaning = Meaning {
    title: "Về đơn vị nào, loại gì",
    counts: "Số phản ánh, kiến nghị nhận trong năm, theo đơn vị và loại.",
    formula: "Như theo đơn vị và theo loại. Các đơn vị đã gộp ở bảng theo quý thì gộp ở \
              bảng này.",
    basis: FEEDBACK,
};

const BY_CHANNEL: Meaning = Meaning {
    title: "Gửi bằng cách nào",
    counts: "Số phản ánh, kiến nghị nhận trong năm, theo kênh.",
    formula: "Kênh mà phản ánh, kiến nghị đến Sở lần đầu.",
    basis: "Nghị định 20/2008/NĐ-CP, Điều 6: các hình thức phản ánh, kiến nghị.",
};

const SATISFACTION: Meaning = Meaning {
    title: "Người gửi có hài lòng không",
    counts: "Đánh giá của người gửi đối với việc kết thúc trong quý.",
    formula: "Đánh giá có đến ngày chốt số liệu. Việc chưa có đánh giá được nêu riêng và \
              không tính là hài lòng.",
    basis: "",
};

const LATE_DOSSIERS: Meaning = Meaning {
    title: "Hồ sơ trễ hẹn và xin lỗi",
    counts: "Số hồ sơ thủ tục quá ngày hẹn trả, theo việc xin lỗi.",
    formula: "Chưa có số liệu: sổ theo dõi hồ sơ trễ hẹn chưa được lập trên hệ thống này. \
              Phản ánh của người dân về hồ sơ trễ hẹn vẫn nằm trong các bảng khác.",
    basis: "Nghị định 61/2018/NĐ-CP, Điều 19: hồ sơ trễ hẹn phải được xin lỗi bằng văn \
            bản, nêu lý do và hẹn lại ngày trả.",
};

const FIRST_SHARE: Meaning = Meaning {
    title: "Tỷ lệ đúng hạn đã công bố ở phiên bản đầu",
    counts: "Tỷ lệ phần trăm đúng hạn mà phiên bản đầu của trang này đã nêu.",
    formula: "Giữ nguyên như đã công bố; không tính lại.",
    basis: "",
};

impl Table {
    /// Its words.
    pub const fn meaning(self) -> Meaning {
        match self {
            Self::ByKind => BY_KIND,
            Self::Timeliness => TIMELINESS,
            Self::Flow => FLOW,
            Self::ByOutcome => BY_OUTCOME,
            Self::ByReason => BY_REASON,
            Self::ByUnit => BY_UNIT,
            Self::TimelinessByUnit => TIMELINESS_BY_UNIT,
            Self::ByUnitAndKind => BY_UNIT_AND_KIND,
            Self::ByChannel => BY_CHANNEL,
            Self::Satisfaction => SATISFACTION,
            Self::LateDossiers => LATE_DOSSIERS,
            Self::FirstShare => FIRST_SHARE,
        }
    }

    /// How its threshold is told.
    pub const fn threshold(self) -> &'static str {
        match self.least() {
            LEAST => "Không nêu riêng số dưới 5.",
            LEAST_OF_OUTCOME => "Không nêu riêng số dưới 10.",
            _ => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_asks_of_every_table_that_is_still_counted() {
        for table in Table::ALL {
            let is_told = ARTICLE.contains(table);
            assert_eq!(is_told, *table != Table::FirstShare, "{table:?}");
            assert!(!table.threshold().is_empty() && !table.meaning().formula.is_empty());
        }
    }
}
