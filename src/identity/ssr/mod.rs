//! Openings in the database, the unsealer's answers, and who may take part.
#![warn(unreachable_pub)]

mod apart;
pub mod opener;
pub mod reading;
pub mod store;
pub mod witness;
