//! Invented people and cases, to try the product out and to measure it at scale.

mod bulk;
mod figures;
mod plan;
mod rng;
mod rows;
mod scenarios;
mod staff;
mod timeline;

pub use bulk::fill;
pub use staff::{NewStaff, add_staff};

use crate::{
    calendar::Calendar,
    case::{CaseNumber, ExternalBodyId, ReceiptCode, ServiceLevel, Status},
    directory::ssr,
    platform::{clock::Clock, database::Db, vault::Vault},
};
use rng::DemoRng;
use rows::Rows;
use std::collections::HashMap;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// Cases of the small demo that are worked on, or were of late.
const CASES: u64 = 160;
/// Older ones, for the figures: a year and what has passed of this one.
const PAST_CASES: u64 = 1_800;

/// The existing rows that a made-up case refers to.
struct Fixtures {
    units: HashMap<String, i16>,
    staff: HashMap<String, Uuid>,
    /// Where forwarded cases go.
    external_body: Option<(ExternalBodyId, String)>,
    calendar: Calendar,
    /// Working days of each period.
    periods: HashMap<ServiceLevel, u16>,
    now: OffsetDateTime,
}

/// Sign-ins and receipt codes to try the demo with; shown once.
pub struct DemoCredentials {
    sign_ins: Vec<staff::SignIn>,
    receipts: Vec<(CaseNumber, ReceiptCode, Status)>,
}

impl DemoCredentials {
    /// Prints it.
    pub fn print(&self) {
        if !self.sign_ins.is_empty() {
            println!("\nDemo sign-ins. The passwords are random and shown this once:");
        }
        for sign_in in &self.sign_ins {
            println!(
                "  {:<14} {}   {}",
                sign_in.username, sign_in.password, sign_in.roles
            );
        }
        println!("\nReceipt codes to follow a demo case with, at /tra-cuu:");
        for (number, code, status) in &self.receipts {
            println!("  {code}   {number}   {}", status.label());
        }
    }
}

/// Whether there are neither cases nor staff yet: made-up people are never put beside real ones.
///
/// # Errors
/// If the database is unreachable.
pub async fn is_empty(owner: &Db) -> anyhow::Result<bool> {
    let any = sqlx::query_scalar!(
        r#"select exists (select from feedback_case) or exists (select from staff) as "any!""#
    )
    .fetch_one(owner.pool())
    .await?;
    Ok(!any)
}

/// Makes the demo's staff, its small set of cases, and what is published of them, over an owner's
/// connection.
///
/// # Errors
/// If the database refuses a row.
pub async fn start(owner: &Db, vault: &Vault, clock: &Clock) -> anyhow::Result<DemoCredentials> {
    let sign_ins = staff::add_all(owner, clock.now()).await?;
    let fixtures = Fixtures::load(owner, clock).await?;
    let scenarios = scenarios::all()?;
    let mut rows = Rows::default();
    let mut receipts = Vec::new();
    for index in 0..CASES {
        let plan = plan::recent(&fixtures, &scenarios, DemoRng::new(index), index);
        let receipt = rows.push(vault, &plan);
        let wanted = [Status::Verifying, Status::AwaitingInfo, Status::Answered];
        if wanted.contains(&plan.status)
            && !receipts.iter().any(|(_, _, status)| *status == plan.status)
            && !plan.is_lead
        {
            receipts.push((plan.number.clone(), receipt, plan.status));
        }
    }
    let days = fixtures.days_of_the_figures();
    for index in CASES..CASES + PAST_CASES {
        let plan = plan::historical(&fixtures, &scenarios, DemoRng::new(index), days);
        rows.push(vault, &plan);
    }
    rows.write(owner).await?;
    figures::publish(owner, &sign_ins, clock.now()).await?;
    Ok(DemoCredentials { sign_ins, receipts })
}

impl Fixtures {
    async fn load(owner: &Db, clock: &Clock) -> anyhow::Result<Self> {
        let mut connection = owner.pool().acquire().await?;
        let units = ssr::units(&mut connection)
            .await?
            .into_iter()
            .map(|unit| (unit.code, unit.unit_id))
            .collect();
        let calendar = ssr::calendar(&mut connection).await?;
        let staff = sqlx::query!("select username, staff_id from staff")
            .fetch_all(&mut *connection)
            .await?;
        let staff = staff
            .into_iter()
            .map(|row| (row.username, row.staff_id))
            .collect();
        let external_body = ssr::external_bodies(&mut connection)
            .await?
            .into_iter()
            .next();
        let mut periods = HashMap::new();
        for level in ServiceLevel::ALL {
            let days = ssr::service_level(&mut connection, *level, clock.today()).await?;
            periods.insert(*level, days);
        }
        Ok(Self {
            units,
            staff,
            external_body,
            calendar,
            periods,
            now: clock.now(),
        })
    }

    /// Days from the first of last year to a month ago: so one whole year is told of.
    fn days_of_the_figures(&self) -> u32 {
        let today = self.today();
        let this_year = i32::from(today.ordinal());
        let last_year = i32::from(time::util::days_in_year(today.year() - 1));
        (this_year + last_year - 31).unsigned_abs()
    }

    fn today(&self) -> Date {
        self.now.date()
    }

    /// The last day of a period that begins on `start`.
    fn end_of(&self, level: ServiceLevel, start: Date) -> Date {
        self.calendar.add_working_days(start, self.days(level))
    }

    fn days(&self, level: ServiceLevel) -> u16 {
        self.periods.get(&level).copied().unwrap_or_default()
    }

    fn unit(&self, code: &str) -> Option<i16> {
        self.units.get(code).copied()
    }

    fn staff(&self, username: &str) -> Option<Uuid> {
        self.staff.get(username).copied()
    }
}
