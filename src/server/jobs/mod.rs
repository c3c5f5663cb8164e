//! Work done after a change: enqueued in the change's own transaction, done by a worker, tried again, never lost.

mod acknowledge;
mod purge;
mod queue;
pub mod worker;

pub use queue::enqueue;

/// Acknowledges a feedback by mail: payload `{"outbox_id": uuid, "number": "PA26-…"}`.
pub const ACKNOWLEDGE: &str = "acknowledge";
/// Removes what has expired; comes back every hour.
pub const PURGE: &str = "purge";
