//! The inbox: keyset pages straight from an index, counts that stop at a thousand.
//!
//! Row security puts its own condition before ours, so every condition that should use an index is
//! built from leak-proof operators; and the plan is made for the values at hand, so that a filter
//! that is not set costs nothing.

mod ask;
mod counts;
mod many;
mod matters;
mod place;
mod preview;
mod rows;

pub(crate) use many::act_on_many;
pub(crate) use place::place_in_view;

use crate::{
    accounts::ssr::{authority::Authority, session},
    case::{Action, CaseId},
    casework::inbox::{
        filters::{Cursor, Filters, Sort},
        many::OFFERED,
        view::Inbox,
    },
    directory,
    error::AppError,
    platform::AppState,
    records::newest_event_of,
};
use ask::Ask;
use rows::{Found, PAGE};
use sqlx::PgConnection;

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
    plan_for_the_values_at_hand(&mut tx).await?;
    let calendar = directory::ssr::calendar(&mut tx).await?;
    let ask = Ask::new(&mut tx, state, authority, filters, &calendar).await?;
    let mut found = ask.rows(&mut tx, filters).await?;
    let counts = counts::count_views(&mut tx, &ask).await?;
    let units = directory::ssr::units(&mut tx).await?;
    let next = match found.len() > PAGE {
        true => next_page(filters, &found[PAGE - 1]).href(),
        false => String::new(),
    };
    found.truncate(PAGE);
    // what is done from the page was decided on it
    let shown: Vec<CaseId> = found.iter().map(|found| found.case_id).collect();
    let seen = newest_event_of(&mut tx, &shown).await?;
    let mut matters = matters::of_rows(&mut tx, state, authority, &found).await?;
    let preview = preview::of_focus(&mut tx, state, authority, filters, &found).await?;
    tx.commit().await?;
    let rows = found.into_iter().map(|found| {
        let matter = matters.remove(&found.case_id);
        found.show(authority, &calendar, today, matter)
    });
    Ok(Inbox {
        viewer: session::viewer(authority.staff()),
        counts,
        units: units
            .into_iter()
            .map(|unit| (unit.code, unit.short_name))
            .collect(),
        rows: rows.collect(),
        next,
        seen,
        bulk: bulk(authority),
        preview,
        searched_in_part: ask.searched_in_part,
    })
}

/// Has the statements of this transaction planned for their values.
async fn plan_for_the_values_at_hand(tx: &mut PgConnection) -> Result<(), AppError> {
    sqlx::query_scalar!("select set_config('plan_cache_mode', 'force_custom_plan', true)")
        .fetch_one(tx)
        .await?;
    Ok(())
}

/// What this person may do to several cases at once.
fn bulk(authority: &Authority) -> Vec<Action> {
    let may = |action: &Action| {
        action
            .permission()
            .is_some_and(|right| authority.staff().may(right))
    };
    OFFERED.into_iter().filter(may).collect()
}

/// The page that begins after `last`.
fn next_page(filters: &Filters, last: &Found) -> Filters {
    let day = match filters.sort {
        Sort::Received => Some(last.received_on),
        Sort::Due => last.due_on,
    };
    Filters {
        after: Some(Cursor {
            day,
            case: last.case_id.0,
        }),
        ..filters.without_focus()
    }
}
