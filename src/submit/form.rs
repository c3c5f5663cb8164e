//! What a person may enter: the draft as typed, and feedback parsed from it. The same rules in the
//! browser, on the server and for portals.

use super::contact;
use crate::{
    case::{Channel, FeedbackContent, Kind, ProposalAim, Reason},
    error::FieldErrors,
};
use serde::{Deserialize, Serialize};

/// Longest title, in characters.
pub(super) const MAX_TITLE: usize = 200;
/// Shortest and longest content, in characters.
pub(super) const CONTENT: std::ops::RangeInclusive<usize> = 20..=10_000;
/// Longest of every other line.
pub(super) const MAX_LINE: usize = 500;
/// The unit field's value for "I do not know".
pub(super) const UNKNOWN_UNIT: &str = "khong-ro";

/// Defines the draft: one string for each field of the form, under the field's name.
macro_rules! draft {
    ($($(#[$doc:meta])* $field:ident = $name:literal,)+) => {
        /// The form as typed: one string for each field.
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct FeedbackDraft {
            $($(#[$doc])* pub $field: String,)+
            /// Ticked reasons (`ly_do`), several under one name.
            pub reasons: Vec<String>,
        }

        impl FeedbackDraft {
            /// Takes the fields of a posted form; the only place that knows their names.
            pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
                let mut draft = Self::default();
                for (name, value) in pairs {
                    match name {
                        $($name => value.clone_into(&mut draft.$field),)+
                        "ly_do" => draft.reasons.push(value.to_owned()),
                        _ => {}
                    }
                }
                draft
            }
        }
    };
}

draft! {
    /// Card: `hanh_vi`, `quy_dinh`, `tre_hen`.
    kind = "loai",
    /// Code of the unit concerned, or [`UNKNOWN_UNIT`].
    unit = "don_vi",
    /// Officer concerned.
    officer = "nguoi_bi_phan_anh",
    /// The title: the matter in one line.
    title = "vu_viec",
    /// Where it happened, in the submitter's words.
    place = "dia_diem",
    /// When it happened, in the submitter's words.
    happened_on = "thoi_diem",
    /// What happened.
    content = "noi_dung",
    /// What should be done.
    proposal = "de_xuat",
    /// What the proposal aims at: `DX_PHUONG_AN`, `DX_SANG_KIEN`.
    proposal_aim = "loai_de_xuat",
    /// Procedure concerned.
    procedure = "thu_tuc",
    /// Dossier concerned.
    dossier_code = "ma_ho_so",
    /// Rule: name.
    rule_name = "van_ban_ten",
    /// Rule: number.
    rule_number = "van_ban_so",
    /// Rule: date.
    rule_date = "van_ban_ngay",
    /// Rule: article.
    rule_clause = "dieu_khoan",
    /// Late dossier: filed on.
    filed_on = "ngay_nop",
    /// Late dossier: filed at.
    filed_at = "noi_nop",
    /// Late dossier: promised for.
    promised_on = "ngay_hen",
    /// Late dossier: apology slip.
    apology = "phieu_xin_loi",
    /// Late dossier: promised again for.
    promised_again_on = "ngay_hen_lai",
    /// Kind of submitter: `ca_nhan`, `to_chuc`, `khong_neu_ten`.
    speaker = "nguoi_gui",
    /// Name of the person.
    name = "ho_ten",
    /// Name of the organisation.
    organisation = "ten_to_chuc",
    /// The organisation's representative.
    representative = "nguoi_dai_dien",
    /// Their position.
    position = "chuc_vu",
    /// Ward code.
    ward = "phuong_xa",
    /// House, street, hamlet.
    address = "dia_chi",
    /// Phone.
    phone = "dien_thoai",
    /// E-mail.
    email = "thu_dien_tu",
    /// Keep the identity from the unit concerned.
    confidential = "giu_bi_mat",
    /// How to answer.
    reply_by = "nhan_tra_loi",
    /// Send an acknowledgement by e-mail.
    acknowledge = "xac_nhan_email",
    /// May be contacted.
    consent_contact = "dong_y_lien_he",
    /// May be published in anonymised summary.
    consent_publish = "dong_y_cong_bo",
    /// Truthfulness.
    honest = "cam_ket",
    /// Version of the privacy notice that was shown.
    notice_version = "ban_thong_bao",
    /// Key of this submission: what recognises it if it arrives twice.
    key = "khoa",
    /// Entered by staff: channel.
    channel = "kenh",
    /// Entered by staff: time of the call or visit.
    call_time = "luc_goi",
    /// Entered by staff: read back to the caller.
    read_back = "da_doc_lai",
    /// Entered by staff: note.
    recorder_note = "ghi_chu_nguoi_nhap",
}

/// The submitter, as far as they named themselves.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Submitter {
    /// Person or organisation.
    pub name: String,
    /// For an organisation: representative and position.
    pub representative: String,
    /// Ward code, or "".
    pub ward: String,
    /// House, street, hamlet.
    pub address: String,
    /// Normalised, or "".
    pub phone: String,
    /// As typed, or "".
    pub email: String,
}

/// Feedback that passed every rule.
#[derive(Clone, PartialEq, Eq)]
pub struct NewFeedback {
    /// Card.
    pub kind: Kind,
    /// Ticked reasons, at least one.
    pub reasons: Vec<&'static Reason>,
    /// Code of the unit concerned; `None` if the submitter does not know it.
    pub unit: Option<String>,
    /// Text and facts.
    pub story: FeedbackContent,
    /// The submitter; `None` for an information lead.
    pub submitter: Option<Submitter>,
    /// Keep the identity from the unit concerned.
    pub confidential: bool,
    /// Send an acknowledgement by e-mail.
    pub acknowledge: bool,
    /// How it arrived.
    pub channel: Channel,
    /// Key of this submission, or "" if the form has none.
    pub key: String,
}

impl TryFrom<FeedbackDraft> for NewFeedback {
    type Error = FieldErrors;

    fn try_from(draft: FeedbackDraft) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let kind = Kind::from_code(&draft.kind);
        if kind.is_none() {
            errors.add("loai", "Vui lòng chọn điều Ông/Bà muốn phản ánh.");
        }
        let kind = kind.unwrap_or(Kind::Conduct);
        let reasons = parse_reasons(&draft, kind, &mut errors);
        check_matter(&draft, kind, &mut errors);
        check_lengths(&draft, &mut errors);
        let submitter = contact::parse(&draft, &mut errors);
        let channel = parse_channel(&draft, &mut errors);
        if draft.honest.is_empty() && channel == Channel::Online {
            errors.add(
                "cam_ket",
                "Vui lòng xác nhận nội dung phản ánh là đúng sự thật.",
            );
        }
        errors.or(|| Self {
            kind,
            reasons,
            unit: Some(draft.unit.clone()).filter(|unit| !unit.is_empty() && unit != UNKNOWN_UNIT),
            submitter,
            confidential: !draft.confidential.is_empty(),
            acknowledge: !draft.acknowledge.is_empty(),
            channel,
            key: draft.key.clone(),
            story: story(draft),
        })
    }
}

fn parse_reasons(
    draft: &FeedbackDraft,
    kind: Kind,
    errors: &mut FieldErrors,
) -> Vec<&'static Reason> {
    let mut reasons: Vec<_> = draft
        .reasons
        .iter()
        .filter_map(|code| Reason::from_code(code))
        .filter(|reason| reason.kind == kind)
        .collect();
    reasons.sort_by_key(|reason| reason.code);
    reasons.dedup();
    if reasons.is_empty() {
        errors.add("ly_do", "Vui lòng chọn ít nhất một mục.");
    }
    reasons
}

