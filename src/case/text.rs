//! Vietnamese text: cleaning what was typed, folding it for search, showing codes.

/// Cleans one typed value: line ends to `\n`, zero-width, control and bidirectional marks dropped,
/// `Ð/ð` (Icelandic, common in old key maps) to `Đ/đ`, blanks at both ends cut. Composition to NFC
/// happens where the wire is read (TCVN 6909:2001).
pub fn normalise(typed: &str) -> String {
    let unix = typed.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = unix
        .chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || is_invisible(*c)))
        .map(|c| match c {
            'Ð' => 'Đ',
            'ð' => 'đ',
            '\u{a0}' => ' ',
            other => other,
        })
        .collect();
    kept.trim().to_owned()
}

/// Zero-width joiners inside emoji are kept; marks that hide or reorder text are not.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}'
    ) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Folds to lower-case ASCII letters, digits and single blanks: `Bình Thuỷ` and `binh thuy` meet.
/// Accepts NFC and NFD alike.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match base_letter(c) {
            Some(letter) => folded.push(letter),
            None if is_combining(c) => {}
            None if !folded.is_empty() && !folded.ends_with(' ') => folded.push(' '),
            None => {}
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn base_letter(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ'
        | 'ẫ' | 'ậ' => 'a',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở'
        | 'ỡ' | 'ợ' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        'đ' | 'ð' => 'd',
        _ => return None,
    })
}

/// The first line of a text that says anything, cut at a word to at most `longest` characters.
pub fn first_line(text: &str, longest: usize) -> String {
    let mut lines = text.lines().map(str::trim);
    let line = lines.find(|line| !line.is_empty()).unwrap_or_default();
    if line.chars().count() <= longest {
        return line.to_owned();
    }
    let cut: String = line.chars().take(longest - 1).collect();
    // a word longer than the line is cut within
    let whole = cut.rsplit_once(char::is_whitespace);
    let kept = whole.map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.']))
}

/// Groups digits in fours: `12345678` → `1234 5678`.
pub fn group_digits(digits: &str) -> String {
    let groups: Vec<&str> = (0..digits.len())
        .step_by(4)
        .map(|i| &digits[i..digits.len().min(i + 4)])
        .collect();
    groups.join(" ")
}
