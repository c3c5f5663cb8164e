//! Numbers as they are written in Vietnamese.

/// `1234567` → `1.234.567`.
pub fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let head = digits.len() % 3;
    let mut groups: Vec<&str> = (head..digits.len())
        .step_by(3)
        .map(|i| &digits[i..i + 3])
        .collect();
    if head > 0 {
        groups.insert(0, &digits[..head]);
    }
    format!("{}{}", if number < 0 { "-" } else { "" }, groups.join("."))
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn thousands_are_set_apart_by_points() {
        assert_eq!(
            [0, 5, 999, 1000, 1_234_567, -1200].map(thousands),
            ["0", "5", "999", "1.000", "1.234.567", "-1.200"].map(str::to_owned)
        );
    }
}
