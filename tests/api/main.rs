//! The house over HTTP and SQL, each test on a fresh database of its own.
#![expect(clippy::unwrap_used, reason = "a test fails where it must")]

mod abuse;
mod accounts;
mod answers;
mod attacker;
mod casework;
mod consent;
mod crash;
mod edge;
mod faults;
mod forms;
mod guidance;
mod identity;
mod keys;
mod nothing_lost;
mod operation;
mod other_doors;
mod prepared_queries;
mod records;
mod released;
mod reports;
mod requests;
mod retention;
mod rights;
mod sealed;
mod shared_device;
mod split;
mod statistics;
mod submit;
mod support;
mod track;
mod unsealer;
mod walls;
