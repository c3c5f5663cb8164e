//! The rules of the form, as a submitter meets them.

use super::form::{FeedbackDraft, NewFeedback};
use crate::case::{Channel, Kind};
use proptest::prelude::*;

fn complete() -> FeedbackDraft {
    FeedbackDraft::from_pairs([
        ("loai", "hanh_vi"),
        ("ly_do", "HV_CHAM_TRE"),
        ("ly_do", "HV_LONG_VONG"),
        ("don_vi", "khong-ro"),
        ("dia_diem", "Chi nhánh Ninh Kiều, đầu tháng 11"),
        (
            "noi_dung",
            "Tôi đã đi lại bốn lần, lần nào cũng nói chờ thêm.",
        ),
        ("ho_ten", "Trần Văn Mẫu"),
        ("dia_chi", "12 đường Số 3"),
        ("lien_he", "0900 000 123"),
        ("cam_ket", "1"),
    ])
}

fn wrong(draft: FeedbackDraft) -> Vec<String> {
    NewFeedback::try_from(draft)
        .err()
        .map(|errors| errors.all().iter().map(|(name, _)| name.clone()).collect())
        .unwrap_or_default()
}

#[test]
fn a_complete_form_is_accepted_with_every_reason_and_an_unknown_unit() {
    let feedback = NewFeedback::try_from(complete()).ok().unwrap();
    assert_eq!(
        feedback.reasons.iter().map(|r| r.code).collect::<Vec<_>>(),
        ["HV_CHAM_TRE", "HV_LONG_VONG"]
    );
    assert_eq!(
        (
            feedback.unit,
            feedback.channel,
            feedback.submitter.unwrap().phone.as_str()
        ),
        (None, Channel::Online, "0900000123")
    );
}

#[test]
fn the_facts_the_notice_asks_for_are_missed_by_name() {
    let empty = |kind: Kind| FeedbackDraft {
        kind: kind.code().to_owned(),
        ..FeedbackDraft::default()
    };
    assert_eq!(
        wrong(empty(Kind::Conduct)),
        ["noi_dung", "don_vi", "dia_diem", "ho_ten", "dia_chi"],
        "in the order of the page"
    );
    assert_eq!(
        wrong(empty(Kind::Regulation)),
        ["noi_dung", "ho_ten", "dia_chi"]
    );
    let late = ["noi_dung", "don_vi", "ngay_hen", "ho_ten", "dia_chi"];
    assert_eq!(wrong(empty(Kind::LateDossier)), late);
}

#[test]
fn a_unit_or_a_person_is_enough_and_a_known_unit_is_a_place() {
    let at_the_branch = FeedbackDraft {
        unit: "cn-ninh-kieu".into(),
        place: String::new(),
        ..complete()
    };
    assert_eq!(wrong(at_the_branch.clone()), [""; 0]);
    let somebody = FeedbackDraft {
        unit: String::new(),
        officer: "người ở quầy 3".into(),
        ..at_the_branch
    };
    assert_eq!(
        wrong(somebody),
        ["dia_diem"],
        "of a person the place is asked"
    );
}

#[test]
fn one_line_takes_a_telephone_number_or_a_mail_address() {
    let reached = |contact: &str| {
        let draft = FeedbackDraft {
            contact: contact.into(),
            ..complete()
        };
        let submitter = NewFeedback::try_from(draft).ok()?.submitter?;
        Some((submitter.phone, submitter.email))
    };
    let both = |phone: &str, email: &str| Some((phone.to_owned(), email.to_owned()));
    assert_eq!(reached("+84 900 000 123"), both("0900000123", ""));
    assert_eq!(reached("ba.mau@example.vn"), both("", "ba.mau@example.vn"));
    assert_eq!(reached(""), both("", ""));
    assert_eq!(reached("gọi sau"), None);
    assert_eq!(reached("ba.mau@"), None);
}

#[test]
fn who_names_an_organisation_speaks_for_it() {
    let draft = FeedbackDraft {
        organisation: "Công ty Ví Dụ".into(),
        position: "Giám đốc".into(),
        ..complete()
    };
    let submitter = NewFeedback::try_from(draft)
        .ok()
        .unwrap()
        .submitter
        .unwrap();
    assert_eq!(submitter.name, "Công ty Ví Dụ");
    assert_eq!(submitter.representative, "Trần Văn Mẫu, Giám đốc");
}

#[test]
fn without_a_name_it_is_a_lead_and_not_an_error() {
    let draft = FeedbackDraft {
        speaker: "khong_neu_ten".into(),
        name: String::new(),
        contact: String::new(),
        address: String::new(),
        ..complete()
    };
    assert!(
        NewFeedback::try_from(draft)
            .ok()
            .unwrap()
            .submitter
            .is_none()
    );
    let forgotten = FeedbackDraft {
        name: String::new(),
        ..complete()
    };
    assert_eq!(wrong(forgotten), ["ho_ten"]);
}

#[test]
fn what_belongs_to_another_card_is_not_kept() {
    let draft = FeedbackDraft {
        kind: Kind::Regulation.code().into(),
        promised_on: "2026-11-02".into(),
        rule_name: "Quyết định 19".into(),
        ..complete()
    };
    let feedback = NewFeedback::try_from(draft).ok().unwrap();
    assert!(feedback.reasons.is_empty());
    assert_eq!(feedback.story.promised_on, "");
    assert_eq!(feedback.story.rule_name, "Quyết định 19");
}

#[test]
fn an_officers_entry_names_the_call_and_was_read_back() {
    let draft = FeedbackDraft {
        channel: "dien_thoai".into(),
        ..complete()
    };
    assert_eq!(
        wrong(draft.clone()),
        ["luc_goi"],
        "the rest is mended first"
    );
    let timed = FeedbackDraft {
        call_time: "2026-11-23T08:40".into(),
        ..draft
    };
    assert_eq!(wrong(timed), ["da_doc_lai"]);
}

proptest! {
    #[test]
    fn whatever_is_typed_the_rules_answer_and_never_accept_what_is_out_of_bounds(
        content in ".{0,60}",
        title in ".{0,250}",
        phone in ".{0,20}",
    ) {
        let draft = FeedbackDraft { content: content.clone(), title: title.clone(), contact: phone, ..complete() };
        if let Ok(feedback) = NewFeedback::try_from(draft) {
            prop_assert!((20..=10_000).contains(&content.chars().count()));
            prop_assert!(title.chars().count() <= 200);
            let phone = feedback.submitter.map(|s| s.phone).unwrap_or_default();
            prop_assert!(phone.chars().all(|c| c.is_ascii_digit() || c == '+'));
        }
    }
}
