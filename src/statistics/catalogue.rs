//! The catalogue: every table that is ever published, as data. There is no other question one may
//! ask of the figures; who wants another table adds it here, and the auditor knows it.

use crate::case::{Channel, Kind, REASONS, codes::codes};
use serde::{Deserialize, Serialize};

codes! {
    /// A published table.
    Table {
        Flow = "t0", "Tồn đầu kỳ, tiếp nhận, đã kết thúc, tồn cuối kỳ";
        ByKind = "t1", "Tiếp nhận theo tháng và loại";
        ByOutcome = "t2", "Kết thúc theo tháng và kết quả";
        ByUnit = "t3", "Tiếp nhận theo quý và đơn vị";
        ByUnitAndKind = "t4", "Tiếp nhận theo năm, đơn vị và loại";
        Timeliness = "t5", "Kết thúc đúng hạn và trễ hạn theo tháng";
        TimelinessByUnit = "t5u", "Kết thúc đúng hạn và trễ hạn theo quý và đơn vị";
        ByReason = "t6", "Tiếp nhận theo năm và nhóm lý do";
        ByChannel = "t7", "Tiếp nhận theo năm và kênh";
        Satisfaction = "t8", "Mức độ hài lòng theo quý";
        LateDossiers = "t9", "Hồ sơ trễ hẹn và xin lỗi theo quý";
        FirstShare = "tl", "Tỷ lệ đúng hạn như đã công bố ở phiên bản đầu";
    }
}

codes! {
    /// How a case ended, for the public.
    Outcome {
        True = "dung", "Đúng, đúng một phần hoặc có cơ sở";
        Untrue = "khong_dung", "Không đúng, đã có quy định hoặc không tiếp thu";
        Open = "chua_ro", "Không đủ cơ sở để kết luận";
        Forwarded = "chuyen", "Chuyển cơ quan khác, hướng dẫn khiếu nại, tố cáo";
        Refused = "tu_choi", "Không tiếp nhận";
        Other = "khac", "Kết thúc khác (rút, không còn thuộc số liệu)";
    }
}

impl Outcome {
    /// The outcome of what was counted: the code of a finding, or of the status if there is none.
    pub fn of(counted: &str) -> Self {
        match counted {
            "dung" | "dung_mot_phan" | "co_co_so" => Self::True,
            "khong_dung" | "da_co_quy_dinh" | "khong_tiep_thu" => Self::Untrue,
            "khong_du_co_so" | "khong_xac_minh_duoc" | "chua_du_co_so" => Self::Open,
            "da_chuyen_co_quan" | "da_huong_dan_kntc" => Self::Forwarded,
            "tu_choi" => Self::Refused,
            _ => Self::Other,
        }
    }
}

codes! {
    /// Reasons that are published together. A case counts once, under the reason named first.
    ReasonGroup {
        Slow = "cham_tre", "Chậm trễ, trễ hẹn";
        Trouble = "phien_ha", "Phiền hà, đùn đẩy, thủ tục thừa";
        Manner = "thai_do", "Thái độ, tinh thần phục vụ";
        Money = "tien", "Nhũng nhiễu, phí sai, môi giới";
        Wrong = "sai_quy_dinh", "Làm không đúng quy định, mất hồ sơ, lộ thông tin";
        Rule = "quy_dinh", "Quy định, thủ tục không phù hợp";
        None = "khac", "Khác hoặc không nêu lý do";
    }
}

impl ReasonGroup {
    /// The group of a stored reason; [`ReasonGroup::None`] for one that is not known.
    pub fn of(reason: &str) -> Self {
        match reason {
            "HV_CHAM_TRE" => Self::Slow,
            "HV_PHIEN_HA"
            | "HV_LONG_VONG"
            | "HV_GIAY_TO_THUA"
            | "HV_BO_SUNG_NHIEU_LAN"
            | "HV_TU_CHOI_KHONG_LY_DO"
            | "HV_NGOAI_MOT_CUA"
            | "HV_DUN_DAY" => Self::Trouble,
            "HV_HACH_DICH" | "HV_KHONG_VUI_VE" | "HV_KHONG_NHIET_TINH" | "HV_GIO_GIAC" => {
                Self::Manner
            }
            "HV_NHUNG_NHIEU" | "HV_PHI_SAI" | "HV_CO_MOI" => Self::Money,
            "HV_SAI_QUY_DINH" | "HV_LO_THONG_TIN" | "HV_MAT_HO_SO" => Self::Wrong,
            "HV_KHAC" => Self::None,
            _ => match REASONS.iter().find(|known| known.code == reason) {
                Some(known) if known.kind == Kind::Regulation => Self::Rule,
                Some(known) if known.kind == Kind::LateDossier => Self::Slow,
                _ => Self::None,
            },
        }
    }
}

codes! {
    /// Whether a case ended within its deadline; one without a deadline did.
    Timely {
        InTime = "dung_han", "Đúng hạn";
        Late = "tre_han", "Trễ hạn";
    }
}

