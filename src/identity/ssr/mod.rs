//! Openings in the database, and the post that shows an opened identity.

pub mod store;
