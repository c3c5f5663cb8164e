//! Counting. Public figures come from released months only; leadership figures are live.
#![warn(unreachable_pub)]

mod dashboard;
mod decisions;
pub mod disclosure;
pub mod download;
pub mod leadership;
mod open_cases;
pub mod publishing;
pub mod release;
mod speed;

pub use dashboard::leading;

use crate::{error::AppError, platform::database::Db};
use release::{CountedMonth, Release, month_of};
use sqlx::PgConnection;
use time::Date;

/// What the public may know on `today`: the months before the current one. The first request in a
/// new month counts and stores the previous one.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
#[tracing::instrument(skip_all, err(level = "debug"))]
pub async fn released(db: &Db, today: Date) -> Result<Release, AppError> {
    let open_month = month_of(today);
    sqlx::query!("select release_closed_months($1)", open_month)
        .execute(db.pool())
        .await?;
    let mut connection = db.pool().acquire().await?;
    Ok(Release::of(
        &counted_months(&mut connection, open_month).await?,
    ))
}

/// The months before `open_month` as the first version counted them.
async fn counted_months(
    connection: &mut PgConnection,
    open_month: Date,
) -> Result<Vec<CountedMonth>, AppError> {
    let rows = sqlx::query!(
        "select month, array_agg(received order by kind) as \"received!\",
            sum(answered) as \"answered!\", sum(on_time) as \"on_time!\"
        from released_month where month < $1 group by month order by month",
        open_month
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| CountedMonth {
            month: row.month,
            // kinds are in the order of their codes, which is that of `Kind::ALL`
            received: std::array::from_fn(|kind| {
                row.received.get(kind).copied().map_or(0, i64::from)
            }),
            answered: row.answered,
            on_time: row.on_time,
        })
        .collect())
}
