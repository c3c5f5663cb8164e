//! A deadline and the explanation of how it was counted.

use super::{Calendar, day_month_year, weekday_date};
use time::Date;

/// The last day of a period, and how it was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The period ends at 24:00 of this day, `Asia/Ho_Chi_Minh`.
    pub due_on: Date,
    /// Version of the calendar that counted it.
    pub calendar_version: i16,
    /// One Vietnamese sentence for the submitter.
    pub explanation: String,
}

impl Deadline {
    /// Counts `working_days` from the day of receipt, at whatever hour (Civil Code 2015 art. 147;
    /// `docs/law.md#working-days`).
    pub fn count(calendar: &Calendar, received_on: Date, working_days: u16) -> Self {
        let due_on = calendar.add_working_days(received_on, working_days);
        let explanation = format!(
            "{working_days:02} ngày làm việc, tính từ ngày làm việc đầu tiên sau {}, không kể thứ \
             Bảy, Chủ nhật và ngày nghỉ lễ.",
            weekday_date(received_on)
        );
        Self {
            due_on,
            calendar_version: calendar.version,
            explanation,
        }
    }
}

/// The last day of a period whose clock was paused from `paused_on` until `resumed_on`: it moves by
/// the working days in between (`docs/law.md#deadlines`). If it resumes on the day it was paused,
/// or before, it does not move.
pub fn resumed(calendar: &Calendar, due_on: Date, paused_on: Date, resumed_on: Date) -> Date {
    let paused = calendar.working_days_between(paused_on, resumed_on).max(0);
    calendar.add_working_days(due_on, u16::try_from(paused).unwrap_or(u16::MAX))
}

/// What is known of how the deadline of a case was counted.
#[derive(Clone, Copy)]
pub struct Counted<'a> {
    /// The working calendar.
    pub calendar: &'a Calendar,
    /// When the feedback arrived.
    pub received_on: Date,
    /// Last day for the answer.
    pub due_on: Date,
    /// Working days of the service level.
    pub days: u16,
    /// When the submitter had it opened again.
    pub reopened_on: Option<Date>,
    /// The deadline was paused while a supplement was awaited.
    pub supplemented: bool,
}

impl Counted<'_> {
    /// Why the deadline is that day, in sentences one can check on a wall calendar; the same for
    /// the submitter and for staff.
    pub fn why(&self) -> String {
        let start = self.reopened_on.unwrap_or(self.received_on);
        let deadline = Deadline::count(self.calendar, start, self.days);
        let from = match self.reopened_on {
            Some(day) => format!(
                "Câu trả lời được đề nghị xem xét lại ngày {}.",
                day_month_year(day)
            ),
            None => format!("Sở nhận phản ánh ngày {}.", day_month_year(start)),
        };
        let moved = match deadline.due_on == self.due_on {
            true => "",
            false if self.supplemented => {
                " Những ngày chờ bổ sung thông tin không tính, nên hạn lùi lại bằng số ngày làm \
                 việc đó."
            }
            false => " Hạn đã được điều chỉnh trong quá trình xử lý.",
        };
        format!(
            "{from} Thời hạn là {}{moved} Hạn kết thúc lúc 24 giờ {}.",
            deadline.explanation,
            weekday_date(self.due_on)
        )
    }
}

/// How close a deadline is. It is also shown as words, so that colour is never the only sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// More than three working days left.
    Calm,
    /// This many working days left, three or fewer; 0 is today.
    Soon(i32),
    /// This many working days late.
    Overdue(i32),
}

impl Urgency {
    /// The urgency of `due_on` as seen on `today`.
    pub fn of(calendar: &Calendar, due_on: Date, today: Date) -> Self {
        if due_on < today {
            return Self::Overdue(calendar.working_days_between(due_on, today).max(1));
        }
        match calendar.working_days_between(today, due_on) {
            left @ 0..=3 => Self::Soon(left),
            _ => Self::Calm,
        }
    }
}

#[cfg(test)]
mod resumption {
    use super::*;
    use proptest::prelude::*;
    use time::{Duration, macros::date};

    #[test]
    fn the_working_days_of_the_pause_are_given_back() {
        // paused on Thursday, resumed on the next Tuesday: Friday, Monday and Tuesday
        let due = resumed(
            &Calendar::default(),
            date!(2026 - 12 - 04),
            date!(2026 - 11 - 26),
            date!(2026 - 12 - 01),
        );
        assert_eq!(due, date!(2026 - 12 - 09));
    }

    #[test]
    fn a_pause_within_one_day_or_a_weekend_gives_nothing_back() {
        let due = date!(2026 - 12 - 04);
        assert_eq!(
            resumed(
                &Calendar::default(),
                due,
                date!(2026 - 11 - 26),
                date!(2026 - 11 - 26)
            ),
            due
        );
        assert_eq!(
            resumed(
                &Calendar::default(),
                due,
                date!(2026 - 11 - 27),
                date!(2026 - 11 - 29)
            ),
            due
        );
    }

    proptest! {
        #[test]
        fn what_was_left_at_the_pause_is_left_after_it(
            start in 0i64..4000,
            left in 0u16..60,
            pause in 0i64..90,
        ) {
            let calendar = Calendar::default();
            let paused_on = date!(2020 - 01 - 01) + Duration::days(start);
            let due_on = calendar.add_working_days(paused_on, left);
            let back = paused_on + Duration::days(pause);
            let moved = resumed(&calendar, due_on, paused_on, back);
            prop_assert!(moved >= due_on);
            if left > 0 {
                prop_assert_eq!(calendar.working_days_between(back, moved), i32::from(left));
            }
        }
    }
}
