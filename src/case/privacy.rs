//! A story on its way to an extract: what could tell who spoke is covered, and the officer decides
//! what to write instead. A help and no wall: it finds what looks like a name, a number or an e-mail
//! address, and nothing that is told in other words.

use std::ops::Range;

/// What stands for a name.
const NAME: &str = "[tên]";
/// What stands for a number.
const NUMBER: &str = "[số]";
/// What stands for where somebody lives.
const DWELLING: &str = "[địa chỉ]";
/// Words of an address after which a number or a name follows.
const WAYS: &[&str] = &["hẻm", "ngõ", "kiệt", "đường", "phố", "ấp", "tổ", "khu"];
/// What stands for an e-mail address.
const ADDRESS: &str = "[email]";
/// Digits of a number that may be somebody's: a telephone, a dossier, a plot.
const LONG_NUMBER: usize = 6;
/// Words after which a name follows.
const BEFORE_NAME: &[&str] = &[
    "tôi tên",
    "tên tôi",
    "tên là",
    "tôi là",
    "em là",
    "con là",
    "cháu là",
    "ông",
    "bà",
    "anh",
    "chị",
    "cô",
    "chú",
    "bác",
    "vợ tôi",
    "chồng tôi",
    "mẹ tôi",
    "cha tôi",
    "ba tôi",
];

/// The text with names, long numbers and e-mail addresses covered.
///
/// A name is two or more capitalised words of letters, or one such word after a form of address; a
/// word that only begins a sentence is none.
pub fn cover_private(text: &str) -> String {
    let words = words(text);
    let mut covered = String::with_capacity(text.len());
    let (mut written, mut at) = (0, 0);
    while at < words.len() {
        let Some((length, cover)) = private(text, &words, at) else {
            at += 1;
            continue;
        };
        covered.push_str(&text[written..words[at].start]);
        covered.push_str(cover);
        written = words[at + length - 1].end;
        at += length;
    }
    covered.push_str(&text[written..]);
    covered
}

/// How many words from `at` on could tell who spoke, and what stands for them.
fn private(text: &str, words: &[Range<usize>], at: usize) -> Option<(usize, &'static str)> {
    if text[words[at].clone()].contains('@') {
        return Some((1, ADDRESS));
    }
    if let Some(length) = dwelling(text, words, at) {
        return Some((length, DWELLING));
    }
    let number = number(text, words, at).map(|length| (length, NUMBER));
    number.or_else(|| Some((name(text, words, at)?, NAME)))
}

/// Where somebody lives: "số 12 hẻm 5 đường Hòa Bình", "nhà số 7", "hẻm 14". A street alone is none:
/// offices stand in streets too.
fn dwelling(text: &str, words: &[Range<usize>], at: usize) -> Option<usize> {
    let word = |at: usize| text.get(words.get(at)?.clone());
    let is = |at: usize, wanted: &str| word(at).is_some_and(|word| word.to_lowercase() == wanted);
    let is_number =
        |at| word(at).is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let is_way = |at| WAYS.iter().any(|way| is(at, way));
    let is_name = |at| word(at).is_some_and(|word| word.starts_with(char::is_uppercase));
    let mut next = at;
    while is(next, "số") || is(next, "nhà") {
        next += 1;
    }
    let mut is_told = next - at == 2;
    let alley = ["hẻm", "ngõ", "kiệt"].iter().any(|way| is(next, way));
    if next == at && !(alley && is_number(at + 1)) || next > at && !is_number(next) {
        return None;
    }
    if is_number(next) {
        next += 1;
    }
    while is_way(next) {
        let after = next + 1 + usize::from(is(next + 1, "vực"));
        let length = (after..)
            .take_while(|at| is_number(*at) || is_name(*at))
            .count();
        if length == 0 {
            break;
        }
        (is_told, next) = (true, after + length);
    }
    is_told.then_some(next - at)
}

/// A number that is long once its groups are read together: "0912 345 678".
fn number(text: &str, words: &[Range<usize>], at: usize) -> Option<usize> {
    let is_group = |word: &&Range<usize>| {
        let word = &text[(*word).clone()];
        let digits = word.chars().filter(char::is_ascii_digit).count();
        digits > 0
            && word
                .chars()
                .all(|c| c.is_ascii_digit() || ".-+/".contains(c))
    };
    let groups = words[at..].iter().take_while(is_group);
    let groups: Vec<_> = groups.collect();
    let is_date = |word: &Range<usize>| text[word.clone()].contains('/');
    let digits = groups.iter().flat_map(|word| text[(*word).clone()].chars());
    let long = digits.filter(char::is_ascii_digit).count() >= LONG_NUMBER;
    let (first, count) = (groups.first()?, groups.len());
    (long && !is_date(first)).then_some(count)
}

