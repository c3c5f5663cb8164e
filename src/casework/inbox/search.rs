//! Search: case numbers; the names of units, kinds, reasons, channels and colleagues; and the words
//! of cases, as far as their reader may open them. With or without accents. Words are matched here,
//! in memory: the database is asked for codes and ids only, and keeps no word.

use crate::case::{Channel, Kind, REASONS, fold};

/// Names to match against, already folded.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Unit id and folded code and name.
    pub units: Vec<(i16, String)>,
    /// Staff id and folded display name.
    pub staff: Vec<(u128, String)>,
}

/// What to ask the database for. `None`: everything; lists: any of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// Nothing was typed.
    Everything,
    /// Case numbers from the first to the second, both included.
    Numbers(String, String),
    /// A number of the running register.
    Register(i64),
    /// Cases that have to do with any of these.
    Codes(Codes),
}

/// Codes whose names hold every word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codes {
    /// Units concerned or in charge.
    pub units: Vec<i16>,
    /// Kinds.
    pub kinds: Vec<String>,
    /// Channels.
    pub channels: Vec<String>,
    /// Reasons.
    pub reasons: Vec<String>,
    /// Handlers.
    pub staff: Vec<u128>,
}

impl Search {
    /// Understands what was typed.
    pub fn parse(typed: &str, names: &Names) -> Self {
        let folded = fold(typed);
        if folded.is_empty() {
            return Self::Everything;
        }
        if let Some((from, to)) = numbers(typed) {
            return Self::Numbers(from, to);
        }
        if folded.len() <= 9 && folded.bytes().all(|b| b.is_ascii_digit()) {
            return Self::Register(folded.parse().unwrap_or(0));
        }
        Self::Codes(codes(&folded, names))
    }
}

/// Whether a text holds every one of the folded `words`, each as the beginning of a word of its own:
/// in a language of short syllables, "an" within "thanh" is chance.
pub fn holds_words(text: &str, words: &str) -> bool {
    let text = format!(" {}", fold(text));
    let mut words = words.split(' ');
    words.all(|word| text.contains(&format!(" {word}")))
}

/// `PA26-7K` stands for every number that begins so. Numbers have one shape, so the ends of the
/// range are filled up to it.
fn numbers(typed: &str) -> Option<(String, String)> {
    let plain: String = typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let rest = plain
        .strip_prefix("PA")
        .filter(|rest| rest.len() <= 9 && rest.starts_with(|c: char| c.is_ascii_digit()))?;
    let (year, letters) = rest.split_at(rest.len().min(2));
    if !year.bytes().all(|b| b.is_ascii_digit())
        || typed
            .chars()
            .any(|c| !c.is_ascii_alphanumeric() && c != '-' && !c.is_whitespace())
    {
        return None;
    }
    let letters = letters.replace('O', "0").replace(['I', 'L'], "1");
    let fill = |digit: char, letter: char| {
        let year: String = year
            .chars()
            .chain(std::iter::repeat(digit))
            .take(2)
            .collect();
        let letters: String = letters
            .chars()
            .chain(std::iter::repeat(letter))
            .take(7)
            .collect();
        format!("PA{year}-{}-{}", &letters[..6], &letters[6..])
    };
    Some((fill('0', '0'), fill('9', 'Z')))
}

fn codes(folded: &str, names: &Names) -> Codes {
    let holds = |name: &str| folded.split(' ').all(|word| name.contains(word));
    let kind_name = |kind: &Kind| format!("{} {}", fold(kind.label()), fold(kind.short()));
    Codes {
        units: names
            .units
            .iter()
            .filter(|(_, name)| holds(name))
            .map(|(id, _)| *id)
            .collect(),
        kinds: Kind::ALL
            .iter()
            .filter(|kind| holds(&kind_name(kind)))
            .map(|kind| kind.code().to_owned())
            .collect(),
        channels: Channel::ALL
            .iter()
            .filter(|c| holds(&fold(c.label())))
            .map(|c| c.code().to_owned())
            .collect(),
        reasons: REASONS
            .iter()
            .filter(|reason| holds(&fold(reason.label)))
            .map(|reason| reason.code.to_owned())
            .collect(),
        staff: names
            .staff
            .iter()
            .filter(|(_, name)| holds(name))
            .map(|(id, _)| *id)
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CaseNumber;
    use proptest::prelude::*;

    fn names() -> Names {
        Names {
            units: vec![
                (1, fold("vp-so Văn phòng Sở")),
                (
                    7,
                    fold("cn-binh-thuy Chi nhánh Văn phòng Đăng ký đất đai Bình Thuỷ"),
                ),
            ],
            staff: vec![(9, fold("Trần Thị Thuỳ"))],
        }
    }

    #[test]
    fn accents_do_not_matter() {
        let Search::Codes(found) = Search::parse("Bình Thủy", &names()) else {
            panic!("words")
        };
        assert_eq!(found.units, [7]);
        assert_eq!(Search::parse("binh thuy", &names()), Search::Codes(found));
    }

    #[test]
    fn a_word_may_name_a_reason_or_a_colleague() {
        let Search::Codes(found) = Search::parse("hach dich", &names()) else {
            panic!("words")
        };
        assert_eq!(found.reasons, ["HV_HACH_DICH"]);
        let Search::Codes(found) = Search::parse("tran thi", &names()) else {
            panic!("words")
        };
        assert_eq!(found.staff, [9]);
    }

    #[test]
    fn words_are_found_where_they_begin() {
        let text = "Bị hẹn lại nhiều lần khi TÁCH THỬA, ở Cái Răng.";
        for found in ["tach thua", "thua tach", "hen lai", "rang", "tac"] {
            assert!(holds_words(text, found), "{found}");
        }
        for absent in ["ach", "tach dat", "en"] {
            assert!(!holds_words(text, absent), "{absent}");
        }
    }

    #[test]
    fn digits_alone_are_a_register_number() {
        assert_eq!(Search::parse(" 42 ", &names()), Search::Register(42));
    }

    #[test]
    fn a_name_that_begins_like_a_number_is_a_name() {
        assert!(matches!(Search::parse("pa", &names()), Search::Codes(_)));
    }

    #[test]
    fn blanks_are_nothing() {
        assert_eq!(Search::parse("  ", &names()), Search::Everything);
    }

    proptest! {
        #[test]
        fn every_beginning_of_a_number_finds_it(year in 0u16..100, bits in any::<u32>(), keep in 3usize..=13, lower in any::<bool>()) {
            let number = CaseNumber::from_random(2000 + year, bits);
            let typed = &number.as_str()[..keep];
            let typed = if lower { typed.to_lowercase() } else { typed.to_owned() };
            let Search::Numbers(from, to) = Search::parse(&typed, &Names::default()) else { panic!("a number") };
            prop_assert!(from.as_str() <= number.as_str() && number.as_str() <= to.as_str());
        }

        #[test]
        fn anything_may_be_typed(typed in "\\PC{0,100}") {
            let _found = Search::parse(&typed, &names());
        }
    }
}
