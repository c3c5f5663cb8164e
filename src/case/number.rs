//! The case number, e.g. `PA26-7K3M9Q-X`: year, six random letters, a check character. Not secret;
//! reveals no count.

use super::check_digit::{LETTERS, gf32};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A case number in its printed form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CaseNumber(String);

impl CaseNumber {
    /// Builds the number of a `year` (2000–2099) from random bits; the lowest 30 are used.
    pub fn from_random(year: u16, bits: u32) -> Self {
        let values: [u8; 6] = std::array::from_fn(|i| ((bits >> (25 - 5 * i)) & 31) as u8);
        let letters: String = values
            .iter()
            .map(|v| char::from(LETTERS[usize::from(*v)]))
            .collect();
        let check = char::from(LETTERS[usize::from(check_value(year, values))]);
        Self(format!("PA{:02}-{letters}-{check}", year % 100))
    }

    /// Reads a number as a person writes it: any case, with or without hyphens, O for 0, I and L
    /// for 1.
    /// `None` if the shape or the check character is wrong.
    pub fn parse(written: &str) -> Option<Self> {
        let plain: String = written
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let rest = plain.strip_prefix("PA")?;
        let values: [u8; 9] = rest
            .bytes()
            .map(value_of)
            .collect::<Option<Vec<u8>>>()?
            .try_into()
            .ok()?;
        let [tens, ones, letters @ .., check] = values;
        if tens > 9 || ones > 9 {
            return None;
        }
        let year = u16::from(tens) * 10 + u16::from(ones);
        let bits = letters
            .iter()
            .fold(0u32, |bits, v| bits << 5 | u32::from(*v));
        (check_value(year, letters) == check).then(|| Self::from_random(year, bits))
    }

    /// The printed form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The check covers the year as well: its digits are typed and dictated like the rest.
fn check_value(year: u16, letters: [u8; 6]) -> u8 {
    let (tens, ones) = ((year / 10 % 10) as u8, (year % 10) as u8);
    gf32([tens, ones].into_iter().chain(letters))
}

fn value_of(letter: u8) -> Option<u8> {
    let letter = match letter {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    LETTERS.iter().position(|l| *l == letter).map(|i| i as u8)
}
