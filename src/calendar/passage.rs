//! How long a case has been at each of its stages, counted in working days from its history.

use super::Calendar;
use crate::case::{CaseEvent, Stage, Status, Turn};
use time::Date;

/// The way of a case through its stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it is.
    pub at: Stage,
    /// The department owes nothing at this stage any more: it is answered, or it waits for the
    /// submitter.
    pub rests: bool,
    /// Working days spent at each stage, in the order of [`Stage::ALL`].
    days: [i32; Stage::ALL.len()],
}

impl Passage {
    /// Counts the days from `history`, oldest first; `None` for a case that ended without an answer
    /// of the department.
    ///
    /// The status says where the case is, the history only how long: so a correction that takes
    /// something back moves the case back, whatever it is called.
    pub fn of<'a>(
        calendar: &Calendar,
        status: Status,
        history: impl IntoIterator<Item = (Date, &'a CaseEvent)>,
        today: Date,
    ) -> Option<Self> {
        let at = status.stage()?;
        let mut days = [0; Stage::ALL.len()];
        let mut since: Option<(Stage, Date)> = None;
        for (day, event) in history {
            let Some(turn) = event.turn() else { continue };
            if let Some((stage, from)) = since {
                days[stage as usize] += calendar.working_days_between(from, day).max(0);
            }
            since = match turn {
                Turn::At(stage) => Some((stage, day)),
                Turn::Again(stage) => {
                    days[stage as usize..].fill(0);
                    Some((stage, day))
                }
                Turn::Waits | Turn::Ends => None,
            };
        }
        let rests = !status.is_open() || status == Status::AwaitingInfo;
        if let Some((_, from)) = since.filter(|_| !rests) {
            days[at as usize] += calendar.working_days_between(from, today).max(0);
        }
        Some(Self { at, rests, days })
    }

    /// Working days spent at `stage`; `None` before the case has come there.
    pub fn days(&self, stage: Stage) -> Option<i32> {
        (stage <= self.at).then(|| self.days[stage as usize])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    /// From Monday 23 November 2026 on.
    const MONDAY: Date = date!(2026 - 11 - 23);

    fn passage(status: Status, history: &[(Date, CaseEvent)], today: Date) -> Option<Passage> {
        let history = history.iter().map(|(day, event)| (*day, event));
        Passage::of(&Calendar::default(), status, history, today)
    }

    fn counted(passage: &Passage) -> Vec<Option<i32>> {
        let stages = Stage::ALL.iter();
        stages.map(|stage| passage.days(*stage)).collect()
    }

    fn assigned() -> CaseEvent {
        CaseEvent::Assigned {
            unit: None,
            handler: None,
        }
    }

    #[test]
    fn days_are_counted_where_they_were_spent_and_weekends_are_not() {
        let history = [
            (MONDAY, CaseEvent::Submitted),
            (date!(2026 - 11 - 24), CaseEvent::Received),
            (date!(2026 - 11 - 24), CaseEvent::Noted),
            (date!(2026 - 11 - 27), assigned()),
        ];
        let monday = date!(2026 - 11 - 30);
        let passage = passage(Status::Verifying, &history, monday).unwrap();
        assert_eq!((passage.at, passage.rests), (Stage::Verified, false));
        assert_eq!(
            counted(&passage),
            [Some(1), Some(3), Some(1), None, None],
            "Friday to Monday is one working day"
        );
    }

    #[test]
    fn what_was_written_down_for_somebody_waits_with_the_office_from_its_first_day() {
        let entered = CaseEvent::Entered {
            channel: None,
            entered_on: None,
        };
        let history = [(MONDAY, entered), (date!(2026 - 11 - 25), assigned())];
        let before = passage(Status::Received, &history[..1], date!(2026 - 11 - 25)).unwrap();
        assert_eq!(counted(&before)[..2], [Some(0), Some(2)]);
        let after = passage(Status::Assigned, &history, date!(2026 - 11 - 25)).unwrap();
        assert_eq!(counted(&after)[..2], [Some(0), Some(2)]);
    }

    #[test]
    fn the_days_of_waiting_for_the_submitter_are_not_the_departments() {
        let mut history = vec![
            (MONDAY, CaseEvent::Submitted),
            (
                date!(2026 - 11 - 25),
                CaseEvent::SupplementRequested { until: None },
            ),
        ];
        let friday = date!(2026 - 11 - 27);
        let waiting = passage(Status::AwaitingInfo, &history, friday).unwrap();
        assert!(waiting.rests);
        assert_eq!(counted(&waiting)[..2], [Some(2), Some(0)]);
        history.push((friday, CaseEvent::Supplemented { files: 0 }));
        let back = passage(Status::Received, &history, date!(2026 - 12 - 01)).unwrap();
        assert_eq!(counted(&back)[..2], [Some(2), Some(2)]);
    }

    #[test]
    fn a_returned_draft_adds_to_the_days_of_verifying() {
        let history = [
            (MONDAY, assigned()),
            (date!(2026 - 11 - 24), CaseEvent::DraftSubmitted),
            (date!(2026 - 11 - 26), CaseEvent::DraftReturned),
            (date!(2026 - 11 - 27), CaseEvent::DraftSubmitted),
        ];
        let passage = passage(Status::AwaitingApproval, &history, date!(2026 - 11 - 27)).unwrap();
        assert_eq!(counted(&passage)[2..], [Some(2), Some(2), None]);
    }

    #[test]
    fn an_answer_stops_the_count_and_reopening_begins_it_anew() {
        let mut history = vec![
            (MONDAY, CaseEvent::Submitted),
            (MONDAY, CaseEvent::Received),
            (MONDAY, assigned()),
            (date!(2026 - 11 - 26), CaseEvent::DraftSubmitted),
            (date!(2026 - 11 - 27), CaseEvent::Answered),
        ];
        let later = date!(2027 - 01 - 29);
        let answered = passage(Status::Answered, &history, later).unwrap();
        assert!(answered.rests);
        assert_eq!(
            counted(&answered),
            [Some(0), Some(0), Some(3), Some(1), Some(0)]
        );
        history.push((date!(2026 - 12 - 01), CaseEvent::Reopened));
        let again = passage(Status::Drafting, &history, date!(2026 - 12 - 02)).unwrap();
        assert_eq!(counted(&again), [Some(0), Some(0), Some(1), None, None]);
    }

    #[test]
    fn what_was_taken_back_is_not_ahead() {
        let history = [(MONDAY, CaseEvent::Submitted), (MONDAY, assigned())];
        let back = passage(Status::Classified, &history, MONDAY).unwrap();
        assert_eq!(back.at, Stage::Received);
        assert_eq!(back.days(Stage::Verified), None);
    }

    #[test]
    fn a_case_that_ended_otherwise_has_no_baton() {
        for status in [Status::Refused, Status::Forwarded, Status::Withdrawn] {
            assert_eq!(passage(status, &[], MONDAY), None);
        }
    }
}
