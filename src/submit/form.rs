//! What a person may enter: the draft as typed, and feedback parsed from it. The same rules in the
//! browser, on the server and for portals.

use super::contact;
use crate::{
    case::{Channel, FeedbackContent, Kind, ProposalAim, Reason},
    error::FieldErrors,
};
use serde::{Deserialize, Serialize};

/// Version of the sentence at the button by which whoever sends says that it is true
/// (`docs/law.md#receiving-feedback`).
pub(super) const TRUTH_VERSION: i16 = 1;
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
    /// The title: the matter in one line. The form does not ask; a portal may send it.
    title = "vu_viec",
    /// Where it happened, and when, in the submitter's words.
    place = "dia_diem",
    /// When it happened, if a portal sends it apart.
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
    /// [`NAMELESS`](contact::NAMELESS) if no name shall be given.
    speaker = "nguoi_gui",
    /// Name of the person who speaks, for an organisation as well.
    name = "ho_ten",
    /// Name of the organisation spoken for; "" for a person.
    organisation = "ten_to_chuc",
    /// The speaker's position there.
    position = "chuc_vu",
    /// Address, in one line.
    address = "dia_chi",
    /// The one way to be reached: with an "@" a mail address, else a telephone number.
    contact = "lien_he",
    /// Phone, if a portal sends it apart.
    phone = "dien_thoai",
    /// E-mail, if a portal sends it apart.
    email = "thu_dien_tu",
    /// Keep the identity from the unit concerned.
    confidential = "giu_bi_mat",
    /// How to answer.
    reply_by = "nhan_tra_loi",
    /// Send an acknowledgement by e-mail.
    acknowledge = "xac_nhan_email",
    /// Version of the sentence at the button that says it is true.
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

impl FeedbackDraft {
    /// Drops what belongs to other cards: the page has the fields of all, and a person who changed
    /// the card does not see any more what they typed under another.
    fn keep_to(mut self, kind: Kind) -> Self {
        let rule = [
            &mut self.rule_name,
            &mut self.rule_number,
            &mut self.rule_date,
            &mut self.rule_clause,
            &mut self.proposal_aim,
        ];
        if kind != Kind::Regulation {
            rule.into_iter().for_each(String::clear);
        }
        let late = [
            &mut self.filed_on,
            &mut self.filed_at,
            &mut self.promised_on,
            &mut self.apology,
            &mut self.promised_again_on,
        ];
        if kind != Kind::LateDossier {
            late.into_iter().for_each(String::clear);
        }
        self
    }
}

/// The submitter, as far as they named themselves.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Submitter {
    /// Person or organisation.
    pub name: String,
    /// For an organisation: representative and position.
    pub representative: String,
    /// In one line.
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
    /// Ticked reasons; the officer who classifies the case confirms or adds them.
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
        let draft = draft.keep_to(kind);
        check_matter(&draft, kind, &mut errors);
        check_lengths(&draft, &mut errors);
        let submitter = contact::parse(&draft, &mut errors);
        let channel = parse_channel(&draft, &mut errors);
        errors.or(|| Self {
            kind,
            reasons: reasons(&draft, kind),
            unit: known_unit(&draft).map(str::to_owned),
            submitter,
            confidential: !draft.confidential.is_empty(),
            acknowledge: !draft.acknowledge.is_empty(),
            channel,
            key: draft.key.clone(),
            story: story(draft),
        })
    }
}

fn reasons(draft: &FeedbackDraft, kind: Kind) -> Vec<&'static Reason> {
    let ticked = |reason: &&Reason| draft.reasons.iter().any(|code| code == reason.code);
    kind.reasons().filter(ticked).collect()
}

/// The unit concerned; `None` if the submitter does not know it.
fn known_unit(draft: &FeedbackDraft) -> Option<&str> {
    Some(draft.unit.as_str()).filter(|unit| !unit.is_empty() && *unit != UNKNOWN_UNIT)
}

/// The facts the department's notice asks for by name: the matter, the unit or officer, the place,
/// which is the unit's own where nothing else is said.
fn check_matter(draft: &FeedbackDraft, kind: Kind, errors: &mut FieldErrors) {
    check_content(&draft.content, errors);
    if draft.unit.is_empty() && draft.officer.is_empty() && kind != Kind::Regulation {
        errors.add("don_vi", "Vui lòng chọn đơn vị, hoặc chọn “Tôi không rõ”.");
    }
    let place_is_known = !draft.place.is_empty() || known_unit(draft).is_some();
    if kind == Kind::Conduct && !place_is_known {
        errors.add(
            "dia_diem",
            "Vui lòng ghi nơi và lúc xảy ra, ví dụ: quầy số 3, sáng 12/11.",
        );
    }
    if kind == Kind::LateDossier && draft.promised_on.is_empty() && draft.filed_on.is_empty() {
        errors.add(
            "ngay_hen",
            "Vui lòng ghi ngày hẹn trả. Không được hẹn thì ghi ngày nộp, ở “Thêm chi tiết”.",
        );
    }
}

fn check_content(content: &str, errors: &mut FieldErrors) {
    let message = match content.chars().count() {
        n if n < *CONTENT.start() => "Nội dung cần ít nhất 20 ký tự. Vui lòng kể rõ hơn sự việc.",
        n if n > *CONTENT.end() => {
            "Nội dung dài quá 10.000 ký tự. Vui lòng rút gọn, hoặc gửi phần còn lại trong tệp \
             đính kèm."
        }
        _ => return,
    };
    errors.add("noi_dung", message);
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
        ("chuc_vu", &draft.position),
        ("dia_chi", &draft.address),
        ("lien_he", &draft.contact),
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
        // what is still wrong is mended first: it is read back as it will be kept
        if draft.read_back.is_empty() && errors.is_empty() {
            errors.add(
                "da_doc_lai",
                "Vui lòng đọc lại nội dung cho người phản ánh nghe rồi đánh dấu.",
            );
        }
    }
    channel
}

impl FeedbackDraft {
    /// Who speaks, as it is read aloud: caption and words.
    pub(super) fn who_speaks(self) -> Vec<(&'static str, String)> {
        if self.speaker == contact::NAMELESS {
            return vec![("Người gửi", "Không nêu tên".to_owned())];
        }
        vec![
            ("Họ và tên", self.name),
            ("Thay mặt", self.organisation),
            ("Chức vụ", self.position),
            ("Địa chỉ", self.address),
            ("Điện thoại hoặc email", self.contact),
        ]
    }

    /// The text and facts as they are kept.
    pub(super) fn into_story(self) -> FeedbackContent {
        let kind = Kind::from_code(&self.kind).unwrap_or(Kind::Conduct);
        story(self.keep_to(kind))
    }
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
        truth_version: draft.honest.parse().unwrap_or(0),
        consent_contact: false,
        consent_publish: false,
        reply_by: draft.reply_by,
    }
}
