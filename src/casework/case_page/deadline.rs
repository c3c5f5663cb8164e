//! A deadline as the console shows it: a word, a date, and a colour only when it matters.

use crate::{calendar::Calendar, case::Status, ui::Due};
use time::Date;

/// What is known of the deadline of a case.
#[derive(Clone, Copy, Debug)]
pub struct DeadlineState {
    /// Present status.
    pub status: Status,
    /// Its last day.
    pub due_on: Date,
    /// Since when the deadline is paused.
    pub paused_on: Option<Date>,
    /// When it was answered.
    pub answered_on: Option<Date>,
}

impl DeadlineState {
    /// The deadline as seen on `today`.
    pub fn describe(self, calendar: &Calendar, today: Date) -> Due {
        let due_on = self.due_on;
        if let Some(answered_on) = self.answered_on {
            let late = calendar.working_days_between(due_on, answered_on).max(1);
            return match answered_on > due_on {
                true => Due::said("calm", format!("trả lời trễ {late} ngày làm việc"), due_on)
                    .in_short(format!("trễ {late} ngày")),
                false => Due::said("calm", "trả lời đúng hạn", due_on).in_short("đúng hạn"),
            };
        }
        if !self.status.is_open() {
            return Due::said("calm", "không còn tính hạn", due_on).in_short("không tính");
        }
        match self.paused_on {
            Some(_) => Due::said("paused", "tạm dừng chờ bổ sung", due_on).in_short("tạm dừng"),
            None => Due::running(calendar, due_on, today),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn described(today: Date, change: impl FnOnce(&mut DeadlineState)) -> Due {
        let mut state = DeadlineState {
            status: Status::Verifying,
            due_on: date!(2026 - 12 - 07),
            paused_on: None,
            answered_on: None,
        };
        change(&mut state);
        state.describe(&Calendar::default(), today)
    }

    #[test]
    fn colour_comes_with_the_last_three_days() {
        assert_eq!(described(date!(2026 - 12 - 01), |_| {}).tone, "calm");
        let soon = described(date!(2026 - 12 - 02), |_| {});
        assert_eq!(
            (soon.tone.as_str(), soon.words.as_str(), soon.date.as_str()),
            ("soon", "còn 3 ngày làm việc", "thứ Hai 07/12/2026")
        );
        assert_eq!(soon.short, "còn 3 ngày");
        assert_eq!(
            described(date!(2026 - 12 - 07), |_| {}).words,
            "hết hạn hôm nay"
        );
    }

    #[test]
    fn the_day_after_is_late_even_on_a_weekend() {
        assert_eq!(
            described(date!(2026 - 12 - 08), |_| {}).words,
            "quá hạn 1 ngày làm việc"
        );
        assert_eq!(described(date!(2026 - 12 - 08), |_| {}).short, "quá 1 ngày");
        let saturday = described(date!(2026 - 12 - 05), |c| c.due_on = date!(2026 - 12 - 04));
        assert_eq!(
            (saturday.tone.as_str(), saturday.words.as_str()),
            ("late", "quá hạn 1 ngày làm việc")
        );
    }

    #[test]
    fn a_paused_case_is_never_late() {
        assert_eq!(
            described(date!(2027 - 01 - 04), |c| c.paused_on =
                Some(date!(2026 - 12 - 01)))
            .tone,
            "paused"
        );
    }

    #[test]
    fn an_answer_settles_it() {
        let answered = |on| {
            described(date!(2027 - 01 - 04), |c| {
                (c.status, c.answered_on) = (Status::Answered, Some(on))
            })
            .words
        };
        assert_eq!(answered(date!(2026 - 12 - 07)), "trả lời đúng hạn");
        assert_eq!(
            answered(date!(2026 - 12 - 09)),
            "trả lời trễ 2 ngày làm việc"
        );
    }
}
