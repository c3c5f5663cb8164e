//! Text as a QR code (ISO/IEC 18004).

use crate::error::AppError;

/// White squares around a code (§9.1).
const QUIET: i32 = 4;

/// Squares on a side of the code of `text`, quiet zone included, and its dark squares as SVG path
/// data: each run of them a rectangle.
///
/// # Errors
/// [`AppError::Internal`] if the text is too long for one.
pub fn drawn(text: &str) -> Result<(i32, String), AppError> {
    let code = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium)
        .map_err(|_| AppError::Internal)?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size())
                .take_while(|x| code.get_module(*x, y))
                .count() as i32;
            if run > 0 {
                let (left, top) = (x + QUIET, y + QUIET);
                path.push_str(&format!("M{left} {top}h{run}v1h-{run}z"));
            }
            x += run.max(1);
        }
    }
    Ok((code.size() + 2 * QUIET, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_square_of_dark_runs() {
        let (size, path) = drawn("otpauth://totp/x?secret=ABC").unwrap();
        // a finder pattern begins the first row: seven dark squares
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        assert!(size >= 21 + 2 * QUIET);
    }
}
