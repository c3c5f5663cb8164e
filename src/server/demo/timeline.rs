//! The steps of a made-up case: the actions that lead to its status, who took them, and when.

use super::{
    Fixtures,
    plan::{Event, Message, Plan, recorder},
    rng::DemoRng,
    scenarios::{RenderedScenario, Scenario},
};
use crate::{
    calendar::{day_month_year, weekday_date},
    case::{
        Action, CaseEvent, Channel, Confidentiality, Direction, Kind, OtherProcedure, Rating,
        RefusalReason, ServiceLevel, StaffId, Status, UnitId,
    },
    casework::actions::letters,
    platform::clock::VIETNAM,
    rights::Role,
};
use time::{Date, Duration, OffsetDateTime, Time};

const MISSING: &str = "Ngày đến nộp hồ sơ, tên thủ tục và số của giấy tiếp nhận hồ sơ.";
const REFUSAL: &str = "Nội dung chưa nêu rõ vụ việc, thời gian và nơi xảy ra nên chưa xác định \
                       được việc cần xem xét. Ông/Bà có thể gửi lại phản ánh có các thông tin này.";
const FORWARDING: &str = "Vụ việc xảy ra tại địa bàn do cơ quan này quản lý.";

/// Most are satisfied.
const RATINGS: [Rating; 7] = [
    Rating::VerySatisfied,
    Rating::VerySatisfied,
    Rating::Satisfied,
    Rating::Satisfied,
    Rating::Satisfied,
    Rating::Neutral,
    Rating::NotSatisfied,
];

/// The actions from arrival to `status`. A case `entered` by staff starts as received.
pub(super) fn course(status: Status, entered: bool) -> &'static [Action] {
    use Action as A;
    const ROAD: &[Action] = &[
        A::Receive,
        A::Classify,
        A::WriteExtract,
        A::Assign,
        A::StartVerifying,
        A::Conclude,
        A::SubmitForApproval,
        A::Answer,
        A::Close,
    ];
    let course: &'static [Action] = match status {
        Status::Received => &ROAD[..1],
        Status::Classified => &ROAD[..3],
        Status::Assigned => &ROAD[..4],
        Status::Verifying => &ROAD[..5],
        Status::Drafting => &ROAD[..6],
        Status::AwaitingApproval => &ROAD[..7],
        Status::Answered => &ROAD[..8],
        Status::Closed => ROAD,
        Status::AwaitingInfo => &[A::Receive, A::RequestInfo],
        Status::Refused => &[A::Receive, A::ProposeRefusal, A::ApproveRefusal],
        Status::Forwarded => &[A::Receive, A::ProposeForward, A::ApproveForward],
        Status::Redirected => &[A::Receive, A::Redirect],
        Status::Withdrawn => &[A::Withdraw],
        _ => &[],
    };
    if entered && course.first() == Some(&A::Receive) {
        &course[1..]
    } else {
        course
    }
}

/// Fills in the history of a case and what follows from it: unit, handler, answer, closing, rating.
pub(super) fn play(
    fixtures: &Fixtures,
    scenario: &Scenario,
    rendered: &RenderedScenario,
    plan: &mut Plan,
    rng: &mut DemoRng,
) {
    let entered = plan.channel != Channel::Online;
    let steps = course(plan.status, entered);
    let arrival = at(
        plan.received_on,
        if entered {
            8 * 60 + rng.below(480)
        } else {
            6 * 60 + rng.below(900)
        },
    );
    let arrival = arrival.min(fixtures.now - Duration::minutes(steps.len() as i64 + 2));
    arrive(fixtures, plan, entered, arrival);
    let span = span(fixtures, plan, rng);
    let mut last = arrival;
    for (index, action) in steps.iter().enumerate() {
        let offset = (span * (index as u16 + 1)) / steps.len() as u16;
        let day = fixtures.calendar.add_working_days(plan.received_on, offset);
        let latest = fixtures.now - Duration::minutes((steps.len() - index) as i64);
        last = at(day, 7 * 60 + 30 + rng.below(480))
            .max(last + Duration::minutes(1))
            .min(latest);
        step(fixtures, scenario, rendered, plan, *action, last);
    }
    if plan.status == Status::Closed && rng.chance(70) {
        let rating = RATINGS[rng.below(7) as usize];
        plan.rating = Some(rating);
        let event = Event {
            at: last,
            event: CaseEvent::Rated { rating },
            staff: None,
            role: None,
            text: None,
        };
        plan.events.insert(plan.events.len() - 1, event);
    }
}

