//! When a call, a visit or a letter came, as the officer who wrote it down says: the deadline counts
//! from then, and the history of the case begins then.

use crate::{
    accounts::ssr::session::CurrentStaff, case::Channel, error::FieldErrors,
    platform::clock::VIETNAM, rights::Role, submit::NewFeedback,
};
use time::{
    Duration, OffsetDateTime, PrimitiveDateTime, format_description::BorrowedFormatItem,
    macros::format_description,
};

/// How far back it may lie without a word why.
const WITHOUT_REASON: Duration = Duration::days(30);
/// How far back it may lie at all.
const AT_ALL: Duration = Duration::days(366);
/// As the field sends it, and as people type where the browser has no such field.
const WAYS: [&[BorrowedFormatItem<'_>]; 4] = [
    format_description!("[year]-[month]-[day]T[hour]:[minute]"),
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]"),
    format_description!("[hour]:[minute] [day]/[month]/[year]"),
    format_description!("[day]/[month]/[year] [hour]:[minute]"),
];

/// How what this person writes down usually comes in: from a caller, a visitor at the desk, or
/// somebody received.
pub fn usual_channel(staff: &CurrentStaff) -> Channel {
    match staff.roles.first() {
        Some(Role::OneStop) => Channel::Counter,
        Some(Role::Reception) => Channel::Reception,
        _ => Channel::Phone,
    }
}

/// A moment in Viet Nam as the field sends it.
pub fn as_field(at: OffsetDateTime) -> String {
    let at = at.to_offset(VIETNAM);
    // the format has no part that could fail
    at.format(WAYS[0]).unwrap_or_default()
}

/// When feedback reached the department: now, or when the call, visit or letter came.
///
/// # Errors
/// As [`came_at`].
pub(super) fn received_at(
    feedback: &NewFeedback,
    now: OffsetDateTime,
) -> Result<OffsetDateTime, FieldErrors> {
    let story = &feedback.story;
    match feedback.channel {
        Channel::Online => Ok(now),
        _ => came_at(&story.call_time, &story.recorder_note, now),
    }
}

/// Reads when it came; `why` is what the officer noted.
///
/// # Errors
/// At `luc_goi` if it is no time, lies ahead of `now`, or too far back.
pub(super) fn came_at(
    typed: &str,
    why: &str,
    now: OffsetDateTime,
) -> Result<OffsetDateTime, FieldErrors> {
    let refused = |message| Err(FieldErrors::at("luc_goi", message));
    let read = |way: &&[BorrowedFormatItem<'_>]| PrimitiveDateTime::parse(typed, *way).ok();
    let Some(at) = WAYS.iter().find_map(read) else {
        return refused("Vui lòng ghi giờ, ngày theo mẫu 08:40 23/11/2026.");
    };
    let at = at.assume_offset(VIETNAM);
    // a minute of grace: the clocks of two machines differ
    if at > now + Duration::MINUTE {
        return refused("Giờ, ngày này chưa đến. Vui lòng xem lại.");
    }
    if at < now - AT_ALL {
        return refused("Giờ, ngày này đã quá một năm. Vui lòng xem lại.");
    }
    if at < now - WITHOUT_REASON && why.is_empty() {
        return refused(
            "Giờ, ngày này đã quá 30 ngày. Vui lòng xem lại, hoặc ghi lý do nhập muộn ở Ghi chú \
             của người nhập.",
        );
    }
    Ok(at.min(now))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +7);

    #[test]
    fn a_time_is_read_as_the_field_sends_it_and_as_people_write_it() {
        for typed in ["2026-11-20T08:40", "08:40 20/11/2026", "20/11/2026 08:40"] {
            let at = came_at(typed, "", NOW).unwrap();
            assert_eq!(at, datetime!(2026-11-20 08:40 +7), "{typed}");
        }
        assert!(came_at("sáng nay", "", NOW).is_err());
    }

    #[test]
    fn neither_the_future_nor_a_forgotten_letter_is_taken_without_a_word() {
        assert!(came_at("2026-11-23T09:02", "", NOW).is_err());
        assert!(came_at("2026-10-20T08:00", "", NOW).is_err());
        assert!(came_at("2026-10-20T08:00", "Thư thất lạc", NOW).is_ok());
        assert!(came_at("2025-10-20T08:00", "Thư thất lạc", NOW).is_err());
    }
}
