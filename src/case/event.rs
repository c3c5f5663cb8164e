//! Everything that can happen to a case: what is stored of it, what staff read, what the submitter
//! reads.
//!
//! A new event is one entry in [`events!`] and one arm in each of the two sentences; the submitter's
//! is in `submitter.rs`.

mod entered;
mod look;
mod submitter;

use super::{
    Action, Channel, Consent, Direction, ExternalBodyId, Finding, Kind, OpeningId, OtherProcedure,
    Rating, RefusalReason, StaffId, UnitId,
};
use entered::entered;
use serde::{Deserialize, Serialize};
use time::Date;

time::serde::format_description!(iso_day, Date, "[year]-[month]-[day]");

/// Defines the events: the code that is stored, and the key of each particular. Particulars are
/// codes, ids, counts and days, never words: those are sealed beside the event.
macro_rules! events {
    ($($(#[$doc:meta])* $event:ident = $code:literal
        $({ $($(#[$field_doc:meta])* $field:ident: $kind:ty = $key:literal,)+ })?;)+
    ) => {
        /// One event of a case's history.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "kind", content = "data")]
        pub enum CaseEvent {
            $(
                $(#[$doc])*
                #[serde(rename = $code)]
                $event $({ $($(#[$field_doc])* #[serde(rename = $key)] $field: $kind,)+ })?,
            )+
        }

        impl CaseEvent {
            /// What is stored as the event's kind, and what its words are sealed under.
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$event { .. } => $code,)+ }
            }
        }
    };
}

events! {
    /// The public form was sent.
    Submitted = "gui";
    /// Staff wrote it down for a caller or visitor.
    Entered = "nhap" {
        /// How it reached the department.
        #[serde(default)]
        channel: Option<Channel> = "kenh",
        /// The day it was written down, if that was not the day it came.
        #[serde(default, with = "iso_day::option", skip_serializing_if = "Option::is_none")]
        entered_on: Option<Date> = "nhap_ngay",
    };
    /// Received.
    Received = "tiep_nhan";
    /// The submitter was asked for what is missing; the clock stops.
    SupplementRequested = "yeu_cau_bo_sung" {
        /// The last day to send it.
        #[serde(default, with = "iso_day::option")]
        until: Option<Date> = "den_ngay",
    };
    /// The submitter sent what was missing; the clock runs again.
    Supplemented = "bo_sung" {
        /// How many files came with it.
        #[serde(default)]
        files: u16 = "tep",
    };
    /// Classified.
    Classified = "phan_loai" {
        /// Which family.
        #[serde(default)]
        classified_as: Option<Kind> = "loai",
        /// Codes of the reasons.
        #[serde(default)]
        reasons: Vec<String> = "ly_do",
        /// Signs of a denunciation: fewer people may see it.
        #[serde(default)]
        denunciation: bool = "giu_kin",
        /// The unit it is about, as far as it is known.
        #[serde(default)]
        concerned: Option<UnitId> = "duoc_phan_anh",
    };
    /// The extract for the unit was written.
    ExtractWritten = "viet_trich_yeu";
    /// The unit was told why the submitter reopened the case, in words of the office.
    ReopeningExtracted = "trich_mo_lai";
    /// It was said who takes no part in the case; it replaces what was said before.
    Recused = "khong_tham_gia" {
        /// Who does not see it.
        #[serde(default)]
        staff: Vec<StaffId> = "nguoi",
    };
    /// What the submitter wrote later speaks of bribery: from here on fewer people see the case.
    CircleClosed = "thu_hep";
    /// Handed to a unit.
    Assigned = "giao_xu_ly" {
        /// The unit.
        #[serde(default)]
        unit: Option<UnitId> = "don_vi",
        /// A person of the unit.
        #[serde(default)]
        handler: Option<StaffId> = "nguoi",
    };
    /// Whoever had it lost the account: somebody of the unit has it now, or its head decides.
    HandedOver = "ban_giao" {
        /// Who had it.
        from: Option<StaffId> = "tu",
        /// Who has it now.
        handler: Option<StaffId> = "nguoi",
    };
    /// Given back by the unit.
    SentBack = "tra_lai";
    /// Verification began.
    VerificationStarted = "xac_minh";
    /// Whoever verified handed the result to the head of the unit, who concludes.
    ConclusionProposed = "trinh_ket_luan";
    /// Concluded.
    Concluded = "ket_luan" {
        /// What was found.
        finding: Finding = "ket_luan",
    };
    /// The draft reply went to the leader.
    DraftSubmitted = "trinh_phe_duyet";
    /// The leader returned the draft.
    DraftReturned = "tra_du_thao";
    /// Approved and answered.
    Answered = "tra_loi";
    /// Staff called to tell the answer, as the submitter wished.
    Called = "da_goi";
    /// Staff sent the answer by letter, as the submitter wished.
    LetterSent = "da_gui_thu";
    /// Closed.
    Closed = "ket_thuc";
    /// The submitter is not satisfied; open again.
    Reopened = "mo_lai";
    /// A refusal was proposed.
    RefusalProposed = "de_xuat_tu_choi" {
        /// Why.
        reason: RefusalReason = "ly_do",
    };
    /// A second person approved the refusal.
    RefusalApproved = "duyet_tu_choi" {
        /// Why.
        reason: RefusalReason = "ly_do",
    };
    /// Forwarding was proposed.
    ForwardProposed = "de_xuat_chuyen" {
        /// Where to.
        #[serde(default)]
        body: Option<ExternalBodyId> = "co_quan",
    };
    /// A leader approved forwarding.
    ForwardApproved = "duyet_chuyen" {
        /// Where to.
        #[serde(default)]
        body: Option<ExternalBodyId> = "co_quan",
    };
    /// A proposal was not followed.
    ProposalRejected = "khong_duyet";
    /// The submitter was guided to another procedure.
    Redirected = "huong_dan_kntc" {
        /// Which.
        #[serde(default)]
        procedure: Option<OtherProcedure> = "huong",
    };
    /// The submitter withdrew.
    Withdrawn = "rut";
    /// A note among colleagues.
    Noted = "ghi_chu";
    /// Whoever has the case was reminded of it.
    Reminded = "nhac";
    /// The newest step was taken back by whoever had taken it; it stays in the history.
    Undone = "hoan_tac" {
        /// The step.
        action: Action = "viec",
    };
    /// A message between department and submitter.
    Messaged = "nhan_tin" {
        /// Who wrote to whom.
        direction: Direction = "huong",
        /// How many files came with it.
        #[serde(default)]
        files: u16 = "tep",
    };
    /// The submitter rated the answer.
    Rated = "danh_gia" {
        /// How satisfied they are.
        rating: Rating = "muc",
    };
    /// The submitter said what they allow beyond the handling of the case.
    Consented = "dong_y" {
        /// What they allow from now on.
        chosen: Consent = "chon",
    };
    /// Opening the identity was asked for.
    IdentityRequested = "mo_danh_tinh_yeu_cau" {
        /// Which opening.
        opening: OpeningId = "opening",
    };
    /// A second leader allowed it.
    IdentityApproved = "mo_danh_tinh_duyet" {
        /// Which opening.
        opening: OpeningId = "opening",
    };
    /// A second leader did not allow it.
    IdentityRefused = "mo_danh_tinh_tu_choi" {
        /// Which opening.
        opening: OpeningId = "opening",
    };
    /// The identity was seen; written by the unsealer under its own database role.
    IdentityOpened = "mo_danh_tinh" {
        /// Which opening.
        opening: OpeningId = "opening",
    };
    /// Name and contact were erased; written by the database.
    IdentityErased = "xoa_danh_tinh";
    /// Everything was erased; written by the database.
    Erased = "xoa_ho_so";
}

/// Names that staff read for the ids of an event.
#[derive(Clone, Copy, Debug, Default)]
pub struct EventNames<'a> {
    /// The unit of [`CaseEvent::Assigned`] and [`CaseEvent::Classified`].
    pub unit: Option<&'a str>,
    /// The body of a forwarding.
    pub external_body: Option<&'a str>,
}

impl CaseEvent {
    /// What happened, as staff read it on the timeline, with a full stop.
    pub fn staff_text(&self, names: EventNames<'_>) -> String {
        let sentence = match self {
            Self::Submitted => "Phản ánh được gửi trực tuyến",
            Self::Entered { entered_on, .. } => return entered(*entered_on),
            Self::Received => "Tiếp nhận phản ánh",
            Self::SupplementRequested { .. } => {
                "Yêu cầu người phản ánh bổ sung thông tin; tạm dừng thời hạn"
            }
            Self::Supplemented { .. } => "Người phản ánh đã bổ sung thông tin",
            Self::Classified { .. } => "Phân loại",
            Self::ExtractWritten => "Viết bản trích cho đơn vị",
            Self::ReopeningExtracted => "Báo đơn vị lý do mở lại",
            Self::Recused { staff } if staff.is_empty() => "Không còn ai đứng ngoài hồ sơ",
            Self::Recused { .. } => "Ghi người không tham gia hồ sơ",
            Self::CircleClosed => {
                "Nội dung mới có dấu hiệu đòi, nhận tiền; hồ sơ được thu hẹp người xem"
            }
            Self::Assigned { .. } => "Giao xử lý",
            Self::HandedOver { .. } => "Bàn giao vì tài khoản người xử lý đã khóa",
            Self::SentBack => "Đơn vị trả lại, không đúng thẩm quyền",
            Self::VerificationStarted => "Bắt đầu xác minh",
            Self::ConclusionProposed => "Trình kết luận",
            Self::Concluded { .. } => "Kết luận",
            Self::DraftSubmitted => "Trình phê duyệt trả lời",
            Self::DraftReturned => "Trả lại dự thảo",
            Self::Answered => "Phê duyệt và trả lời người phản ánh",
            Self::Called => "Đã gọi điện trả lời người phản ánh",
            Self::LetterSent => "Đã gửi thư trả lời người phản ánh",
            Self::Closed => "Kết thúc, lưu hồ sơ",
            Self::Reopened => "Người phản ánh chưa đồng ý với câu trả lời; hồ sơ được mở lại",
            Self::RefusalProposed { .. } => "Đề xuất không tiếp nhận",
            Self::RefusalApproved { .. } => "Duyệt không tiếp nhận",
            Self::ForwardProposed { .. } => "Đề xuất chuyển cơ quan khác",
            Self::ForwardApproved { .. } => "Duyệt chuyển cơ quan khác",
            Self::ProposalRejected => "Không duyệt đề xuất",
            Self::Redirected { .. } => "Hướng dẫn người phản ánh",
            Self::Withdrawn => "Người phản ánh rút phản ánh",
            Self::Noted => "Ghi chú nội bộ",
            Self::Reminded => "Nhắc người đang giữ hồ sơ",
            Self::Undone { .. } => "Hoàn tác",
            Self::Messaged { direction, .. } => match direction {
                Direction::In => "Người phản ánh nhắn Sở",
                Direction::Out => "Nhắn người phản ánh",
                Direction::Note | Direction::OfficeNote => "Ghi chú nội bộ",
            },
            Self::Rated { .. } => "Người phản ánh đánh giá",
            Self::Consented { .. } => "Lựa chọn của người phản ánh",
            Self::IdentityRequested { .. } => "Đề nghị mở danh tính người phản ánh",
            Self::IdentityApproved { .. } => "Duyệt mở danh tính",
            Self::IdentityRefused { .. } => "Không duyệt mở danh tính",
            Self::IdentityOpened { .. } => "Danh tính được mở xem",
            Self::IdentityErased => "Họ tên và liên hệ đã được xóa khi hết thời hạn lưu giữ",
            Self::Erased => "Nội dung hồ sơ đã được xóa",
        };
        match self.particular(names) {
            Some(name) => format!("{sentence}: {name}."),
            None => format!("{sentence}."),
        }
    }

    /// What staff read after the colon.
    fn particular(&self, names: EventNames<'_>) -> Option<String> {
        let particular = match self {
            Self::Classified { classified_as, .. } => {
                let concerned = names
                    .unit
                    .map(|unit| format!("đơn vị được phản ánh {unit}"));
                let kind = classified_as.map(|kind| kind.short().to_owned());
                let known: Vec<_> = kind.into_iter().chain(concerned).collect();
                return (!known.is_empty()).then(|| known.join(", "));
            }
            Self::Assigned { .. } => names.unit,
            Self::Concluded { finding } => Some(finding.label()),
            Self::RefusalProposed { reason } | Self::RefusalApproved { reason } => {
                Some(reason.label())
            }
            Self::ForwardProposed { .. } | Self::ForwardApproved { .. } => names.external_body,
            Self::Redirected { procedure } => procedure.map(OtherProcedure::label),
            Self::Rated { rating } => Some(rating.label()),
            Self::Consented { chosen } => Some(chosen.label()),
            Self::Undone { action } => Some(action.label()),
            _ => None,
        };
        particular.map(str::to_owned)
    }

    /// What happened, as the unit reads it that may not know who spoke: nothing of the way the
    /// feedback came in, and nothing of who asks to see the name.
    pub fn unit_text(&self, names: EventNames<'_>) -> Option<String> {
        match self {
            Self::Submitted | Self::Entered { .. } => Some("Phản ánh đến Sở.".to_owned()),
            Self::IdentityRequested { .. }
            | Self::IdentityApproved { .. }
            | Self::IdentityRefused { .. }
            | Self::IdentityOpened { .. }
            | Self::Consented { .. }
            | Self::Recused { .. }
            // that somebody was called tells that they left a number
            | Self::Called
            | Self::LetterSent => None,
            other => Some(other.staff_text(names)),
        }
    }

    /// Whether the words sealed with it were written for the unit, or by it.
    pub const fn has_unit_words(&self) -> bool {
        matches!(
            self,
            Self::DraftReturned | Self::SentBack | Self::ReopeningExtracted
        )
    }
}
