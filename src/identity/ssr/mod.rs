//! Openings in the database, and the post that shows an opened identity.
#![warn(unreachable_pub)]

mod apart;
pub mod store;
