//! Sign-in, roles and rights, the own account, staff administration, the audit log.
//! The rights are a table in code; the database repeats them as row security.

mod account_page;
mod audit_page;
mod commands;
pub mod form;
#[cfg(test)]
mod form_tests;
mod issued;
mod new_password_page;
mod person_page;
pub mod queries;
mod second_factor_page;
mod sign_in_page;
#[cfg(feature = "ssr")]
pub mod ssr;
mod staff_commands;
mod staff_page;
mod staff_register;
mod staff_requests;
mod view;

pub use account_page::AccountPage;
pub use audit_page::AuditPage;
pub use commands::check;
pub use form::{reauthentication_path, safe_next, sign_in_path};
pub use new_password_page::NewPasswordPage;
pub use person_page::PersonPage;
pub use second_factor_page::SecondFactorPage;
pub use sign_in_page::{ReauthenticationPage, SignInPage};
pub use staff_page::StaffPage;
