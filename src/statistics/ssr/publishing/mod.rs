//! Released figures: drafts made by rule from frozen counts, audited exactly, approved by a second
//! person, and never changed. What is public comes from here alone.
//!
//! `ledger` holds what was counted, `pool` and `plan` say what of it is published, `audit` finds
//! whatever could betray somebody (`docs/adr/0019-released-figures.md`).

pub mod audit;
pub mod cell;
pub mod disclosure;
pub mod export;
pub mod figures;
pub mod files;
pub mod first_version;
pub mod ledger;
pub mod legacy;
pub mod plan;
pub mod pool;
pub mod steps;
pub mod store;
pub mod witness;
pub mod written;
pub mod xlsx;

pub use cell::Cell;
pub use ledger::Ledger;
