//! The reason for opening an identity, and the password that proves who takes part.

use crate::error::FieldErrors;

/// The least characters of a reason: a word is none.
pub const MIN_REASON: usize = 20;
/// The most characters of a reason.
pub const MAX_REASON: usize = 2000;

/// The password, given for this one step.
pub const PASSWORD: &str = "secret_password";
/// The one before, for who has just changed it.
pub const FORMER: &str = "secret_former_password";

/// Demands that a password was typed.
///
/// # Errors
/// A message at [`PASSWORD`].
pub fn demand_password(typed: &str) -> Result<(), FieldErrors> {
    if typed.is_empty() {
        return Err(FieldErrors::at(PASSWORD, "Vui lòng nhập mật khẩu."));
    }
    Ok(())
}

/// Reads a reason.
///
/// # Errors
/// A message at `reason` if it is too short or too long.
pub fn reason(typed: &str) -> Result<String, FieldErrors> {
    let reason = crate::case::normalise(typed);
    let mut errors = FieldErrors::default();
    match reason.chars().count() {
        0 => errors.add("reason", "Vui lòng nêu lý do cần biết danh tính."),
        n if n < MIN_REASON => errors.add(
            "reason",
            "Lý do cần ít nhất 20 ký tự để người duyệt có cơ sở xem xét.",
        ),
        n if n > MAX_REASON => errors.add("reason", "Lý do dài quá 2.000 ký tự. Vui lòng rút gọn."),
        _ => {}
    }
    errors.or(|| reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reason_is_more_than_a_word() {
        assert!(reason("").is_err());
        assert!(reason("      để xác minh     ").is_err());
        assert!(reason(&"a".repeat(MAX_REASON + 1)).is_err());
        let good = "Cần gọi lại để làm rõ ngày nộp hồ sơ";
        assert_eq!(reason(&format!("  {good}\r\n")).unwrap(), good);
    }

    proptest! {
        #[test]
        fn a_reason_that_passes_has_the_length_it_promises(typed in ".{0,60}") {
            if let Ok(reason) = reason(&typed) {
                prop_assert!((MIN_REASON..=MAX_REASON).contains(&reason.chars().count()));
            }
        }
    }
}
