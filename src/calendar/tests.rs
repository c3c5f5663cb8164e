//! The counting rules (`docs/law.md#working-days`) against the published days of 2022 to 2028, and
//! properties of every calendar.

use super::{
    Calendar, Counted, DayKind, Deadline, Urgency, day_month_year, long_date, weekday_date,
};
use proptest::prelude::*;
use time::{Date, Duration, macros::date};

fn published() -> Calendar {
    let days = include_str!("days_for_tests.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let (day, kind) = line.split_once(',').unwrap();
            (iso(day), kind_of(kind))
        });
    Calendar::new(1, days)
}

fn iso(day: &str) -> Date {
    let part = |range| {
        day.get(range)
            .and_then(|p: &str| p.parse::<u16>().ok())
            .unwrap()
    };
    let month = time::Month::try_from(part(5..7) as u8).unwrap();
    Date::from_calendar_date(i32::from(part(0..4)), month, part(8..10) as u8).unwrap()
}

fn kind_of(kind: &str) -> DayKind {
    match kind {
        "off" => DayKind::Off,
        "working_saturday" => DayKind::WorkingSaturday,
        "unconfirmed_off" => DayKind::UnconfirmedOff,
        other => panic!("unknown kind {other}"),
    }
}

/// Received, working days, due: counted by hand from the published days.
const VECTORS: [(Date, u16, Date); 14] = [
    (date!(2026 - 04 - 24), 5, date!(2026 - 05 - 06)),
    (date!(2026 - 04 - 23), 2, date!(2026 - 04 - 28)),
    (date!(2026 - 08 - 21), 2, date!(2026 - 08 - 24)),
    (date!(2026 - 08 - 28), 5, date!(2026 - 09 - 09)),
    (date!(2026 - 02 - 13), 5, date!(2026 - 02 - 27)),
    (date!(2026 - 02 - 14), 2, date!(2026 - 02 - 24)),
    (date!(2026 - 02 - 17), 5, date!(2026 - 02 - 27)),
    (date!(2025 - 04 - 25), 5, date!(2025 - 05 - 06)),
    (date!(2026 - 12 - 30), 5, date!(2027 - 01 - 07)),
    (date!(2025 - 12 - 31), 5, date!(2026 - 01 - 09)),
    (date!(2026 - 01 - 09), 1, date!(2026 - 01 - 10)),
    (date!(2026 - 01 - 08), 10, date!(2026 - 01 - 21)),
    (date!(2026 - 09 - 02), 20, date!(2026 - 09 - 30)),
    (date!(2026 - 11 - 23), 10, date!(2026 - 12 - 07)),
];

#[test]
fn deadlines_fall_as_the_law_counts() {
    let calendar = published();
    for (received, days, due) in VECTORS {
        assert_eq!(
            calendar.add_working_days(received, days),
            due,
            "{days} working days from {received}"
        );
        assert_eq!(Deadline::count(&calendar, received, days).due_on, due);
        assert_eq!(
            calendar.working_days_between(received, due),
            i32::from(days)
        );
    }
}

#[test]
fn the_culture_day_moves_a_deadline_once_it_is_confirmed() {
    let mut days: Vec<(Date, DayKind)> = vec![(date!(2026 - 11 - 24), DayKind::UnconfirmedOff)];
    let due = |days: &[(Date, DayKind)]| {
        Calendar::new(1, days.iter().copied()).add_working_days(date!(2026 - 11 - 23), 10)
    };
    assert_eq!(due(&days), date!(2026 - 12 - 07));
    days[0].1 = DayKind::Off;
    assert_eq!(due(&days), date!(2026 - 12 - 08));
}

#[test]
fn years_have_the_published_number_of_working_days() {
    let calendar = published();
    for (year, count) in [
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 250),
        (2026, 250),
        (2027, 250),
        (2028, 249),
    ] {
        let last = |year| Date::from_calendar_date(year, time::Month::December, 31).unwrap();
        assert_eq!(
            calendar.working_days_between(last(year - 1), last(year)),
            count,
            "{year}"
        );
    }
}

#[test]
fn a_deadline_tells_how_it_was_counted() {
    let deadline = Deadline::count(&published(), date!(2026 - 11 - 23), 10);
    assert_eq!(deadline.calendar_version, 1);
    assert!(
        deadline.explanation.starts_with("10 ngày làm việc"),
        "{}",
        deadline.explanation
    );
    assert!(
        deadline.explanation.contains("thứ Hai 23/11/2026"),
        "{}",
        deadline.explanation
    );
}

