//! Dates as a Vietnamese official writes them.

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