codes! {
    /// What the submitter said of the answer.
    Mark {
        VerySatisfied = "rat_hai_long", "Rất hài lòng";
        Satisfied = "hai_long", "Hài lòng";
        Neutral = "binh_thuong", "Bình thường";
        NotSatisfied = "khong_hai_long", "Không hài lòng";
        Unsaid = "chua_danh_gia", "Chưa đánh giá";
    }
}

codes! {
    /// Apologies for late dossiers (Decree 61/2018 art. 19).
    Apology {
        InTime = "xin_loi_dung_quy_dinh", "Đã xin lỗi đúng quy định";
        Late = "xin_loi_muon", "Xin lỗi muộn";
        Missing = "chua_xin_loi", "Chưa xin lỗi";
    }
}

codes! {
    /// The four figures of [`Table::Flow`].
    Stock {
        Opening = "ton_dau", "Tồn đầu kỳ";
        Received = "tiep_nhan", "Tiếp nhận trong kỳ";
        Closed = "ket_thuc", "Đã kết thúc trong kỳ";
        Pending = "ton_cuoi", "Tồn cuối kỳ";
    }
}

/// The unit of cases that name none.
pub const NO_UNIT: &str = "chua-ro";

/// The smallest number that is published.
pub const LEAST: i64 = 5;
/// The smallest where an outcome is shown: how a matter ended, or what somebody said of it.
pub const LEAST_OF_OUTCOME: i64 = 10;
/// A pool has at least so many members: one of two could subtract itself.
pub const POOL_OF: usize = 3;
/// A unit of fewer officials is never published by itself.
pub const SMALL_UNIT: i16 = 5;
/// Day of the following month on which a month is counted and its figures are drafted.
pub const FIXED_DAY: u8 = 10;

/// Over which time a row of a table runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rhythm {
    /// A month, or months that waited for company.
    Month,
    /// A quarter of the calendar, or quarters that waited.
    Quarter,
    /// A year of the calendar, or years that waited.
    Year,
}

impl Rhythm {
    /// Months of one.
    pub const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

impl Table {
    /// The rhythm of its rows.
    pub const fn rhythm(self) -> Rhythm {
        match self {
            Self::Flow | Self::ByKind | Self::ByOutcome | Self::Timeliness | Self::FirstShare => {
                Rhythm::Month
            }
            Self::ByUnit | Self::TimelinessByUnit | Self::Satisfaction | Self::LateDossiers => {
                Rhythm::Quarter
            }
            Self::ByUnitAndKind | Self::ByReason | Self::ByChannel => Rhythm::Year,
        }
    }

    /// Whether it has a row for each unit, as far as that may be told.
    pub const fn is_by_unit(self) -> bool {
        matches!(
            self,
            Self::ByUnit | Self::ByUnitAndKind | Self::TimelinessByUnit
        )
    }

    /// The table by month that tells the classes of the whole department, for a table that tells
    /// them by unit.
    pub const fn of_department(self) -> Option<Self> {
        match self {
            Self::ByUnitAndKind => Some(Self::ByKind),
            Self::TimelinessByUnit => Some(Self::Timeliness),
            _ => None,
        }
    }

    /// The smallest number that the table publishes.
    pub const fn least(self) -> i64 {
        match self {
            Self::ByOutcome | Self::Satisfaction => LEAST_OF_OUTCOME,
            _ => LEAST,
        }
    }

    /// Codes and captions of its columns, in the order in which neighbours are pooled; none if it
    /// has totals only.
    pub fn classes(self) -> Vec<(&'static str, &'static str)> {
        macro_rules! listed {
            ($list:ident) => {
                $list::ALL
                    .iter()
                    .map(|class| (class.code(), class.label()))
                    .collect()
            };
        }
        match self {
            Self::Flow => listed!(Stock),
            Self::ByKind | Self::ByUnitAndKind => listed!(Kind),
            Self::ByOutcome => listed!(Outcome),
            Self::Timeliness | Self::TimelinessByUnit => listed!(Timely),
            Self::ByReason => listed!(ReasonGroup),
            Self::ByChannel => listed!(Channel),
            Self::Satisfaction => listed!(Mark),
            Self::LateDossiers => listed!(Apology),
            Self::ByUnit | Self::FirstShare => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Finding;

    #[test]
    fn every_finding_has_an_outcome_of_its_own_choice() {
        for finding in Finding::ALL {
            assert_ne!(Outcome::of(finding.code()), Outcome::Other, "{finding:?}");
        }
        assert_eq!(Outcome::of("da_rut"), Outcome::Other);
    }

    #[test]
    fn every_reason_has_a_group() {
        for reason in REASONS {
            let is_other = ReasonGroup::of(reason.code) == ReasonGroup::None;
            assert_eq!(is_other, reason.code == "HV_KHAC", "{}", reason.code);
        }
        assert_eq!(ReasonGroup::of(""), ReasonGroup::None);
    }

    #[test]
    fn outcomes_are_published_from_ten_on() {
        assert_eq!(Table::ByOutcome.least(), 10);
        assert_eq!(Table::Satisfaction.least(), 10);
        assert_eq!(Table::ByKind.least(), 5);
    }
}
