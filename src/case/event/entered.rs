//! The sentence of feedback that staff wrote down.

use crate::case::day_month_year;
use time::Date;

/// How staff read that feedback was written down for a caller or visitor: when it came is the time
/// beside it.
pub(super) fn entered(entered_on: Option<Date>) -> String {
    let when = entered_on.map_or_else(
        || "cùng ngày".to_owned(),
        |day| format!("ngày {}", day_month_year(day)),
    );
    format!("Phản ánh nhận qua điện thoại, văn bản hoặc trực tiếp, nhập vào hệ thống {when}.")
}
