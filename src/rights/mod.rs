//! Who may do what: the table of roles and permissions. It is pure; row security repeats it in the
//! database.
#![warn(unreachable_pub)]

mod permission;
mod role;
#[cfg(test)]
mod tests;

pub use permission::Permission;
pub use role::Role;
