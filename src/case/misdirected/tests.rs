use super::{OtherProcedure, recognise};
use crate::case::fold;
use proptest::prelude::*;

/// Sentence and code, `-` for ordinary feedback, in the order in which they were written. The
/// first, third, … were used to choose the signs; the second, fourth, … only to measure.
const LABELLED: &str = include_str!("labelled.csv");

/// Rows and columns of the confusion table.
const CODES: [&str; 5] = ["to_cao", "khieu_nai", "tranh_chap", "o_nhiem", "-"];

fn code_of(sentence: &str) -> &'static str {
    recognise(sentence).map_or("-", OtherProcedure::code)
}

fn labelled() -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(LABELLED.as_bytes());
    reader
        .deserialize()
        .map(|row| row.expect("a row of the labelled sentences"))
        .collect()
}

/// What is (rows) against what was recognised (columns).
fn confusion(sentences: &[&(String, String)]) -> [[usize; 5]; 5] {
    let place = |code: &str| {
        CODES
            .iter()
            .position(|known| *known == code)
            .expect("a known code")
    };
    let mut table = [[0; 5]; 5];
    for (sentence, code) in sentences {
        table[place(code)][place(code_of(sentence))] += 1;
    }
    table
}

/// Prints the table; returns the share recognised as what it is, and of ordinary sentences that
/// were flagged.
fn judge(name: &str, sentences: &[&(String, String)]) -> (f64, f64) {
    let table = confusion(sentences);
    let sum = |rows: &[[usize; 5]]| rows.iter().flatten().sum::<usize>() as f64;
    let right: usize = (0..4).map(|code| table[code][code]).sum();
    let recall = right as f64 / sum(&table[..4]);
    let flagged = 1.0 - table[4][4] as f64 / sum(&table[4..]);
    println!("{name}: recall {recall:.3}, ordinary sentences flagged {flagged:.3}");
    println!(
        "{:>11} {}",
        "",
        CODES.map(|code| format!("{code:>10}")).concat()
    );
    for (code, row) in CODES.iter().zip(table) {
        println!("{code:>11} {}", row.map(|n| format!("{n:>10}")).concat());
    }
    (recall, flagged)
}

#[test]
fn nine_in_ten_are_led_to_the_right_door_and_few_ordinary_ones_are_flagged() {
    let labelled = labelled();
    let half = |odd: usize| labelled.iter().skip(odd).step_by(2).collect::<Vec<_>>();
    let (tuning, test) = (half(0), half(1));
    let ordinary = test.iter().filter(|(_, code)| code == "-").count();
    assert!(labelled.len() >= 400 && ordinary * 5 >= test.len() * 2);
    judge("chosen from", &tuning);
    let (recall, flagged) = judge("measured on", &test);
    assert!(recall >= 0.9, "recall {recall:.3}");
    assert!(flagged <= 0.05, "flagged {flagged:.3}");
}

#[test]
fn no_sentence_is_measured_that_was_chosen_from() {
    let labelled = labelled();
    let folded = labelled.iter().map(|(sentence, _)| fold(sentence));
    let once: std::collections::BTreeSet<_> = folded.collect();
    assert_eq!(once.len(), labelled.len());
}

#[test]
fn plain_demands_and_wishes_are_understood() {
    for (code, sentence) in [
        ("to_cao", "Tôi muốn tố cáo ông A"),
        ("to_cao", "Tôi xin tố cáo một việc"),
        ("to_cao", "Cán bộ đòi 3 triệu"),
        ("to_cao", "Họ đòi thêm tiền"),
        ("to_cao", "Lên là bị vòi vĩnh"),
        ("to_cao", "Phải chung chi mới xong"),
        ("to_cao", "Có tiền bôi trơn thì mới được"),
        ("khieu_nai", "Tôi muốn khiếu nại"),
        ("tranh_chap", "Nhà bên lấn ranh"),
        ("tranh_chap", "Đất đang tranh chấp"),
        ("o_nhiem", "Trại heo hôi thối"),
        ("to_cao", "can bo dat dai doi tien nguoi dan"),
    ] {
        assert_eq!(code_of(sentence), code, "{sentence}");
    }
}

#[test]
fn words_that_only_look_alike_are_left_alone() {
    for sentence in [
        "cán bộ xã thái độ hách dịch",
        "can bo xa thai do hach dich",
        "tôi hỏi lô đất số 5",
        "chờ đợi tiến hành",
        "cho doi tien hanh thu tuc",
        "lên Văn phòng bị đuổi",
        "ở nhiệm kỳ trước",
        "xin giấy phép xả thải",
        "tạo cao ốc, tổ cao su",
        "tôi không tố cáo ai",
        "cán bộ không đòi tiền, chỉ làm chậm",
        "(Ghi nhận qua điện thoại) Sang nay toi den nop ho so, nguoi ngoi quay noi chuyen hach dich",
        "",
    ] {
        assert_eq!(code_of(sentence), "-", "{sentence}");
    }
}

#[test]
fn spelling_of_tones_and_of_i_and_y_makes_no_difference() {
    let composed = "Hộ giáp ranh lấn qua đất tôi, xã hòa giải không xong";
    let marks_apart: String = unicode_normalization::UnicodeNormalization::nfd(composed).collect();
    assert_eq!(code_of(&marks_apart), "tranh_chap");
    assert_eq!(
        code_of("đề nghị huỷ quyết định số 5"),
        code_of("đề nghị hủy quyết định số 5")
    );
    assert_eq!(code_of("họ kí giả tên tôi"), code_of("HỌ KÝ GIẢ TÊN TÔI"));
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC*|(đòi |tiền |không |# |ranh |xả |3 |\u{301}|\n|\\.){0,200}") {
        recognise(&text);
    }

    #[test]
    fn what_is_recognised_in_a_line_is_recognised_among_others(
        before in "[a-z ]{0,60}", after in "[a-zăâđêôơư ]{0,60}"
    ) {
        let text = format!("{before}\nCán bộ vòi vĩnh dân.\n{after}");
        prop_assert_eq!(code_of(&text), "to_cao");
    }
}
