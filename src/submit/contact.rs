//! Who speaks, and how to answer: Decree 20/2008 art. 7 asks for name, address, and phone or mail
//! address; nothing more is asked.

use super::form::{FeedbackDraft, Submitter};
use crate::{case::ReplyBy, error::FieldErrors};

/// The speaker's choice to give no name: an information lead.
pub(super) const NAMELESS: &str = "khong_neu_ten";

/// Parses who speaks; `None` for an information lead.
pub(super) fn parse(draft: &FeedbackDraft, errors: &mut FieldErrors) -> Option<Submitter> {
    let organisation = match draft.speaker.as_str() {
        "ca_nhan" => false,
        "to_chuc" => true,
        NAMELESS => return None,
        _ => {
            errors.add("nguoi_gui", "Vui lòng chọn Ông/Bà gửi với tư cách nào.");
            return None;
        }
    };
    let name = if organisation {
        &draft.organisation
    } else {
        &draft.name
    };
    if name.is_empty() {
        let (field, message) = if organisation {
            (
                "ten_to_chuc",
                "Vui lòng nhập tên cơ quan, tổ chức, hoặc chọn “Không nêu tên” ở trên.",
            )
        } else {
            (
                "ho_ten",
                "Vui lòng nhập họ và tên, hoặc chọn “Không nêu tên” ở trên.",
            )
        };
        errors.add(field, message);
    }
    if organisation && draft.representative.is_empty() {
        errors.add("nguoi_dai_dien", "Vui lòng nhập tên người đại diện.");
    }
    if draft.ward.is_empty() && draft.address.is_empty() {
        errors.add(
            "dia_chi",
            "Vui lòng nhập địa chỉ: chọn phường, xã hoặc ghi địa chỉ chi tiết.",
        );
    }
    let phone = parse_phone(&draft.phone, errors);
    check_way_of_answer(draft, errors);
    check_email(draft, errors);
    if draft.phone.is_empty() && draft.email.is_empty() && draft.address.is_empty() {
        errors.add(
            "dien_thoai",
            "Vui lòng cho ít nhất một cách liên hệ: điện thoại, email hoặc địa chỉ chi tiết; hoặc chọn “Không nêu tên” ở trên.",
        );
    }
    let representative = [draft.representative.as_str(), draft.position.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    Some(Submitter {
        name: name.clone(),
        representative: if organisation {
            representative
        } else {
            String::new()
        },
        ward: draft.ward.clone(),
        address: draft.address.clone(),
        phone,
        email: draft.email.clone(),
    })
}

fn parse_phone(typed: &str, errors: &mut FieldErrors) -> String {
    if typed.is_empty() {
        return String::new();
    }
    normal_phone(typed).unwrap_or_else(|| {
        errors.add(
            "dien_thoai",
            "Số điện thoại chưa đúng. Ví dụ: 0912 345 678 hoặc 0292 3 822 751.",
        );
        String::new()
    })
}

/// A phone number as dialled inside Viet Nam, or with its country code from abroad; `None` if it is
/// not one (`docs/law.md#telephone-numbers`).
pub(super) fn normal_phone(typed: &str) -> Option<String> {
    let plain: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')'))
        .collect();
    let (abroad, digits) = match plain.strip_prefix('+').or_else(|| plain.strip_prefix("00")) {
        Some(rest) => (true, rest),
        None => (false, plain.as_str()),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let local = match digits.strip_prefix("84") {
        Some(rest) if abroad || rest.len() == 9 => format!("0{}", rest.trim_start_matches('0')),
        _ if abroad => {
            return (8..=15)
                .contains(&digits.len())
                .then(|| format!("+{digits}"));
        }
        _ => digits.to_owned(),
    };
    let mobile =
        local.len() == 10 && matches!(local.as_bytes()[1], b'3' | b'5' | b'7' | b'8' | b'9');
    let landline = local.len() == 11 && local.starts_with("02");
    (local.starts_with('0') && (mobile || landline)).then_some(local)
}

/// A call needs a number and a letter an address; what an e-mail needs is said by [`check_email`].
fn check_way_of_answer(draft: &FeedbackDraft, errors: &mut FieldErrors) {
    match ReplyBy::from_code(&draft.reply_by) {
        Some(ReplyBy::Phone) if draft.phone.is_empty() => {
            errors.add("dien_thoai", "Vui lòng nhập số điện thoại để nhận trả lời.")
        }
        Some(ReplyBy::Letter) if draft.address.is_empty() => {
            errors.add("dia_chi", "Vui lòng nhập địa chỉ để nhận thư trả lời.");
        }
        _ => {}
    }
}

fn check_email(draft: &FeedbackDraft, errors: &mut FieldErrors) {
    let email = &draft.email;
    if email.is_empty() {
        if !draft.acknowledge.is_empty() || draft.reply_by == "email" {
            errors.add("thu_dien_tu", "Vui lòng nhập email để nhận thư.");
        }
        return;
    }
    let plausible = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
    });
    if !plausible || email.len() > 254 || email.chars().any(char::is_whitespace) {
        errors.add("thu_dien_tu", "Email chưa đúng. Ví dụ: ten@example.vn.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them_become_one_form() {
        for typed in [
            "0912 345 678",
            "0912.345.678",
            "+84 912 345 678",
            "84912345678",
            "(091) 234-5678",
            "0084912345678",
        ] {
            assert_eq!(
                normal_phone(typed).as_deref(),
                Some("0912345678"),
                "{typed}"
            );
        }
        assert_eq!(normal_phone("0292 3822751").as_deref(), Some("02923822751"));
        assert_eq!(
            normal_phone("+1 415 555 0132").as_deref(),
            Some("+14155550132")
        );
    }

    #[test]
    fn what_is_no_number_is_said_to_be_none() {
        for typed in [
            "113",
            "19001234",
            "0912 345 67",
            "gọi sau",
            "01234567890",
            "+",
            "09123456789",
        ] {
            assert_eq!(normal_phone(typed), None, "{typed}");
        }
    }
}
