//! Codes, moments and stories in words.

use crate::{
    calendar::weekday_date,
    case::{Finding, Kind, Story},
    casework::{
        actions::{letters::Door, refusal::refusal_label},
        case_page::{sentences::satisfaction, view::Fact},
    },
    platform::clock::VIETNAM,
    rights::Role,
};
use time::OffsetDateTime;

/// "14:30, thứ Hai 23/11/2026".
pub fn moment(at: OffsetDateTime) -> String {
    let at = at.to_offset(VIETNAM);
    format!(
        "{:02}:{:02}, {}",
        at.hour(),
        at.minute(),
        weekday_date(at.date())
    )
}

/// "Nguyễn Văn A, Lãnh đạo đơn vị".
pub fn person(name: Option<&str>, role: Option<&str>) -> String {
    let role = role.and_then(Role::from_code).map(Role::label);
    [name, role]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// "Ảnh · 1,2 MB".
pub fn file_about(media_type: &str, bytes: i32) -> String {
    let kind = match media_type {
        image if image.starts_with("image/") => "Ảnh",
        audio if audio.starts_with("audio/") => "Âm thanh",
        "application/pdf" => "PDF",
        _ => "Văn bản Word",
    };
    let tenths = (i64::from(bytes) * 10 + 524_288) / 1_048_576;
    if tenths == 0 {
        format!("{kind} · {} KB", (bytes / 1024).max(1))
    } else {
        format!("{kind} · {},{} MB", tenths / 10, tenths % 10)
    }
}

/// The name that the codes of an event stand for, or "".
pub fn event_name(data: &serde_json::Value) -> String {
    let code = |field: &str| data[field].as_str();
    let named = code("ket_luan")
        .and_then(Finding::from_code)
        .map(Finding::label)
        .or_else(|| code("loai").and_then(Kind::from_code).map(Kind::short))
        .or_else(|| code("ly_do").and_then(refusal_label))
        .or_else(|| code("huong").and_then(Door::from_code).map(Door::label))
        .or_else(|| data["muc"].as_i64().map(satisfaction));
    named.unwrap_or_default().to_owned()
}

/// What a submitter wrote, field by field, without what is empty.
pub fn story_facts(story: Story) -> Vec<Fact> {
    let yes_no = match story.apology.as_str() {
        "co" => "Có",
        "khong" => "Không",
        _ => "",
    };
    let list = [
        ("Tiêu đề", story.title),
        ("Nội dung", story.content),
        ("Đề xuất của người phản ánh", story.proposal),
        ("Người được phản ánh", story.officer),
        ("Nơi xảy ra", story.place),
        ("Thời gian", story.happened_on),
        ("Thủ tục", story.procedure),
        ("Mã hồ sơ", story.dossier_code),
        ("Quy định", story.rule_name),
        ("Số hiệu", story.rule_number),
        ("Ngày ban hành", story.rule_date),
        ("Điều khoản", story.rule_clause),
        ("Ngày nộp hồ sơ", story.filed_on),
        ("Nộp tại", story.filed_at),
        ("Ngày hẹn trả", story.promised_on),
        ("Có phiếu xin lỗi", yes_no.to_owned()),
        ("Ngày hẹn lại", story.promised_again_on),
        ("Giờ gọi, đến", story.call_time),
        ("Ghi chú của người nhập", story.recorder_note),
    ];
    list.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| Fact {
            label: label.to_owned(),
            value,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_say_them() {
        assert_eq!(file_about("image/jpeg", 1_258_291), "Ảnh · 1,2 MB");
        assert_eq!(file_about("application/pdf", 900), "PDF · 1 KB");
    }

    #[test]
    fn a_person_is_name_and_role() {
        assert_eq!(
            person(Some("Lê A"), Some("chuyen_vien")),
            "Lê A, Chuyên viên xử lý"
        );
        assert_eq!(person(None, None), "");
    }
}
