//! People, files and contents in words.

use crate::rights::Role;

/// "Nguyễn Văn A, Lãnh đạo đơn vị".
pub(super) fn person(name: Option<&str>, role: Option<Role>) -> String {
    let role = role.map(Role::label);
    [name, role]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// "Ảnh · khoảng 1,2 MB".
pub(super) fn file_about(media_type: &str, bytes: i32) -> String {
    let kind = match media_type {
        image if image.starts_with("image/") => "Ảnh",
        audio if audio.starts_with("audio/") => "Âm thanh",
        "application/pdf" => "PDF",
        _ => "Văn bản Word",
    };
    let tenths = (i64::from(bytes) * 10 + 524_288) / 1_048_576;
    if tenths == 0 {
        format!("{kind} · khoảng {} KB", (bytes / 1024).max(1))
    } else {
        format!("{kind} · khoảng {},{} MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_say_them() {
        assert_eq!(file_about("image/jpeg", 1_258_291), "Ảnh · khoảng 1,2 MB");
        assert_eq!(file_about("application/pdf", 900), "PDF · khoảng 1 KB");
    }

    #[test]
    fn a_person_is_name_and_role() {
        assert_eq!(
            person(Some("Lê A"), Some(Role::Handler)),
            "Lê A, Chuyên viên xử lý"
        );
        assert_eq!(person(None, None), "");
    }
}
