//! Who may do what: the table of roles and permissions. Pure; the database repeats it as row security.

mod permission;
mod role;

pub use permission::Permission;
pub use role::Role;
