//! The pure rules of following a case.

use super::{
    form,
    ssr::{
        throttle::{Delays, delays_of, network},
        words::{self, StatusSentence},
    },
};
use crate::{
    case::{Rating, ReceiptCode, Status},
    rights::Role,
};
use proptest::prelude::*;
use std::time::Duration;
use time::macros::date;

fn standing(status: Status) -> StatusSentence {
    StatusSentence {
        status,
        due_on: Some(date!(2026 - 12 - 07)),
        supplement_by: None,
        answered_on: None,
        is_lead: false,
        today: date!(2026 - 11 - 24),
    }
}

proptest! {
    #[test]
    fn a_wrong_digit_or_a_swap_is_told_before_anybody_is_asked(bits: u128, at in 0usize..20, by in 1u8..10) {
        let code = ReceiptCode::from_random(bits).digits();
        prop_assert!(form::read_code(&code).is_ok());
        let mut wrong = code.clone().into_bytes();
        wrong[at] = b'0' + (wrong[at] - b'0' + by) % 10;
        let wrong: String = wrong.into_iter().map(char::from).collect();
        let message = form::read_code(&wrong).unwrap_err().get("ma").unwrap().to_owned();
        prop_assert!(message.contains("một chữ số bị sai hoặc hai chữ số cạnh nhau bị đổi chỗ"));
        prop_assert!(!message.contains(&wrong));
    }

    #[test]
    fn a_message_within_the_limit_is_taken_as_it_is(text in "[a-zđế\n]{1,200}") {
        prop_assert_eq!(form::read_message(&text, 0), Ok(text));
    }

    #[test]
    fn no_wait_is_longer_than_five_seconds(code: i32, address: i32, everybody: i32) {
        let Delays { own, common } = delays_of(code, address, everybody);
        prop_assert!(own + common <= Duration::from_secs(5));
    }
}

#[test]
fn a_code_says_what_is_wrong_with_it() {
    let said = |typed| {
        form::read_code(typed)
            .unwrap_err()
            .get("ma")
            .unwrap()
            .to_owned()
    };
    assert!(said("").contains("Vui lòng nhập mã tra cứu"));
    assert!(said("1234 5678").contains("Ông/Bà đã nhập 8 chữ số"));
    assert!(said("PA26-7K3M9Q-X").contains("chỉ gồm chữ số"));
}

#[test]
fn nothing_is_said_while_a_code_is_still_being_typed() {
    assert_eq!(form::typing_fault(""), None);
    assert_eq!(form::typing_fault("1234 5678 9012"), None);
    assert!(form::typing_fault("1234a").is_some());
    let code = ReceiptCode::from_random(7).to_string();
    assert_eq!(form::typing_fault(&code), None);
    assert!(form::typing_fault(&format!("{code}1")).is_some());
}

#[test]
fn a_message_needs_words_or_a_file_and_has_a_limit() {
    assert!(
        form::read_message("", 0)
            .unwrap_err()
            .get("tin_nhan")
            .is_some()
    );
    assert_eq!(form::read_message("", 1), Ok(String::new()));
    assert!(form::read_message(&"ế".repeat(5000), 0).is_ok());
    assert!(form::read_message(&"ế".repeat(5001), 0).is_err());
}

#[test]
fn a_reason_has_ten_characters_and_a_rating_four_levels() {
    assert!(form::read_reason("chưa đúng").is_err());
    assert!(form::read_reason("chưa đúng.").is_ok());
    assert_eq!(form::read_rating("4"), Ok(Rating::NotSatisfied));
    for wrong in ["", "0", "5", "hai"] {
        assert!(form::read_rating(wrong).unwrap_err().get("muc").is_some());
    }
}

#[test]
fn only_known_words_are_said() {
    assert_eq!(form::done_message("<b>"), None);
}

#[test]
fn the_sentence_says_where_the_case_stands_and_by_when() {
    assert_eq!(
        words::sentence(&standing(Status::Verifying)),
        "Đang xác minh. Sở trả lời chậm nhất thứ Hai 07/12/2026."
    );
    let late = StatusSentence {
        today: date!(2026 - 12 - 08),
        ..standing(Status::AwaitingApproval)
    };
    assert!(words::sentence(&late).contains("chân thành xin lỗi"));
    let lead = StatusSentence {
        due_on: None,
        is_lead: true,
        ..standing(Status::Received)
    };
    assert!(words::sentence(&lead).contains("không tính thời hạn"));
    let asked = StatusSentence {
        supplement_by: Some(date!(2026 - 12 - 01)),
        ..standing(Status::AwaitingInfo)
    };
    assert_eq!(
        words::sentence(&asked),
        "Cần Ông/Bà bổ sung thông tin. Vui lòng gửi chậm nhất thứ Ba 01/12/2026. Thời hạn trả \
         lời tạm dừng trong lúc chờ."
    );
    let answered = StatusSentence {
        answered_on: Some(date!(2026 - 12 - 02)),
        ..standing(Status::Answered)
    };
    assert_eq!(
        words::sentence(&answered),
        "Đã trả lời vào thứ Tư 02/12/2026."
    );
}

#[test]
fn every_status_has_a_sentence_that_ends() {
    for status in Status::ALL {
        for due_on in [None, Some(date!(2026 - 12 - 07))] {
            let sentence = words::sentence(&StatusSentence {
                due_on,
                ..standing(*status)
            });
            assert!(
                sentence.starts_with(status.public_label()) && sentence.ends_with('.'),
                "{sentence}"
            );
        }
    }
}

#[test]
fn staff_appear_by_role_and_never_otherwise() {
    assert_eq!(
        words::actor(true, Some(Role::Office)),
        "Văn phòng Sở – đầu mối phản ánh"
    );
    assert_eq!(words::actor(true, None), "Sở");
    assert_eq!(words::actor(false, None), "");
}

#[test]
fn guessing_slows_wrong_codes_of_everybody_and_one_mistake_slows_nobody() {
    let longest = Duration::from_secs(5);
    assert_eq!(delays_of(1, 1, 99), Delays::default());
    let neighbour = delays_of(0, 12, 12);
    assert!(!neighbour.own.is_zero() && neighbour.common.is_zero());
    let stranger = delays_of(0, 0, 100_000);
    assert_eq!((stranger.own, stranger.common), (Duration::ZERO, longest));
}

#[test]
fn one_network_is_one_bucket() {
    let of = |address: &str| network(address.parse().ok());
    assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
    assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
    assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
}
