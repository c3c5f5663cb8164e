//! One made-up case: its subject, its progress, and the time of each step. Pure except for its ids.

use super::{
    Fixtures,
    rng::DemoRng,
    rows::new_id,
    scenarios::{RenderedScenario, Scenario},
    timeline,
};
use crate::{
    case::{
        BodyField, CaseEvent, CaseId, CaseNumber, Channel, Confidentiality, Direction, Finding,
        Kind, Rating, ServiceLevel, Status,
    },
    platform::vault::Identity,
    rights::Role,
};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

/// A case as it will be written.
pub(super) struct Plan {
    pub id: CaseId,
    pub number: CaseNumber,
    pub kind: Kind,
    pub reasons: Vec<&'static str>,
    pub channel: Channel,
    pub status: Status,
    pub secrecy: Confidentiality,
    pub is_lead: bool,
    pub concerned_unit: Option<i16>,
    pub assigned_unit: Option<i16>,
    pub handler: Option<Uuid>,
    pub created_by: Option<Uuid>,
    pub received_on: Date,
    pub due_on: Option<Date>,
    pub due_rule: ServiceLevel,
    pub calendar_version: i16,
    pub paused_on: Option<Date>,
    pub supplement_asked: bool,
    pub reopened: bool,
    pub finding: Option<Finding>,
    pub answered_on: Option<Date>,
    pub closed_on: Option<Date>,
    pub rating: Option<Rating>,
    pub identity: Option<Identity>,
    pub bodies: Vec<(BodyField, String)>,
    pub events: Vec<Event>,
    pub messages: Vec<Message>,
}

/// One row of the history.
pub(super) struct Event {
    pub at: OffsetDateTime,
    pub event: CaseEvent,
    pub staff: Option<Uuid>,
    pub role: Option<Role>,
    pub text: Option<String>,
}

/// One message of the conversation.
pub(super) struct Message {
    pub at: OffsetDateTime,
    pub direction: Direction,
    pub staff: Option<Uuid>,
    pub text: String,
}

/// Statuses of the small demo's cases: many recent open ones, and older ones that have ended.
const STATUSES: &[Status] = &[
    Status::Submitted,
    Status::Closed,
    Status::Received,
    Status::Closed,
    Status::Classified,
    Status::Answered,
    Status::Assigned,
    Status::Closed,
    Status::Verifying,
    Status::Closed,
    Status::Drafting,
    Status::Closed,
    Status::AwaitingApproval,
    Status::Answered,
    Status::AwaitingInfo,
    Status::Closed,
    Status::Refused,
    Status::Closed,
    Status::Forwarded,
    Status::Answered,
    Status::Redirected,
    Status::Closed,
    Status::Withdrawn,
    Status::Closed,
];

/// A case of the small demo. The `index` chooses scenario and status, so that all of them appear.
pub(super) fn recent(
    fixtures: &Fixtures,
    scenarios: &[Scenario],
    mut rng: DemoRng,
    index: u64,
) -> Plan {
    let scenario = &scenarios[index as usize % scenarios.len()];
    let status = STATUSES[(index as usize * 7 + index as usize / STATUSES.len()) % STATUSES.len()];
    let days_ago = match status {
        Status::Submitted => rng.below(2),
        Status::AwaitingInfo | Status::Received | Status::Classified => 1 + rng.below(5),
        Status::Assigned | Status::Verifying | Status::Drafting | Status::AwaitingApproval => {
            6 + rng.below(16)
        }
        Status::Answered => 12 + rng.below(24),
        // no older than what is refused is kept (`migrations/0022`)
        Status::Refused => 20 + rng.below(120),
        // up to eight months ago
        _ => 20 + rng.below(220),
    };
    make(
        fixtures,
        scenario,
        rng,
        status,
        fixtures.today() - Duration::days(i64::from(days_ago)),
    )
}

/// Days of the five years that a large number of cases comes from.
pub(super) const FIVE_YEARS: u32 = 1700;

