//! The receipt code: 20 decimal digits, 19 random and one check digit, in five groups of four.
//! Whoever holds it may follow the case.

use super::{check_digit::damm, text::group_digits};
use std::fmt;

/// A receipt code with a right check digit. `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode([u8; 20]);

/// Why typed text is not a receipt code; reported before the server is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptCodeError {
    /// Characters other than digits and separators.
    NotDigits,
    /// Holds this many digits instead of 20.
    Length(usize),
    /// One digit is wrong or two neighbours are swapped.
    CheckDigit,
}

impl ReceiptCode {
    /// Builds a code from 19 random digits: `bits` modulo 10¹⁹ (128 bits leave a bias below 2⁻⁶⁴).
    pub fn from_random(bits: u128) -> Self {
        let mut digits = [0; 20];
        let mut rest = bits % 10u128.pow(19);
        for slot in digits[..19].iter_mut().rev() {
            *slot = (rest % 10) as u8;
            rest /= 10;
        }
        digits[19] = damm(digits[..19].iter().copied());
        Self(digits)
    }

    /// Reads a code as typed or dictated; spaces, dots and hyphens do not count.
    pub fn parse(typed: &str) -> Result<Self, ReceiptCodeError> {
        let mut digits = Vec::with_capacity(20);
        for c in typed.chars() {
            match c.to_digit(10) {
                Some(digit) => digits.push(digit as u8),
                None if c.is_whitespace() || matches!(c, '-' | '.' | '–' | '\u{200b}') => {}
                None => return Err(ReceiptCodeError::NotDigits),
            }
        }
        let digits: [u8; 20] = digits
            .try_into()
            .map_err(|d: Vec<u8>| ReceiptCodeError::Length(d.len()))?;
        if damm(digits) == 0 {
            Ok(Self(digits))
        } else {
            Err(ReceiptCodeError::CheckDigit)
        }
    }

    /// The 20 digits without gaps: what is hashed.
    pub fn digits(&self) -> String {
        self.0.iter().map(|d| char::from(b'0' + d)).collect()
    }
}

impl fmt::Display for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&group_digits(&self.digits()))
    }
}

impl fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptCode(…)")
    }
}
