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
        ("vu_viec", "Nộp hồ sơ tách thửa bị hẹn nhiều lần"),
        ("dia_diem", "Chi nhánh Ninh Kiều"),
        ("thoi_diem", "đầu tháng 11"),
        (
            "noi_dung",
            "Tôi đã đi lại bốn lần, lần nào cũng nói chờ thêm.",
        ),
        ("nguoi_gui", "ca_nhan"),
        ("ho_ten", "Trần Văn Mẫu"),
        ("dia_chi", "12 đường Số 3"),
        ("dien_thoai", "0900 000 123"),
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
    let empty = FeedbackDraft {
        kind: "hanh_vi".into(),
        ..FeedbackDraft::default()
    };
    assert_eq!(
        wrong(empty),
        [
            "ly_do",
            "vu_viec",
            "don_vi",
            "dia_diem",
            "thoi_diem",
            "noi_dung",
            "nguoi_gui",
            "cam_ket"
        ],
        "in the order of the page"
    );
}

#[test]
fn without_a_name_it_is_a_lead_and_not_an_error() {
    let draft = FeedbackDraft {
        speaker: "khong_neu_ten".into(),
        name: String::new(),
        phone: String::new(),
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
fn reasons_of_another_card_do_not_count() {
    let draft = FeedbackDraft {
        kind: Kind::Regulation.code().into(),
        ..complete()
    };
    assert_eq!(wrong(draft), ["ly_do"]);
}

#[test]
fn an_officers_entry_names_the_call_and_was_read_back() {
    let draft = FeedbackDraft {
        channel: "dien_thoai".into(),
        honest: String::new(),
        ..complete()
    };
    assert_eq!(wrong(draft), ["luc_goi", "da_doc_lai"]);
}

proptest! {
    #[test]
    fn whatever_is_typed_the_rules_answer_and_never_accept_what_is_out_of_bounds(
        content in ".{0,60}",
        title in ".{0,250}",
        phone in ".{0,20}",
    ) {
        let draft = FeedbackDraft { content: content.clone(), title: title.clone(), phone, ..complete() };
        if let Ok(feedback) = NewFeedback::try_from(draft) {
            prop_assert!((20..=10_000).contains(&content.chars().count()));
            prop_assert!((1..=200).contains(&title.chars().count()));
            let phone = feedback.submitter.map(|s| s.phone).unwrap_or_default();
            prop_assert!(phone.chars().all(|c| c.is_ascii_digit() || c == '+'));
        }
    }
}
