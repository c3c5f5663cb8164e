//! The answer as a text: what it begins with, and what must not go out with it.

use super::action_form::required_text;
use crate::{case::Finding, casework::case_page::CaseFile, error::FieldErrors};

/// The field of the answer.
pub const REPLY: &str = "reply";

/// The draft before, or else the usual shape (docs/law.md) with what was concluded, and a place that
/// somebody has to fill in.
pub fn drafted(file: &CaseFile) -> String {
    if !file.letter.text.is_empty() {
        return file.letter.text.clone();
    }
    let finding = file.finding.map_or("[nêu kết luận…]", Finding::label);
    let measures = match file.measures.as_str() {
        "" => "[nêu việc đã kiểm tra, xác minh…]",
        measures => measures,
    };
    format!(
        "Kính gửi Ông/Bà,
Sở đã nhận được phản ánh của Ông/Bà. Qua kiểm tra, xác minh, Sở xin trả lời như sau:
1. Kết luận: {finding}. {measures}
2. [nêu việc Sở làm tiếp và thời hạn…]
Sở cảm ơn Ông/Bà đã phản ánh và mong tiếp tục nhận được ý kiến góp ý. Trân trọng."
    )
}

/// Reads an answer that is to go out.
///
/// # Errors
/// At [`REPLY`] if it is empty, too long, or not finished.
pub fn parse(typed: &str) -> Result<String, FieldErrors> {
    let text = required_text(REPLY, typed, "Vui lòng soạn nội dung trả lời.")?;
    match unfinished(&text) {
        Some(why) => Err(FieldErrors::at(REPLY, &why)),
        None => Ok(text),
    }
}

/// What of an answer is still to be written: a place in brackets with "…", or a numbered line
/// without words.
pub fn unfinished(text: &str) -> Option<String> {
    let place = text.lines().find_map(placeholder);
    let place = place.map(|place| format!("Còn chỗ chưa điền: {place}."));
    place.or_else(|| {
        let empty = text.lines().find(|line| is_bare_number(line))?;
        let number = empty.trim();
        Some(format!(
            "Dòng “{number}” chưa có nội dung: vui lòng viết tiếp hoặc bỏ dòng này."
        ))
    })
}

/// The first place of a line that waits for words: "[…]", "[nêu thời hạn…]".
fn placeholder(line: &str) -> Option<&str> {
    let mut rest = line;
    while let Some(open) = rest.find('[') {
        let from = &rest[open..];
        let close = from.find(']')?;
        let place = &from[..=close];
        let inside = place[1..close].trim();
        if inside.is_empty() || inside.contains('…') || inside.contains("...") {
            return Some(place);
        }
        rest = &from[close..];
    }
    None
}

/// "2." or "b)" and nothing after it.
fn is_bare_number(line: &str) -> bool {
    let line = line.trim();
    let number = line
        .strip_suffix(['.', ')', '/'])
        .or_else(|| line.strip_suffix('-'));
    number.is_some_and(|number| {
        let is_letter = number.len() == 1 && number.chars().all(char::is_alphabetic);
        !number.is_empty() && (is_letter || number.chars().all(|c| c.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_answer_with_an_open_place_or_an_empty_line_does_not_go_out() {
        for unfinished in [
            "1. Đã kiểm tra.\n2. ",
            "1. \n2. Đã nhắc nhở.",
            "Sở trả lời: [nêu thời hạn…]",
            "Sở trả lời: [...] và [1]",
            "a)\nb) Đã xong.",
            "[ ]",
        ] {
            assert!(parse(unfinished).is_err(), "{unfinished}");
        }
        for whole in [
            "1. Đã kiểm tra.\n2. Đã nhắc nhở.",
            "Theo Thông tư [1] và mục [a], Sở trả lời.",
            "Hạn trả: 30/11/2026.\n2026.\n".trim_end_matches("2026.\n"),
            "Kính gửi Ông/Bà.",
        ] {
            assert_eq!(parse(whole).as_deref(), Ok(whole.trim()), "{whole}");
        }
    }

    proptest! {
        #[test]
        fn no_text_with_an_open_place_is_taken(before in "\\PC{0,30}", inside in "[a-zà-ỹ ]{0,12}") {
            let text = format!("{before}\n[{inside}…] xong.");
            prop_assert!(parse(&text).is_err());
        }
    }
}
