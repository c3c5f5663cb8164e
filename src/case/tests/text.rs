//! Vietnamese text: two ways to write one word meet; cleaning is done once.

use crate::case::{FeedbackContent, MATTER, first_line, fold, group_digits, normalise};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

#[test]
fn composed_and_decomposed_text_fold_alike() {
    for text in [
        "Sở Nông nghiệp và Môi trường",
        "Phường Bình Thủy",
        "Quyền lợi ưu đãi",
        "ĐƯỜNG ĐỀ THÁM",
        "Nguyễn Văn Cừ, số 12/3",
    ] {
        let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
        assert_ne!(nfc, nfd);
        assert_eq!(fold(&nfc), fold(&nfd));
    }
    assert_eq!(
        fold("Phường Bình Thủy, Cần Thơ"),
        "phuong binh thuy can tho"
    );
}

#[test]
fn old_and_new_tone_marks_fold_alike() {
    for (old, new) in [
        ("Bình Thuỷ", "Bình Thủy"),
        ("hoà", "hòa"),
        ("Hoả Lựu", "Hỏa Lựu"),
        ("khoẻ", "khỏe"),
        ("uỷ ban", "ủy ban"),
    ] {
        assert_eq!(fold(old), fold(new));
    }
}

#[test]
fn a_matter_is_the_title_or_else_how_the_story_begins() {
    let told = |title: &str, content: &str| {
        let told = FeedbackContent {
            title: title.to_owned(),
            content: content.to_owned(),
            ..FeedbackContent::default()
        };
        told.matter()
    };
    assert_eq!(
        told("Hẹn lại nhiều lần", "Tôi nộp hồ sơ."),
        "Hẹn lại nhiều lần"
    );
    assert_eq!(told(" ", "\n  Tôi nộp hồ sơ.\nSau đó"), "Tôi nộp hồ sơ");
    assert_eq!(told("", ""), "");
}

#[test]
fn a_long_line_ends_with_a_whole_word() {
    assert_eq!(first_line("Hẹn lại, nhiều lần", 10), "Hẹn lại…");
    assert_eq!(first_line("khôngcódấucách", 5), "khôn…");
}

#[test]
fn every_vietnamese_letter_has_a_base() {
    for vowel in ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"] {
        for tone in ["", "\u{300}", "\u{301}", "\u{309}", "\u{303}", "\u{323}"] {
            let letter: String = format!("{vowel}{tone}").nfc().collect();
            let folded = fold(&letter.to_uppercase());
            assert!(
                folded.len() == 1 && folded.is_ascii(),
                "{letter} folds to {folded:?}"
            );
        }
    }
    assert_eq!(fold("Đ đ Ð ð"), "d d d d");
}

#[test]
fn folding_keeps_words_apart() {
    assert_eq!(fold("  “Cò” giấy tờ – môi/giới…  "), "co giay to moi gioi");
    assert_eq!(fold("😀"), "");
}

#[test]
fn normalising_cleans_what_hides_and_keeps_what_is_meant() {
    assert_eq!(
        normalise(" dòng một\r\ndòng hai\rdòng ba \u{a0}"),
        "dòng một\ndòng hai\ndòng ba"
    );
    assert_eq!(
        normalise("a\u{202e}b\u{200b}c\u{feff}\u{61c}\u{0}d"),
        "abcd"
    );
    assert_eq!(normalise("ÐƯỜNG ðất"), "ĐƯỜNG đất");
    assert_eq!(
        normalise("👨\u{200d}👩\u{200d}👧 cột\tcột"),
        "👨\u{200d}👩\u{200d}👧 cột\tcột"
    );
}

#[test]
fn digits_stand_in_groups_of_four() {
    assert_eq!(group_digits("12345678"), "1234 5678");
    assert_eq!(group_digits("123456"), "1234 56");
    assert_eq!(group_digits(""), "");
}

proptest! {
    #[test]
    fn a_first_line_is_one_line_and_never_too_long(text in "\\PC{0,300}") {
        let line = first_line(&text, MATTER);
        prop_assert!(line.chars().count() <= MATTER && !line.contains('\n'));
    }

    #[test]
    fn folding_twice_is_folding_once(text in "\\PC{0,60}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert!(once.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == ' '));
        prop_assert!(!once.starts_with(' ') && !once.ends_with(' ') && !once.contains("  "));
    }

    #[test]
    fn normalising_twice_is_normalising_once(text: String) {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once);
    }
}