/// The facts the department's notice asks for by name: unit or officer, matter, place, time.
fn check_matter(draft: &FeedbackDraft, kind: Kind, errors: &mut FieldErrors) {
    if draft.title.is_empty() {
        errors.add(
            "vu_viec",
            "Vui lòng ghi vắn tắt vụ việc, ví dụ: nộp hồ sơ tách thửa bị yêu cầu thêm giấy tờ.",
        );
    }
    if draft.unit.is_empty() && kind != Kind::Regulation {
        errors.add("don_vi", "Vui lòng chọn đơn vị, hoặc chọn “Tôi không rõ”.");
    }
    if kind == Kind::Conduct {
        if draft.place.is_empty() {
            errors.add(
                "dia_diem",
                "Vui lòng ghi nơi xảy ra, ví dụ: quầy số 3, Chi nhánh Ninh Kiều.",
            );
        }
        if draft.happened_on.is_empty() {
            errors.add(
                "thoi_diem",
                "Vui lòng ghi thời điểm, ví dụ: sáng 12/11/2026.",
            );
        }
    }
    if kind == Kind::LateDossier && draft.promised_on.is_empty() && draft.filed_on.is_empty() {
        errors.add(
            "ngay_hen",
            "Vui lòng ghi ngày hẹn trả, hoặc ngày nộp hồ sơ nếu không được hẹn.",
        );
    }
    match draft.content.chars().count() {
        n if n < *CONTENT.start() => errors.add("noi_dung", "Nội dung cần ít nhất 20 ký tự. Vui lòng kể rõ hơn sự việc."),
        n if n > *CONTENT.end() => {
            errors.add("noi_dung", "Nội dung dài quá 10.000 ký tự. Vui lòng rút gọn, hoặc gửi phần còn lại trong tệp đính kèm.")
        }
        _ => {}
    }
}

