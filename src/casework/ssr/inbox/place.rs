//! The neighbours of a case in a view of the inbox.

use super::{
    ask::Ask,
    next_page,
    rows::{Found, PAGE},
};
use crate::{
    accounts::ssr::authority::Authority,
    case::{CaseId, CaseNumber},
    casework::inbox::{
        filters::{Filters, Sort},
        place::Place,
    },
    directory,
    error::AppError,
    platform::AppState,
    routes,
};
use sqlx::PgConnection;
use std::cmp::Reverse;
use time::Date;

/// Where the case stands in the view that `query` asks for; `None` if that is empty, or there is no
/// such case for this person. A case that has left the view stands where it stood.
///
/// # Errors
/// [`AppError::Unavailable`] if the database is unreachable.
pub(crate) async fn place_in_view(
    state: &AppState,
    authority: &Authority,
    query: &str,
    number: &str,
) -> Result<Option<Place>, AppError> {
    let Some(number) = CaseNumber::parse(number).filter(|_| !query.is_empty()) else {
        return Ok(None);
    };
    let filters = Filters::from_query(query).without_focus();
    let mut tx = authority.begin(&state.db).await?;
    super::plan_for_the_values_at_hand(&mut tx).await?;
    let Some(own) = key_of(&mut tx, &number).await? else {
        return Ok(None);
    };
    let calendar = directory::ssr::calendar(&mut tx).await?;
    let ask = Ask::new(&mut tx, state, authority, &filters, &calendar).await?;
    let rows = ask.rows(&mut tx, &filters).await?;
    tx.commit().await?;
    Ok(Some(place(&rows, own, &filters)))
}

/// What a case is ordered by.
#[derive(Clone, Copy)]
struct Key {
    case_id: CaseId,
    received_on: Date,
    due_on: Option<Date>,
}

async fn key_of(tx: &mut PgConnection, number: &CaseNumber) -> Result<Option<Key>, AppError> {
    Ok(sqlx::query_as!(
        Key,
        r#"select case_id as "case_id: CaseId", received_on, due_on
        from feedback_case where number = $1"#,
        number.as_str()
    )
    .fetch_optional(tx)
    .await?)
}

impl Key {
    fn of(found: &Found) -> Self {
        Self {
            case_id: found.case_id,
            received_on: found.received_on,
            due_on: found.due_on,
        }
    }

    /// Whether it comes after `other` in a list in this order.
    fn follows(self, other: Self, sort: Sort) -> bool {
        let by_due = |key: Self| (key.due_on.is_none(), key.due_on, key.case_id.0);
        let by_receipt = |key: Self| Reverse((key.received_on, key.case_id.0));
        match sort {
            Sort::Due => by_due(self) > by_due(other),
            Sort::Received => by_receipt(self) > by_receipt(other),
        }
    }
}

fn place(rows: &[Found], own: Key, filters: &Filters) -> Place {
    let follows = |row: &Found| Key::of(row).follows(own, filters.sort);
    let before = rows.iter().rev().find(|row| {
        let key = Key::of(row);
        key.case_id != own.case_id && !key.follows(own, filters.sort)
    });
    let after = rows.iter().position(follows);
    let next = after.map(|at| {
        // the first of the next page brings its page along
        let view = match at == PAGE {
            true => next_page(filters, &rows[PAGE - 1]),
            false => filters.clone(),
        };
        routes::case_in_view(&rows[at].number, &view.as_view())
    });
    let previous = before.map(|row| routes::case_in_view(&row.number, &filters.as_view()));
    Place {
        view: filters.view.label().to_owned(),
        back: filters.href(),
        previous: previous.unwrap_or_default(),
        next: next.unwrap_or_default(),
    }
}