/// A case of up to `days` ago, a month left out; all but one in seventy have ended.
pub(super) fn historical(
    fixtures: &Fixtures,
    scenarios: &[Scenario],
    mut rng: DemoRng,
    days: u32,
) -> Plan {
    let scenario = &scenarios[rng.below(scenarios.len() as u32) as usize];
    let (status, days_ago) = if rng.below(1000) < 15 {
        let open = [
            &Status::Submitted,
            &Status::Received,
            &Status::Classified,
            &Status::Assigned,
            &Status::Verifying,
            &Status::Drafting,
        ];
        (*rng.pick(&open), rng.below(20))
    } else {
        let ended = [
            &Status::Closed,
            &Status::Closed,
            &Status::Closed,
            &Status::Closed,
            &Status::Refused,
            &Status::Forwarded,
        ];
        // no older than such a case is kept (`migrations/0022`)
        let days = match scenario.anonymous {
            true => days.min(650),
            false => days,
        };
        let days_ago = 30 + rng.below(days);
        match *rng.pick(&ended) {
            Status::Refused if days_ago > 150 => (Status::Closed, days_ago),
            status => (status, days_ago),
        }
    };
    let mut plan = make(
        fixtures,
        scenario,
        rng,
        status,
        fixtures.today() - Duration::days(i64::from(days_ago)),
    );
    // enough to follow and read it; only the small demo has full histories
    plan.identity = None;
    plan.events.truncate(2);
    plan.bodies.truncate(1);
    plan.messages.clear();
    plan
}

fn make(
    fixtures: &Fixtures,
    scenario: &Scenario,
    mut rng: DemoRng,
    status: Status,
    received_on: Date,
) -> Plan {
    let rendered = scenario.render(&mut rng);
    let channel = scenario.channel.unwrap_or_else(|| {
        *rng.pick(&[
            &Channel::Online,
            &Channel::Online,
            &Channel::Online,
            &Channel::Phone,
            &Channel::Counter,
        ])
    });
    // staff receive a case as they enter it, so it cannot wait or be withdrawn
    let channel = if matches!(status, Status::Submitted | Status::Withdrawn) {
        Channel::Online
    } else {
        channel
    };
    let mut plan = Plan {
        id: new_id(),
        number: CaseNumber::from_random(
            received_on.year().unsigned_abs() as u16,
            new_id().0 as u32,
        ),
        kind: scenario.kind,
        reasons: scenario
            .reasons
            .iter()
            .filter_map(|code| crate::case::Reason::from_code(code))
            .map(|reason| reason.code)
            .collect(),
        channel,
        status,
        secrecy: scenario.secrecy(),
        is_lead: scenario.anonymous,
        concerned_unit: fixtures.unit(&rendered.unit),
        assigned_unit: None,
        handler: None,
        created_by: recorder(channel).and_then(|username| fixtures.staff(username)),
        received_on,
        due_on: None,
        due_rule: scenario.kind.service_level(),
        calendar_version: fixtures.calendar.version,
        paused_on: None,
        supplement_asked: false,
        reopened: false,
        finding: None,
        answered_on: None,
        closed_on: None,
        rating: None,
        identity: (!scenario.anonymous).then(|| rendered.identity.clone()),
        bodies: vec![(BodyField::Original, rendered.story_json())],
        events: Vec::new(),
        messages: Vec::new(),
    };
    run_course(fixtures, scenario, &rendered, &mut plan, &mut rng);
    plan
}

/// Deadline, steps and bodies that follow from the status.
fn run_course(
    fixtures: &Fixtures,
    scenario: &Scenario,
    rendered: &RenderedScenario,
    plan: &mut Plan,
    rng: &mut DemoRng,
) {
    plan.due_on = (!plan.is_lead).then(|| fixtures.end_of(plan.due_rule, plan.received_on));
    timeline::play(fixtures, scenario, rendered, plan, rng);
    let reached = |status: Status| {
        timeline::course(plan.status, false)
            .iter()
            .any(|action| status_after(*action) == Some(status))
    };
    let (extract, finding) = (reached(Status::Classified), reached(Status::Drafting));
    if extract {
        plan.bodies
            .push((BodyField::Extract, rendered.extract.clone()));
    }
    if finding {
        plan.finding = Some(scenario.finding);
        plan.bodies
            .push((BodyField::Finding, rendered.finding.clone()));
        plan.bodies.push((BodyField::Reply, rendered.reply.clone()));
    }
}

fn status_after(action: crate::case::Action) -> Option<Status> {
    Status::ALL
        .iter()
        .find_map(|from| from.after(action).filter(|to| to != from))
}

/// The username of the staff member who enters what arrives by a channel; `None` online.
pub(super) fn recorder(channel: Channel) -> Option<&'static str> {
    match channel {
        Channel::Online => None,
        Channel::Phone => Some("tongdai1"),
        Channel::Counter | Channel::Reception => Some("motcua1"),
        _ => Some("vanphong1"),
    }
}
