//! A large number of cases for load tests: the mix of years of service, one in seventy still open.

use super::{Fixtures, plan, rng::DemoRng, rows::Rows, scenarios};
use crate::{
    case::CaseNumber,
    platform::{clock::Clock, database::Db, vault::Vault},
};
use std::{collections::HashSet, sync::Arc};
use tokio::task::JoinSet;

/// Cases sealed and written together.
const BATCH: u32 = 2_000;
/// Concurrent batches: one is sealed while another is written.
const AT_ONCE: usize = 3;

/// Adds `count` cases over an owner's connections. `progress` receives the number written so far.
///
/// # Errors
/// If the database refuses a batch; the batches before it stay.
pub async fn fill(
    owner: &Db,
    vault: Arc<Vault>,
    clock: &Clock,
    count: u32,
    progress: impl Fn(u32),
) -> anyhow::Result<()> {
    super::staff::add_all(owner, clock.now()).await?;
    let fixtures = Arc::new(Fixtures::load(owner, clock).await?);
    let scenarios = Arc::new(scenarios::all()?);
    let taken: HashSet<String> = sqlx::query_scalar!("select number from feedback_case")
        .fetch_all(owner.pool())
        .await?
        .into_iter()
        .collect();
    let (first, taken) = (u32::try_from(taken.len())?, Arc::new(taken));
    let mut running = JoinSet::new();
    let mut done = 0;
    for start in (first..first + count).step_by(BATCH as usize) {
        if running.len() >= AT_ONCE {
            done += joined(running.join_next().await)?;
            progress(done);
        }
        let range = start..(first + count).min(start + BATCH);
        let sources = (
            Arc::clone(&vault),
            Arc::clone(&fixtures),
            Arc::clone(&scenarios),
            Arc::clone(&taken),
        );
        running.spawn(batch(owner.clone(), sources, range));
    }
    while !running.is_empty() {
        done += joined(running.join_next().await)?;
        progress(done);
    }
    sqlx::raw_sql("vacuum analyze")
        .execute(owner.pool())
        .await?;
    Ok(())
}

fn joined(
    ended: Option<Result<anyhow::Result<u32>, tokio::task::JoinError>>,
) -> anyhow::Result<u32> {
    ended.map_or(Ok(0), |ended| ended?)
}

type Sources = (
    Arc<Vault>,
    Arc<Fixtures>,
    Arc<Vec<scenarios::Scenario>>,
    Arc<HashSet<String>>,
);

async fn batch(
    owner: Db,
    (vault, fixtures, scenarios, taken): Sources,
    range: std::ops::Range<u32>,
) -> anyhow::Result<u32> {
    let count = range.end - range.start;
    let seal = move || {
        let mut rows = Rows::default();
        for index in range {
            // seeds differ from those of the small demo
            let rng = DemoRng::new(u64::from(index) + 1_000_000);
            let mut plan = plan::historical(&fixtures, &scenarios, rng, plan::FIVE_YEARS);
            plan.number = number(plan.received_on.year().unsigned_abs() as u16, index, &taken);
            rows.push(&vault, &plan);
        }
        rows
    };
    tokio::task::spawn_blocking(seal)
        .await?
        .write(&owner)
        .await?;
    Ok(count)
}

/// A number for the case of this index that no case has yet. Distinct indexes give distinct bits,
/// while random numbers would collide some hundred times in a million: an odd factor permutes the
/// numbers modulo a power of two, and each round starts a quarter further.
fn number(year: u16, index: u32, taken: &HashSet<String>) -> CaseNumber {
    let of_round = |round: u32| {
        let bits = index.wrapping_add(round << 28).wrapping_mul(0x9E37_79B1) & ((1 << 30) - 1);
        CaseNumber::from_random(year, bits)
    };
    (0..3)
        .map(of_round)
        .find(|number| !taken.contains(number.as_str()))
        .unwrap_or_else(|| of_round(3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_cases_and_no_earlier_one_get_the_same_number() {
        let mut taken = HashSet::new();
        for run in 0..3 {
            let fresh: HashSet<String> = (0..5_000)
                .map(|index| number(2026, index, &taken).as_str().to_owned())
                .collect();
            assert_eq!(fresh.len(), 5_000, "run {run}");
            assert!(fresh.is_disjoint(&taken), "run {run}");
            taken.extend(fresh);
        }
    }
}