fn arrive(fixtures: &Fixtures, plan: &mut Plan, entered: bool, at: OffsetDateTime) {
    let (event, role) = if entered {
        let channel = Some(plan.channel);
        let role = Some(recorder_role(plan.channel));
        (
            CaseEvent::Entered {
                channel,
                entered_on: None,
            },
            role,
        )
    } else {
        (CaseEvent::Submitted, None)
    };
    let staff = recorder(plan.channel).and_then(|username| fixtures.staff(username));
    plan.events.push(Event {
        at,
        event,
        staff,
        role,
        text: None,
    });
}

fn recorder_role(channel: Channel) -> Role {
    match channel {
        Channel::Phone => Role::Hotline,
        Channel::Counter | Channel::Reception => Role::OneStop,
        _ => Role::Office,
    }
}

/// Working days from arrival to the last step: four of five answered cases kept their deadline.
fn span(fixtures: &Fixtures, plan: &Plan, rng: &mut DemoRng) -> u16 {
    let elapsed = u16::try_from(
        fixtures
            .calendar
            .working_days_between(plan.received_on, fixtures.today()),
    )
    .unwrap_or(0);
    let allowed = fixtures.days(plan.due_rule);
    let wanted = match plan.status {
        Status::Answered | Status::Closed if rng.chance(80) => allowed - rng.below(5) as u16,
        Status::Answered | Status::Closed => allowed + 1 + rng.below(6) as u16,
        Status::Refused | Status::Forwarded | Status::Redirected => 2 + rng.below(3) as u16,
        _ => elapsed,
    };
    wanted.min(elapsed)
}

fn step(
    fixtures: &Fixtures,
    scenario: &Scenario,
    rendered: &RenderedScenario,
    plan: &mut Plan,
    action: Action,
    at: OffsetDateTime,
) {
    let day = at.date();
    match action {
        Action::RequestInfo => (plan.supplement_asked, plan.paused_on) = (true, Some(day)),
        Action::Assign => {
            plan.assigned_unit = fixtures.unit(unit_for(plan, rendered));
            // what is only assigned waits for the head of the unit to choose somebody
            let (handler, _) = team(plan, rendered)[0];
            plan.handler = fixtures
                .staff(handler)
                .filter(|_| plan.status != Status::Assigned);
        }
        Action::Answer => plan.answered_on = Some(day),
        Action::Close | Action::Withdraw => plan.closed_on = Some(day),
        _ => {}
    }
    let (username, role) = actor(plan, rendered, action);
    let staff = username.and_then(|username| fixtures.staff(username));
    let Some(event) = event_of(action, scenario, plan, fixtures, day) else {
        return;
    };
    if let Some(text) = letter(&event, fixtures, day) {
        plan.messages.push(Message {
            at,
            direction: Direction::Out,
            staff,
            text,
        });
    }
    let text = words_of(&event, day);
    plan.events.push(Event {
        at,
        event,
        staff,
        role,
        text,
    });
}

/// What is remembered of an action; `None` if no course of the demo takes it.
fn event_of(
    action: Action,
    scenario: &Scenario,
    plan: &Plan,
    fixtures: &Fixtures,
    day: Date,
) -> Option<CaseEvent> {
    let reason = RefusalReason::Unclear;
    let body = fixtures.external_body.as_ref().map(|(id, _)| *id);
    let until = Some(fixtures.end_of(ServiceLevel::Supplement, day));
    Some(match action {
        Action::Receive => CaseEvent::Received,
        Action::Classify => CaseEvent::Classified {
            classified_as: Some(plan.kind),
            reasons: plan.reasons.iter().map(|code| (*code).to_owned()).collect(),
            denunciation: plan.secrecy == Confidentiality::Denunciation,
            concerned: plan.concerned_unit.map(UnitId),
        },
        Action::WriteExtract => CaseEvent::ExtractWritten,
        Action::Assign => CaseEvent::Assigned {
            unit: plan.assigned_unit.map(UnitId),
            handler: plan.handler.map(|id| StaffId(id.as_u128())),
        },
        Action::StartVerifying => CaseEvent::VerificationStarted,
        Action::Conclude => CaseEvent::Concluded {
            finding: scenario.finding,
        },
        Action::SubmitForApproval => CaseEvent::DraftSubmitted,
        Action::Answer => CaseEvent::Answered,
        Action::Close => CaseEvent::Closed,
        Action::RequestInfo => CaseEvent::SupplementRequested { until },
        Action::ProposeRefusal => CaseEvent::RefusalProposed { reason },
        Action::ApproveRefusal => CaseEvent::RefusalApproved { reason },
        Action::ProposeForward => CaseEvent::ForwardProposed { body },
        Action::ApproveForward => CaseEvent::ForwardApproved { body },
        Action::Redirect => CaseEvent::Redirected {
            procedure: Some(OtherProcedure::Complaint),
        },
        Action::Withdraw => CaseEvent::Withdrawn,
        _ => return None,
    })
}