/// A name: as many capitalised words as follow each other, if they are more than the beginning of
/// a sentence.
fn name(text: &str, words: &[Range<usize>], at: usize) -> Option<usize> {
    let is_name = |word: &Range<usize>| {
        let mut letters = text[word.clone()].chars();
        let first = letters.next().is_some_and(char::is_uppercase);
        let mut rest = letters.clone();
        first && letters.next().is_some_and(char::is_lowercase) && rest.all(char::is_alphabetic)
    };
    let mut length = 0;
    for (index, word) in words[at..].iter().enumerate() {
        let after = index == 0 || is_joined(text, &words[at + index - 1], word);
        if !after || !is_name(word) {
            break;
        }
        length += 1;
    }
    let addressed = BEFORE_NAME
        .iter()
        .any(|before| follows(text, words, at, before));
    let before = at
        .checked_sub(1)
        .map(|at| text[words[at].clone()].to_lowercase());
    let is_place = before.is_some_and(|before| BEFORE_PLACE.contains(&before.as_str()));
    let is_institution = PLACES.contains(&text.get(words[at].clone())?.to_lowercase().as_str());
    match length {
        0 => None,
        _ if is_institution || is_place => None,
        1 if !addressed => None,
        2 if !addressed && begins_sentence(text, &words[at]) => None,
        _ => Some(length),
    }
}

/// First words of offices and places: their names tell nobody's.
const PLACES: &[&str] = &[
    "sở",
    "văn",
    "chi",
    "ủy",
    "phòng",
    "bộ",
    "trung",
    "quận",
    "phường",
    "thành",
    "thanh",
    "cần",
    "nhà",
    "luật",
    "nghị",
    "quyết",
    "thông",
    "giấy",
    "một",
    "tổ",
    "cổng",
    "việt",
    "công",
];

/// Words after which the name of a place follows.
const BEFORE_PLACE: &[&str] = &[
    "nhánh",
    "quận",
    "phường",
    "xã",
    "huyện",
    "đường",
    "phố",
    "tỉnh",
    "ấp",
    "chợ",
    "đai",
    "khu",
];

/// Whether nothing but blanks stands between two words.
fn is_joined(text: &str, before: &Range<usize>, word: &Range<usize>) -> bool {
    let between = &text[before.end..word.start];
    !between.is_empty() && between.chars().all(|c| c == ' ')
}

/// Whether the words before `at` are `before`.
fn follows(text: &str, words: &[Range<usize>], at: usize, before: &str) -> bool {
    let wanted: Vec<&str> = before.split(' ').collect();
    let Some(from) = at.checked_sub(wanted.len()) else {
        return false;
    };
    let found = words[from..at].iter();
    let same =
        |(word, wanted): (&Range<usize>, &&str)| text[word.clone()].to_lowercase() == **wanted;
    found.zip(&wanted).all(same) && is_joined(text, &words[at - 1], &words[at])
}

fn begins_sentence(text: &str, word: &Range<usize>) -> bool {
    let before = text[..word.start].trim_end_matches([' ', '"', '“', '-', '(']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '\n'])
}

/// Where the words of a text are: letters and digits, and the signs inside numbers and addresses.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric() || "@._-+/".contains(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(trimmed(text, from..at));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| trimmed(text, from..text.len())));
    words.retain(|word| !word.is_empty());
    words
}

/// Without the signs at both ends, which belong to the sentence.
fn trimmed(text: &str, word: Range<usize>) -> Range<usize> {
    let is_sign = |c: char| !c.is_alphanumeric() && c != '+';
    let inside = &text[word.clone()];
    let from = word.start + (inside.len() - inside.trim_start_matches(is_sign).len());
    let until = word.end - (inside.len() - inside.trim_end_matches(is_sign).len());
    from..until.max(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_and_addresses_are_covered() {
        for (told, covered) in [
            (
                "Tôi tên Trần Thị Mẫu, số 0912 345 678.",
                "Tôi tên [tên], số [số].",
            ),
            (
                "Hồ sơ 000123456 của bà Lan bị trả lại.",
                "Hồ sơ [số] của bà [tên] bị trả lại.",
            ),
            ("Viết cho tôi: mau.tran@vidu.vn.", "Viết cho tôi: [email]."),
            (
                "Con tôi là Nguyễn Văn Ví Dụ đi nộp, +84912345678",
                "Con tôi là [tên] đi nộp, [số]",
            ),
            (
                "Tôi ở số 12 hẻm 5 đường Hòa Bình, bị quát.",
                "Tôi ở [địa chỉ], bị quát.",
            ),
            (
                "Nhà số 7, hẻm 14, khu vực 3: chưa có giấy.",
                "[địa chỉ]: chưa có giấy.",
            ),
        ] {
            assert_eq!(cover_private(told), covered);
        }
    }

    #[test]
    fn what_tells_nobody_stays() {
        for told in [
            "Sáng 12/11/2026 tôi đến quầy 3 lúc 8 giờ 30, chờ 45 phút.",
            "Văn phòng Đăng ký đất đai hẹn lại ba lần.",
            "Chi nhánh Ninh Kiều trả hồ sơ. Cán bộ nói thiếu giấy.",
            "Cán Bộ ở đây rất chậm, tôi đến 4 lần.",
            "Quầy số 3 ở đường Trần Phú bắt tôi bổ sung giấy số 2.",
            "",
            "  “Đ”\n\n1.2@",
        ] {
            assert_eq!(cover_private(told), told);
        }
    }
}
