//! Openings in the database, and the post that shows an opened identity.

pub mod handlers;
pub mod store;
