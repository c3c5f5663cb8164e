//! Sessions, authority, passwords, and the posts of the account pages.
#![warn(unreachable_pub)]

pub mod authority;
pub mod guard;
pub mod handlers;
pub mod password;
pub mod session;
pub mod store;
