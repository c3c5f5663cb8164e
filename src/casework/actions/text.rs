//! Texts that staff enter with an action.

use crate::{case::normalise, error::FieldErrors};

/// The longest text of one entry, in characters.
pub const MAX_TEXT: usize = 20_000;

/// A text that must be there.
///
/// # Errors
/// At `field`: `ask` if it is empty; if it is longer than [`MAX_TEXT`].
pub fn required_text(field: &str, typed: &str, ask: &str) -> Result<String, FieldErrors> {
    match optional_text(field, typed)? {
        empty if empty.is_empty() => Err(FieldErrors::at(field, ask)),
        text => Ok(text),
    }
}

/// A text that may be left out.
///
/// # Errors
/// At `field` if it is longer than [`MAX_TEXT`].
pub fn optional_text(field: &str, typed: &str) -> Result<String, FieldErrors> {
    let text = normalise(typed);
    if text.chars().count() > MAX_TEXT {
        let message = "Nội dung dài quá 20.000 ký tự. Vui lòng viết gọn lại.";
        Err(FieldErrors::at(field, message))
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_kept_or_asked_for(typed in "\\PC{0,80}") {
            match required_text("note", &typed, "Vui lòng ghi nội dung.") {
                Ok(kept) => prop_assert!(!kept.trim().is_empty()),
                Err(errors) => prop_assert!(errors.get("note").is_some()),
            }
        }
    }
}
