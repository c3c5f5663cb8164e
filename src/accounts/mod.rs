//! Sign-in, roles and rights, the own account, staff administration.
//! The rights are a table in code; the database repeats them as row security.

mod account_page;
mod commands;
pub mod form;
pub mod queries;
mod sign_in_page;
#[cfg(feature = "ssr")]
pub mod ssr;
mod staff_register;
mod view;

pub use account_page::AccountPage;
pub use commands::check;
pub use form::{reauthentication_path, safe_next, sign_in_path};
pub use sign_in_page::{ReauthenticationPage, SignInPage};
