//! The sentence of feedback that staff wrote down.

use time::Date;

/// How staff read that feedback was written down for a caller or visitor: when it came is the time
/// beside it.
pub(super) fn entered(entered_on: Option<Date>) -> String {
    let day = |day: Date| {
        let (month, year) = (u8::from(day.month()), day.year());
        format!("ngày {:02}/{month:02}/{year}", day.day())
    };
    let when = entered_on.map_or_else(|| "cùng ngày".to_owned(), day);
    format!("Phản ánh nhận qua điện thoại, văn bản hoặc trực tiếp, nhập vào hệ thống {when}.")
}
