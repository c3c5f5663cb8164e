//! Receipt codes and case numbers: what one slip of the finger may do.

use crate::case::{CaseNumber, ReceiptCode, ReceiptCodeError};
use proptest::prelude::*;

fn swapped(digits: &str, at: usize) -> String {
    let mut bytes = digits.as_bytes().to_vec();
    bytes.swap(at, at + 1);
    String::from_utf8(bytes).unwrap()
}

fn replaced(digits: &str, at: usize, by: char) -> String {
    digits
        .char_indices()
        .map(|(i, c)| if i == at { by } else { c })
        .collect()
}

#[test]
fn debug_shows_nothing_of_a_receipt_code() {
    let code = ReceiptCode::from_random(12_345_678_901_234_567_890);
    assert_eq!(format!("{code:?}"), "ReceiptCode(…)");
}

#[test]
fn what_is_no_receipt_code_is_told_apart() {
    assert_eq!(ReceiptCode::parse(""), Err(ReceiptCodeError::Length(0)));
    assert_eq!(
        ReceiptCode::parse("1234 5678"),
        Err(ReceiptCodeError::Length(8))
    );
    assert_eq!(
        ReceiptCode::parse("PA26-7K3M9Q-X"),
        Err(ReceiptCodeError::NotDigits)
    );
    assert_eq!(
        ReceiptCode::parse(&"0".repeat(21)),
        Err(ReceiptCodeError::Length(21))
    );
    assert_eq!(
        ReceiptCode::parse("0000 0000 0000 0000 0001"),
        Err(ReceiptCodeError::CheckDigit)
    );
}

#[test]
fn a_receipt_code_is_five_groups_of_four() {
    let printed = ReceiptCode::from_random(42).to_string();
    let groups: Vec<usize> = printed.split(' ').map(str::len).collect();
    assert_eq!(groups, [4; 5]);
}

#[test]
fn letters_that_look_like_digits_are_read_as_digits() {
    let number = CaseNumber::from_random(2026, 1);
    let spoken = number
        .as_str()
        .replace('0', "O")
        .replace('1', "l")
        .replace('-', " ");
    assert_eq!(CaseNumber::parse(&spoken), Some(number.clone()));
    assert_eq!(
        CaseNumber::parse(&number.as_str().to_lowercase().replace('1', "i")),
        Some(number)
    );
}

#[test]
fn what_is_no_case_number_is_refused() {
    for written in [
        "",
        "PA",
        "PA26",
        "PA26-7K3M9Q",
        "HS26-7K3M9Q-X",
        "PA26-7K3M9Q-XX",
        "PAXY-7K3M9Q-X",
        "PA26-7K3M9U-X",
        "phản ánh",
    ] {
        assert_eq!(CaseNumber::parse(written), None, "{written}");
    }
}

proptest! {
    #[test]
    fn a_receipt_code_survives_being_written_down(bits: u128) {
        let code = ReceiptCode::from_random(bits);
        prop_assert_eq!(ReceiptCode::parse(&code.to_string()), Ok(code.clone()));
        prop_assert_eq!(ReceiptCode::parse(&code.digits()), Ok(code.clone()));
        prop_assert_eq!(ReceiptCode::parse(&format!("\t{} ", code.to_string().replace(' ', "-"))), Ok(code));
    }

    #[test]
    fn every_wrong_digit_and_every_swap_is_found(bits: u128) {
        let digits = ReceiptCode::from_random(bits).digits();
        for (at, right) in digits.char_indices() {
            for by in ('0'..='9').filter(|by| *by != right) {
                let parsed = ReceiptCode::parse(&replaced(&digits, at, by));
                prop_assert_eq!(parsed, Err(ReceiptCodeError::CheckDigit));
            }
        }
        for at in 0..19 {
            let swapped = swapped(&digits, at);
            if swapped != digits {
                prop_assert_eq!(ReceiptCode::parse(&swapped), Err(ReceiptCodeError::CheckDigit));
            }
        }
    }

    #[test]
    fn a_case_number_survives_being_written_down(year in 2000u16..2100, bits: u32) {
        let number = CaseNumber::from_random(year, bits);
        prop_assert_eq!(CaseNumber::parse(number.as_str()), Some(number.clone()));
        prop_assert_eq!(CaseNumber::parse(&number.as_str().to_lowercase().replace('-', "")), Some(number));
    }

    #[test]
    fn every_wrong_letter_and_every_swap_in_a_case_number_is_found(year in 2000u16..2100, bits: u32) {
        let number = CaseNumber::from_random(year, bits).as_str().replace('-', "");
        for (at, right) in number.char_indices().skip(2) {
            for by in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|by| *by != right) {
                prop_assert_eq!(CaseNumber::parse(&replaced(&number, at, by)), None);
            }
        }
        for at in 2..10 {
            let swapped = swapped(&number, at);
            if swapped != number {
                prop_assert_eq!(CaseNumber::parse(&swapped), None);
            }
        }
    }

    #[test]
    fn reading_never_fails_on_anything_typed(typed in ".{0,80}") {
        let _ = ReceiptCode::parse(&typed);
        let _ = CaseNumber::parse(&typed);
    }
}
