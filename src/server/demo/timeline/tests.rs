//! A made-up case lives as a real one does.

use super::*;
use crate::{
    calendar::Calendar,
    case::ExternalBodyId,
    server::demo::{plan, rng::DemoRng, scenarios},
};
use time::macros::datetime;

#[test]
fn every_course_follows_the_state_machine_to_its_end() {
    for status in Status::ALL.iter().copied() {
        let end = course(status, false)
            .iter()
            .try_fold(Status::Submitted, |at, action| at.after(*action));
        assert_eq!(end, Some(status));
    }
}

#[test]
fn what_staff_entered_starts_received() {
    for status in [
        Status::Received,
        Status::Closed,
        Status::Refused,
        Status::AwaitingInfo,
    ] {
        let end = course(status, true)
            .iter()
            .try_fold(Status::Received, |at, action| at.after(*action));
        assert_eq!(end, Some(status));
    }
}

fn fixtures() -> Fixtures {
    let periods = [
        (ServiceLevel::AnswerConduct, 4),
        (ServiceLevel::AnswerRegulation, 7),
        (ServiceLevel::Supplement, 3),
    ];
    let units = ["vp-so", "thanh-tra", "vpdkdd", "cn-ninh-kieu"];
    let staff = ["thanhtra1", "cv-vpdkdd", "truong-cn-nk"];
    Fixtures {
        units: units.into_iter().map(str::to_owned).zip(1..).collect(),
        staff: staff
            .into_iter()
            .zip(1..)
            .map(|(name, id)| (name.to_owned(), uuid::Uuid::from_u128(id)))
            .collect(),
        external_body: Some((ExternalBodyId(1), "Sở Xây dựng".to_owned())),
        calendar: Calendar::default(),
        periods: periods.into_iter().collect(),
        now: datetime!(2026-11-23 09:00 +7),
    }
}

/// No figure of the demo may come from a life that no real case can have.
#[test]
fn a_made_up_case_holds_what_the_actions_write() {
    let fixtures = fixtures();
    let scenarios = scenarios::all().unwrap();
    for index in 0..160 {
        let plan = plan::recent(&fixtures, &scenarios, DemoRng::new(index), index);
        let status = plan.status;
        let is = |some: &[Status]| some.contains(&status);
        let due_on = fixtures.end_of(plan.kind.service_level(), plan.received_on);
        assert_eq!(plan.due_on, (!plan.is_lead).then_some(due_on), "{status:?}");
        assert_eq!(
            plan.answered_on.is_some(),
            is(&[Status::Answered, Status::Closed]),
            "{status:?}"
        );
        assert_eq!(
            plan.closed_on.is_some(),
            is(&[Status::Closed, Status::Withdrawn]),
            "{status:?}"
        );
        let letters = is(&[
            Status::AwaitingInfo,
            Status::Refused,
            Status::Forwarded,
            Status::Redirected,
        ]);
        assert_eq!(plan.messages.len(), usize::from(letters), "{status:?}");
        for event in &plan.events {
            match &event.event {
                CaseEvent::SupplementRequested { until } => {
                    let asked_on = plan.paused_on.unwrap();
                    let day = fixtures.end_of(ServiceLevel::Supplement, asked_on);
                    assert_eq!(*until, Some(day));
                    assert!(plan.messages[0].text.contains(&weekday_date(day)));
                }
                CaseEvent::Assigned { unit, handler } => {
                    assert_eq!(unit.map(|unit| unit.0), plan.assigned_unit);
                    assert_eq!(handler.map(|id| id.0), plan.handler.map(|id| id.as_u128()));
                }
                _ => {}
            }
        }
    }
}