#[test]
fn the_deadline_explains_itself() {
    let calendar = published();
    let plain = Counted {
        calendar: &calendar,
        received_on: date!(2026 - 11 - 23),
        due_on: date!(2026 - 12 - 07),
        days: 10,
        reopened_on: None,
        supplemented: false,
    };
    let why = plain.why();
    assert!(
        why.starts_with("Sở nhận phản ánh ngày 23/11/2026. Thời hạn là 10 ngày làm việc"),
        "{why}"
    );
    assert!(
        why.ends_with("24 giờ thứ Hai 07/12/2026.") && !why.contains("bổ sung"),
        "{why}"
    );
    let paused = Counted {
        due_on: date!(2026 - 12 - 09),
        supplemented: true,
        ..plain
    };
    assert!(
        paused
            .why()
            .contains("Những ngày chờ bổ sung thông tin không tính")
    );
    let again = Counted {
        days: 5,
        reopened_on: Some(date!(2026 - 12 - 08)),
        due_on: date!(2026 - 12 - 15),
        ..paused
    };
    assert!(again.why().starts_with(
        "Câu trả lời được đề nghị xem xét lại ngày 08/12/2026. Thời hạn là 05 ngày làm việc"
    ));
}

#[test]
fn urgency_is_counted_in_working_days() {
    let calendar = published();
    let friday = date!(2026 - 12 - 04);
    assert_eq!(Urgency::of(&calendar, friday, friday), Urgency::Soon(0));
    assert_eq!(
        Urgency::of(&calendar, date!(2026 - 12 - 07), friday),
        Urgency::Soon(1)
    );
    assert_eq!(
        Urgency::of(&calendar, date!(2026 - 12 - 09), friday),
        Urgency::Soon(3)
    );
    assert_eq!(
        Urgency::of(&calendar, date!(2026 - 12 - 10), friday),
        Urgency::Calm
    );
    assert_eq!(
        Urgency::of(&calendar, friday, date!(2026 - 12 - 05)),
        Urgency::Overdue(1),
        "late on the Saturday already"
    );
    assert_eq!(
        Urgency::of(&calendar, friday, date!(2026 - 12 - 08)),
        Urgency::Overdue(2)
    );
}

#[test]
fn dates_are_written_as_officials_write_them() {
    assert_eq!(day_month_year(date!(2026 - 01 - 05)), "05/01/2026");
    assert_eq!(weekday_date(date!(2026 - 12 - 07)), "thứ Hai 07/12/2026");
    assert_eq!(weekday_date(date!(2026 - 12 - 06)), "Chủ nhật 06/12/2026");
    assert_eq!(
        long_date(date!(2026 - 01 - 05)),
        "ngày 05 tháng 01 năm 2026"
    );
}

/// Days of 2022–2027, so that twenty working days more stay within the published table.
fn any_day() -> impl Strategy<Value = Date> {
    (0i64..2100).prop_map(|n| date!(2022 - 01 - 01) + Duration::days(n))
}

proptest! {
    #[test]
    fn a_deadline_never_lands_on_a_day_off(start in any_day(), days in 1u16..60) {
        let calendar = published();
        let due = calendar.add_working_days(start, days);
        prop_assert!(calendar.is_working(due));
        prop_assert!(due > start);
    }

    #[test]
    fn later_receipt_and_longer_periods_never_end_earlier(
        start in any_day(),
        shift in 0i64..30,
        days in 0u16..40,
        more in 0u16..20,
    ) {
        let calendar = published();
        let due = calendar.add_working_days(start, days);
        prop_assert!(calendar.add_working_days(start + Duration::days(shift), days) >= due);
        prop_assert!(calendar.add_working_days(start, days + more) >= due);
    }

    #[test]
    fn adding_in_two_steps_is_adding_at_once(
        start in any_day(),
        first in 0u16..30,
        second in 0u16..30,
    ) {
        let calendar = published();
        let at_once = calendar.add_working_days(start, first + second);
        let halfway = calendar.add_working_days(start, first);
        prop_assert_eq!(calendar.add_working_days(halfway, second), at_once);
    }

    #[test]
    fn counting_back_finds_what_was_added(start in any_day(), days in 0u16..60) {
        let calendar = published();
        let due = calendar.add_working_days(start, days);
        prop_assert_eq!(calendar.working_days_between(start, due), i32::from(days));
        prop_assert_eq!(calendar.working_days_between(due, start), -i32::from(days));
    }
}
