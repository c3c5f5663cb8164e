//! Who speaks, and how to answer: Decree 20/2008 art. 7 asks for name, address, and phone or mail
//! address; nothing more is asked.

use super::form::{FeedbackDraft, Submitter};
use crate::{case::ReplyBy, error::FieldErrors};

/// The speaker's choice to give no name: an information lead.
pub(super) const NAMELESS: &str = "khong_neu_ten";

/// Parses who speaks; `None` for an information lead. A person, unless an organisation is named: then
/// the person speaks for it.
pub(super) fn parse(draft: &FeedbackDraft, errors: &mut FieldErrors) -> Option<Submitter> {
    if draft.speaker == NAMELESS {
        return None;
    }
    if draft.name.is_empty() {
        errors.add(
            "ho_ten",
            "Vui lòng nhập họ và tên, hoặc chọn “Không nêu tên” ở dưới.",
        );
    }
    if draft.address.is_empty() {
        errors.add(
            "dia_chi",
            "Vui lòng nhập địa chỉ: số nhà, đường, phường, xã.",
        );
    }
    let reached = Reached::at(draft);
    let phone = parse_phone(reached.phone, errors);
    check_email(reached.email, errors);
    check_way_of_answer(draft, &reached, errors);
    let (name, representative) = if draft.organisation.is_empty() {
        (draft.name.clone(), String::new())
    } else {
        (draft.organisation.clone(), representative(draft))
    };
    Some(Submitter {
        name,
        representative,
        address: draft.address.clone(),
        phone,
        email: reached.email.to_owned(),
    })
}

/// Who speaks for an organisation, and as what.
fn representative(draft: &FeedbackDraft) -> String {
    let parts = [draft.name.as_str(), draft.position.as_str()];
    let given: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    given.join(", ")
}

/// Where somebody can be reached, as typed: from the one line of the form, or apart from a portal.
struct Reached<'a> {
    phone: &'a str,
    email: &'a str,
}

impl<'a> Reached<'a> {
    fn at(draft: &'a FeedbackDraft) -> Self {
        let line = draft.contact.as_str();
        let (phone, email) = if line.contains('@') {
            ("", line)
        } else {
            (line, "")
        };
        let or = |one: &'a str, other: &'a str| if one.is_empty() { other } else { one };
        Self {
            phone: or(&draft.phone, phone),
            email: or(&draft.email, email),
        }
    }
}

fn parse_phone(typed: &str, errors: &mut FieldErrors) -> String {
    if typed.is_empty() {
        return String::new();
    }
    normal_phone(typed).unwrap_or_else(|| {
        errors.add(
            "lien_he",
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

/// What the chosen way of answer needs; an address is asked for in any case.
fn check_way_of_answer(draft: &FeedbackDraft, reached: &Reached<'_>, errors: &mut FieldErrors) {
    let by = ReplyBy::from_code(&draft.reply_by);
    let wants_mail = by == Some(ReplyBy::Email) || !draft.acknowledge.is_empty();
    if by == Some(ReplyBy::Phone) && reached.phone.is_empty() {
        errors.add("lien_he", "Vui lòng nhập số điện thoại để nhận trả lời.");
    } else if wants_mail && reached.email.is_empty() {
        errors.add("lien_he", "Vui lòng nhập email để nhận thư.");
    }
}

fn check_email(email: &str, errors: &mut FieldErrors) {
    let plausible = email.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty()
            && host.contains('.')
            && !host.starts_with('.')
            && !host.ends_with('.')
            && !host.contains('@')
    });
    let wrong = !plausible || email.len() > 254 || email.chars().any(char::is_whitespace);
    if wrong && !email.is_empty() {
        errors.add("lien_he", "Email chưa đúng. Ví dụ: ten@example.vn.");
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
