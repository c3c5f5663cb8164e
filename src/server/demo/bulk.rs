//! Very many cases, for measuring: the mix of years of service, of which about one in seventy is still open.

use super::{Cast, dice::Dice, plan, rows::Rows, stories};
use crate::{
    case::CaseNumber,
    server::{clock::Clock, database::Db, vault::Vault},
};
use std::sync::Arc;
use tokio::task::JoinSet;

/// Cases sealed and written in one go.
const BATCH: u32 = 2_000;
/// Batches under way at once: one is sealed while another is written.
const AT_ONCE: usize = 3;

/// Adds `count` cases over an owner's connections; tells `progress` how many are written.
///
/// # Errors
/// Where the database refuses a batch; the batches before it stay.
pub async fn fill(owner: &Db, vault: Arc<Vault>, clock: &Clock, count: u32, progress: impl Fn(u32)) -> anyhow::Result<()> {
    super::staff::add_all(owner, clock.now()).await?;
    let cast = Arc::new(Cast::gather(owner, clock).await?);
    let stories = Arc::new(stories::all()?);
    let before: i64 = sqlx::query_scalar!("select count(*) as \"count!\" from feedback_case").fetch_one(owner.pool()).await?;
    let first = u32::try_from(before)?;
    let mut running = JoinSet::new();
    let mut done = 0;
    for start in (first..first + count).step_by(BATCH as usize) {
        if running.len() >= AT_ONCE {
            done += joined(running.join_next().await)?;
            progress(done);
        }
        let range = start..(first + count).min(start + BATCH);
        running.spawn(batch(owner.clone(), Arc::clone(&vault), Arc::clone(&cast), Arc::clone(&stories), range));
    }
    while !running.is_empty() {
        done += joined(running.join_next().await)?;
        progress(done);
    }
    sqlx::raw_sql("vacuum analyze").execute(owner.pool()).await?;
    Ok(())
}

fn joined(ended: Option<Result<anyhow::Result<u32>, tokio::task::JoinError>>) -> anyhow::Result<u32> {
    ended.map_or(Ok(0), |ended| ended?)
}

async fn batch(
    owner: Db,
    vault: Arc<Vault>,
    cast: Arc<Cast>,
    stories: Arc<Vec<stories::Telling>>,
    range: std::ops::Range<u32>,
) -> anyhow::Result<u32> {
    let count = range.end - range.start;
    let seal = move || {
        let mut rows = Rows::default();
        for index in range {
            // apart from the small demo's choices
            let dice = Dice::new(u64::from(index) + 1_000_000);
            let mut plan = plan::long_served(&cast, &stories, dice);
            plan.number = CaseNumber::from_random(plan.received_on.year().unsigned_abs() as u16, apart(index));
            rows.push(&vault, &plan);
        }
        rows
    };
    tokio::task::spawn_blocking(seal).await?.write(&owner).await?;
    Ok(count)
}

/// Different bits for different indexes: among a million random numbers of 30 bits some hundred pairs are the same. An odd factor permutes
/// the numbers modulo a power of two.
fn apart(index: u32) -> u32 {
    index.wrapping_mul(0x9E37_79B1) & ((1 << 30) - 1)
}
