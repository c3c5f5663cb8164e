//! Whether a password can be guessed: zxcvbn, fed with the words of the place.

use crate::{
    case::{StaffId, fold},
    error::AppError,
};
use sqlx::PgConnection;
use zxcvbn::{
    Score,
    feedback::{Feedback, Warning},
    zxcvbn,
};

/// What people here use again and again, and no list from abroad has.
const COMMON: &[&str] = &[
    "matkhau",
    "matkhaumoi",
    "anhyeuem",
    "emyeuanh",
    "vietnam",
    "langnghe",
    "congchuc",
    "canbo",
    "vanphong",
    "giamdoc",
    "nongnghiep",
    "moitruong",
    "datdai",
    "xinchao",
    "motcua",
    "khongbiet",
    "quantri",
    "phananh",
];

/// Words that somebody who knows the place would try first: those of the person, their unit, the
/// department and its town.
///
/// # Errors
/// [`AppError::NotFound`] if there is no such member of staff, [`AppError::Unavailable`] if the
/// database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub(super) async fn words_around(
    connection: &mut PgConnection,
    staff: StaffId,
) -> Result<Vec<String>, AppError> {
    let row = sqlx::query!(
        r#"select s.username, s.display_name, u.name as "unit?", a.name as "agency?",
            a.short_name as "short?", a.address as "address?"
        from staff s left join unit u using (unit_id) left join agency a on true
        where s.staff_id = $1"#,
        staff as StaffId
    )
    .fetch_one(connection)
    .await?;
    let known = [
        Some(row.username),
        Some(row.display_name),
        row.unit,
        row.agency,
        row.short,
    ];
    Ok(known.into_iter().chain([row.address]).flatten().collect())
}

/// What is wrong with a password that can be guessed, or `None`. Takes some milliseconds.
pub(super) fn weakness(password: &str, around: &[String]) -> Option<&'static str> {
    let words = guesses(around);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // as typed, as somebody would type it who leaves out the accents, and the blanks and signs too
    let plain = without_accents(password);
    let joined = fold(password).replace(' ', "");
    [password, plain.as_str(), joined.as_str()]
        .into_iter()
        .map(|typed| zxcvbn(typed, &words))
        .filter(|estimate| estimate.score() < Score::Three)
        .min_by_key(zxcvbn::Entropy::guesses)
        .map(|estimate| message(estimate.feedback()))
}

/// Each run of words of each text, written together.
fn guesses(around: &[String]) -> Vec<String> {
    let mut guesses: Vec<String> = COMMON.iter().map(|word| (*word).to_owned()).collect();
    for text in around {
        let folded = fold(text);
        let words: Vec<&str> = folded.split(' ').collect();
        let runs = (0..words.len()).flat_map(|from| {
            let words = &words;
            (from + 1..=words.len()).map(move |to| words[from..to].concat())
        });
        guesses.extend(runs.filter(|run| run.len() > 2));
    }
    guesses.sort_unstable();
    guesses.dedup();
    guesses
}

/// Letter by letter, so that signs and blanks stay.
fn without_accents(text: &str) -> String {
    let plain = |letter: char| {
        let folded = fold(letter.encode_utf8(&mut [0; 4]));
        folded.chars().next().unwrap_or(letter)
    };
    text.chars().map(plain).collect()
}

fn message(feedback: Option<&Feedback>) -> &'static str {
    match feedback.and_then(Feedback::warning) {
        Some(
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess,
        ) => {
            "Mật khẩu là các phím nằm cạnh nhau nên rất dễ đoán. Vui lòng chọn một câu dễ nhớ, gồm \
             bốn từ trở lên."
        }
        Some(
            Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess,
        ) => {
            "Mật khẩu lặp lại cùng một đoạn nên dễ đoán. Vui lòng chọn một câu dễ nhớ, gồm bốn từ \
             khác nhau trở lên."
        }
        Some(Warning::SequencesLikeAbcAreEasyToGuess) => {
            "Mật khẩu có dãy liền nhau như “abc” hoặc “6543” nên dễ đoán. Vui lòng chọn một câu dễ \
             nhớ, gồm bốn từ trở lên."
        }
        Some(Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess) => {
            "Mật khẩu dựa vào năm hoặc ngày tháng nên dễ đoán. Vui lòng thêm vài từ không liên \
             quan."
        }
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => {
            "Mật khẩu này có trong danh sách nhiều người dùng. Vui lòng chọn một câu của riêng \
             Ông/Bà, gồm bốn từ trở lên."
        }
        _ => {
            "Mật khẩu dựa vào họ tên, tên đăng nhập, đơn vị, tên Sở hoặc từ quen thuộc nên dễ \
             đoán. Vui lòng thêm vài từ không liên quan."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weak(password: &str) -> Option<&'static str> {
        let around = [
            "vanphong9",
            "Nguyễn Thử Nghiệm",
            "Văn phòng Sở",
            "Sở Nông nghiệp và Môi trường",
            "thành phố Cần Thơ",
        ];
        weakness(password, &around.map(str::to_owned))
    }

    #[test]
    fn what_anybody_would_try_is_refused_and_says_why() {
        let wrong: Vec<_> = [
            ("123456789012", "dãy"),
            ("qwertyuiop[]", "nhiều người dùng"),
            ("aaaaaaaaaaaaaa", "lặp lại"),
            ("password1234", "nhiều người dùng"),
            ("nguyenthunghiem1", "họ tên"),
            ("Nguyễn Thử Nghiệm", "họ tên"),
            ("vanphong9vanphong9", "lặp lại"),
            ("matkhau@2026", "quen thuộc"),
            ("Sở Nông nghiệp và Môi trường", "tên Sở"),
            ("Cần Thơ 2026", "quen thuộc"),
        ]
        .into_iter()
        .map(|(password, word)| (password, word, weak(password)))
        .filter(|(_, word, why)| !why.is_some_and(|why| why.contains(word)))
        .collect();
        assert_eq!(wrong, []);
    }

    #[test]
    fn a_sentence_of_ones_own_is_taken() {
        for password in [
            "con mèo ngồi bên cửa sổ",
            "k3mw-x7pq-a9dz-h2rt",
            "chiec xe dap mau tim cua ba",
        ] {
            assert_eq!(weak(password), None, "{password}");
        }
    }
}
