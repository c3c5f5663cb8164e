//! Sign-in, roles and rights, the own account, staff administration.
//! The rights are a table in code; the database repeats them as row security.

mod account_page;
pub mod form;
mod permission;
mod problem;
mod role;
#[cfg(feature = "ssr")]
pub mod sending;
pub mod server_fns;
mod sign_in_page;
mod staff_register;
#[cfg(feature = "ssr")]
pub mod store;
mod view;

pub use account_page::AccountPage;
pub use form::{REAUTHENTICATION, SIGN_IN, own_path, reauthentication_path, sign_in_path};
pub use permission::Permission;
pub use role::Role;
pub use sign_in_page::{ReauthenticationPage, SignInPage};
