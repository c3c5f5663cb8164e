//! Days as a Vietnamese official writes them, and as a form and an address carry them.

use time::{Date, Weekday};

/// `thứ Hai` … `Chủ nhật`.
pub const fn weekday(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "thứ Hai",
        Weekday::Tuesday => "thứ Ba",
        Weekday::Wednesday => "thứ Tư",
        Weekday::Thursday => "thứ Năm",
        Weekday::Friday => "thứ Sáu",
        Weekday::Saturday => "thứ Bảy",
        Weekday::Sunday => "Chủ nhật",
    }
}

/// `07/12/2026`.
pub fn day_month_year(day: Date) -> String {
    format!(
        "{:02}/{:02}/{}",
        day.day(),
        u8::from(day.month()),
        day.year()
    )
}

/// `thứ Hai 07/12/2026`.
pub fn weekday_date(day: Date) -> String {
    format!("{} {}", weekday(day), day_month_year(day))
}

/// `ngày 07 tháng 12 năm 2026`, the form of letters (Decree 30/2020).
pub fn long_date(day: Date) -> String {
    format!(
        "ngày {:02} tháng {:02} năm {}",
        day.day(),
        u8::from(day.month()),
        day.year()
    )
}

/// `2026-12-07`: as a date field sends a day, and as it stands in an address.
pub fn write_day(day: Date) -> String {
    format!(
        "{:04}-{:02}-{:02}",
        day.year(),
        u8::from(day.month()),
        day.day()
    )
}

/// Reads what [`write_day`] writes.
pub fn read_day(text: &str) -> Option<Date> {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)
            .filter(|part| part.bytes().all(|b| b.is_ascii_digit()))
    };
    if text.len() != 10 || text.get(4..5) != Some("-") || text.get(7..8) != Some("-") {
        return None;
    }
    let month = time::Month::try_from(digits(5..7)?.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(
        digits(0..4)?.parse().ok()?,
        month,
        digits(8..10)?.parse().ok()?,
    )
    .ok()
}
