//! Sign-in, roles and rights.
//! The rights are a table in code; the database repeats them as row security.

mod role;

pub use role::{Permission, Role};