/// Whether the verification team has it: a sign of denunciation, or conduct of nobody knows whom.
fn is_verified_by_team(plan: &Plan) -> bool {
    let unknown = plan.kind == Kind::Conduct && plan.concerned_unit.is_none();
    plan.secrecy == Confidentiality::Denunciation || unknown
}

/// A unit other than the one concerned (`docs/law.md#conflict-of-interest`).
fn unit_for<'a>(plan: &Plan, rendered: &'a RenderedScenario) -> &'a str {
    if is_verified_by_team(plan) {
        "thanh-tra"
    } else {
        &rendered.handled_by
    }
}

/// Who verifies in the unit of a case, and who concludes.
fn team(plan: &Plan, rendered: &RenderedScenario) -> [(&'static str, Role); 2] {
    match unit_for(plan, rendered) {
        "thanh-tra" => [("thanhtra1", Role::Inspector); 2],
        "cn-ninh-kieu" => [("truong-cn-nk", Role::UnitHead); 2],
        _ => [("cv-vpdkdd", Role::Handler), ("gd-vpdkdd", Role::UnitHead)],
    }
}

fn actor(
    plan: &Plan,
    rendered: &RenderedScenario,
    action: Action,
) -> (Option<&'static str>, Option<Role>) {
    let inspected = is_verified_by_team(plan);
    let [verifies, concludes] = team(plan, rendered);
    let sealed = plan.secrecy == Confidentiality::Denunciation;
    let (username, role) = match action {
        Action::Withdraw => return (None, None),
        Action::StartVerifying => verifies,
        Action::Conclude | Action::SubmitForApproval => concludes,
        Action::Answer if inspected => ("giamdoc", Role::Leader),
        Action::ApproveRefusal if sealed => ("phogiamdoc", Role::Leader),
        Action::Answer | Action::ApproveForward => ("phogiamdoc", Role::Leader),
        Action::ApproveRefusal => ("chanhvp", Role::OfficeHead),
        _ if sealed => ("giamdoc", Role::Leader),
        _ => ("vanphong1", Role::Office),
    };
    (Some(username), Some(role))
}

/// What is sealed with an event, as the action of the office writes it.
fn words_of(event: &CaseEvent, day: Date) -> Option<String> {
    Some(match event {
        CaseEvent::SupplementRequested { .. } => MISSING.to_owned(),
        CaseEvent::RefusalProposed { .. } => REFUSAL.to_owned(),
        CaseEvent::ForwardProposed { .. } => FORWARDING.to_owned(),
        CaseEvent::ForwardApproved { .. } => document(day),
        _ => return None,
    })
}

/// What the submitter is sent with an event.
fn letter(event: &CaseEvent, fixtures: &Fixtures, day: Date) -> Option<String> {
    match event {
        CaseEvent::SupplementRequested { until } => {
            until.map(|until| letters::supplement(MISSING, &weekday_date(until)))
        }
        CaseEvent::RefusalApproved { reason } => Some(letters::refused(*reason, REFUSAL)),
        CaseEvent::ForwardApproved { .. } => {
            let (_, body) = fixtures.external_body.as_ref()?;
            Some(letters::forwarded(body, &document(day), FORWARDING))
        }
        CaseEvent::Redirected { procedure } => {
            procedure.map(|procedure| letters::redirected(procedure, ""))
        }
        _ => None,
    }
}

fn document(day: Date) -> String {
    format!(
        "Văn bản chuyển số 128/SNNMT-VP ngày {}.",
        day_month_year(day)
    )
}

fn at(day: Date, minutes: u32) -> OffsetDateTime {
    day.with_time(Time::MIDNIGHT).assume_offset(VIETNAM) + Duration::minutes(i64::from(minutes))
}

#[cfg(test)]
mod tests;
