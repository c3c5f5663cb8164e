//! Sessions, authority, passwords, and the posts of the account pages.

pub mod authority;
pub mod guard;
pub mod handlers;
pub mod password;
pub mod session;
pub mod store;
