//! Sessions, authority, passwords and second proofs, the posts of the account pages, the audit log.
#![warn(unreachable_pub)]

pub mod asking;
pub mod audit_log;
pub mod authority;
pub mod closing;
pub mod confirming;
mod device;
pub mod guard;
pub mod handlers;
mod leaders;
pub mod links;
pub mod named;
pub mod password;
pub mod person;
pub mod register;
pub mod second_step;
pub mod session;
pub mod store;
mod strength;
pub mod terminal;
pub mod throttle;
mod totp;