fn check_lengths(draft: &FeedbackDraft, errors: &mut FieldErrors) {
    if draft.title.chars().count() > MAX_TITLE {
        errors.add("vu_viec", "Tên vụ việc dài quá 200 ký tự. Vui lòng ghi vắn tắt, phần chi tiết ghi ở Nội dung phản ánh.");
    }
    if draft.proposal.chars().count() > 3_000 {
        errors.add("de_xuat", "Đề xuất dài quá 3.000 ký tự. Vui lòng rút gọn.");
    }
    let lines = [
        ("nguoi_bi_phan_anh", &draft.officer),
        ("dia_diem", &draft.place),
        ("thoi_diem", &draft.happened_on),
        ("thu_tuc", &draft.procedure),
        ("ma_ho_so", &draft.dossier_code),
        ("van_ban_ten", &draft.rule_name),
        ("van_ban_so", &draft.rule_number),
        ("van_ban_ngay", &draft.rule_date),
        ("dieu_khoan", &draft.rule_clause),
        ("ngay_nop", &draft.filed_on),
        ("noi_nop", &draft.filed_at),
        ("ngay_hen", &draft.promised_on),
        ("ngay_hen_lai", &draft.promised_again_on),
        ("ho_ten", &draft.name),
        ("ten_to_chuc", &draft.organisation),
        ("nguoi_dai_dien", &draft.representative),
        ("chuc_vu", &draft.position),
        ("dia_chi", &draft.address),
        ("ghi_chu_nguoi_nhap", &draft.recorder_note),
    ];
    for (name, value) in lines {
        if value.chars().count() > MAX_LINE {
            errors.add(name, "Phần này dài quá 500 ký tự. Vui lòng rút gọn.");
        }
    }
}

/// Staff entries name their channel; the time of the call and the reading back belong to it (Decree
/// 20/2008 art. 7.2).
fn parse_channel(draft: &FeedbackDraft, errors: &mut FieldErrors) -> Channel {
    let channel = if draft.channel.is_empty() {
        Some(Channel::Online)
    } else {
        Channel::from_code(&draft.channel)
    };
    let Some(channel) = channel else {
        errors.add("kenh", "Vui lòng chọn kênh tiếp nhận.");
        return Channel::Online;
    };
    if channel != Channel::Online {
        if draft.call_time.is_empty() {
            errors.add("luc_goi", "Vui lòng ghi giờ, ngày gọi đến hoặc đến quầy.");
        }
        if draft.read_back.is_empty() {
            errors.add(
                "da_doc_lai",
                "Vui lòng đọc lại nội dung cho người phản ánh nghe rồi đánh dấu.",
            );
        }
    }
    channel
}

fn story(draft: FeedbackDraft) -> FeedbackContent {
    FeedbackContent {
        title: draft.title,
        content: draft.content,
        proposal: draft.proposal,
        proposal_aim: ProposalAim::from_code(&draft.proposal_aim),
        officer: draft.officer,
        place: draft.place,
        happened_on: draft.happened_on,
        procedure: draft.procedure,
        dossier_code: draft.dossier_code,
        rule_name: draft.rule_name,
        rule_number: draft.rule_number,
        rule_date: draft.rule_date,
        rule_clause: draft.rule_clause,
        filed_on: draft.filed_on,
        filed_at: draft.filed_at,
        promised_on: draft.promised_on,
        apology: draft.apology,
        promised_again_on: draft.promised_again_on,
        call_time: draft.call_time,
        recorder_note: draft.recorder_note,
        notice_version: draft.notice_version.parse().unwrap_or(0),
        consent_contact: !draft.consent_contact.is_empty(),
        consent_publish: !draft.consent_publish.is_empty(),
        reply_by: draft.reply_by,
    }
}
