//! What following a case reads and writes. Every statement runs in the scope of the one case, so
//! row security hides all others.
#![warn(unreachable_pub)]

mod actions;
mod add_message;
mod answers;
mod case_view;
mod closing;
pub mod handlers;
pub(super) mod session;
mod status_facts;
pub mod throttle;
pub(super) mod words;

pub(crate) use actions::{FollowOutcome, choose, rate, reopen, withdraw};
pub(crate) use add_message::add_message;
pub(crate) use case_view::follow;

use crate::{
    case::CaseId,
    error::AppError,
    platform::{AppState, database::Scope},
};
use sqlx::{Postgres, Transaction};

/// Begins a transaction that sees one case as its submitter does.
async fn begin(state: &AppState, case: CaseId) -> Result<Transaction<'static, Postgres>, AppError> {
    state.db.begin(Scope::Case(case)).await
}
