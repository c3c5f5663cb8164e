//! A case in words for its submitter. No member of staff is named; what is drafted and proposed
//! inside the department stays inside.

use crate::{calendar::weekday_date, case::Status, rights::Role};
use time::Date;

/// What the status sentence is made of.
pub(crate) struct StatusSentence {
    /// Present status.
    pub status: Status,
    /// The last day for the answer.
    pub due_on: Option<Date>,
    /// The last day for the supplement that was asked for.
    pub supplement_by: Option<Date>,
    /// When it was answered.
    pub answered_on: Option<Date>,
    /// Kept as an information lead.
    pub is_lead: bool,
    /// Today in Viet Nam.
    pub today: Date,
}

/// The status of a case, and by when the department answers.
pub(crate) fn sentence(facts: &StatusSentence) -> String {
    let label = facts.status.public_label();
    let rest = match facts.status {
        Status::AwaitingInfo => awaited(facts),
        Status::Answered => {
            return facts.answered_on.map_or(format!("{label}."), |day| {
                format!("{label} vào {}.", weekday_date(day))
            });
        }
        Status::Closed => "Ông/Bà vẫn xem lại được câu trả lời ở đây.".to_owned(),
        Status::Refused => "Lý do và nơi Ông/Bà có thể liên hệ ở ngay bên dưới.".to_owned(),
        Status::Forwarded => "Ông/Bà hỏi kết quả tại cơ quan đó.".to_owned(),
        Status::Redirected => "Nơi giải quyết và thời hạn ở ngay bên dưới.".to_owned(),
        Status::Withdrawn => "Nếu có dấu hiệu vi phạm pháp luật, cơ quan có thẩm quyền vẫn xem \
            xét."
            .to_owned(),
        _ => promise(facts),
    };
    format!("{label}. {rest}").trim_end().to_owned()
}

fn promise(facts: &StatusSentence) -> String {
    match facts.due_on {
        None if facts.is_lead => {
            "Phản ánh được ghi nhận làm thông tin để xem xét, không tính thời hạn trả lời."
                .to_owned()
        }
        None => String::new(),
        Some(due) if due < facts.today => {
            format!(
                "Hạn trả lời là {}. Sở chân thành xin lỗi Ông/Bà vì chưa trả lời đúng hạn.",
                weekday_date(due)
            )
        }
        Some(due) => format!("Sở trả lời chậm nhất {}.", weekday_date(due)),
    }
}

fn awaited(facts: &StatusSentence) -> String {
    let by = facts
        .supplement_by
        .map(|day| format!("Vui lòng gửi chậm nhất {}. ", weekday_date(day)))
        .unwrap_or_default();
    let clock = if facts.due_on.is_some() {
        "Thời hạn trả lời tạm dừng trong lúc chờ."
    } else {
        ""
    };
    format!("{by}{clock}")
}

/// Who acted, by role; never a name.
pub(crate) fn actor(by_staff: bool, role: Option<Role>) -> &'static str {
    match (by_staff, role) {
        (false, _) => "",
        (true, Some(role)) => role.label(),
        (true, None) => "Sở",
    }
}
