//! The inbox: keyset pages straight from an index, counts that stop at a thousand.
//!
//! Row security puts its own condition before ours, so every condition that should use an index is
//! built from leak-proof operators; and the plan is made for the values at hand, so that a filter
//! that is not set costs nothing.

mod ask;
mod counts;
mod rows;

use crate::{
    accounts::ssr::{authority::Authority, session},
    casework::inbox::{
        filters::{Cursor, Filters, Sort},
        view::Inbox,
    },
    directory,
    error::AppError,
    platform::AppState,
};
use ask::Ask;
use rows::{Found, PAGE};

/// One page of the inbox as `filters` ask for it.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(crate) async fn inbox(
    state: &AppState,
    authority: &Authority,
    filters: &Filters,
) -> Result<Inbox, AppError> {
    let today = state.clock.today();
    let mut tx = authority.begin(&state.db).await?;
    sqlx::query_scalar!("select set_config('plan_cache_mode', 'force_custom_plan', true)")
        .fetch_one(&mut *tx)
        .await?;
    let calendar = directory::ssr::calendar(&mut tx).await?;
    let ask = Ask::new(&mut tx, authority.scope(), filters, &calendar, today).await?;
    let mut found = ask.rows(&mut tx, filters).await?;
    let counts = counts::count_views(&mut tx, &ask).await?;
    let units = sqlx::query!("select code, name from unit where valid_to is null order by unit_id")
        .fetch_all(&mut *tx)
        .await?;
    let next = if found.len() > PAGE {
        next_page(filters, &found[PAGE - 1])
    } else {
        String::new()
    };
    found.truncate(PAGE);
    Ok(Inbox {
        viewer: session::viewer(authority.staff()),
        counts,
        units: units.into_iter().map(|row| (row.code, row.name)).collect(),
        rows: found
            .into_iter()
            .map(|found| found.show(&calendar, today))
            .collect(),
        next,
    })
}

fn next_page(filters: &Filters, last: &Found) -> String {
    let day = if filters.sort == Sort::Received {
        Some(last.received_on)
    } else {
        last.due_on
    };
    Filters {
        after: Some(Cursor {
            day,
            case: last.case_id.0,
        }),
        ..filters.clone()
    }
    .href()
}
