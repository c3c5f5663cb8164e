//! From a posted form to a case: handlers, repeated submissions, the rules in force, the store.
#![warn(unreachable_pub)]

pub mod acknowledge;
pub mod call_time;
mod daily;
pub mod handlers;
pub mod idempotency;
mod intake_policy;
pub mod receipt;
pub mod store;
