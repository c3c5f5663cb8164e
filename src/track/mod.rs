//! Public: follow my case, answer back, rate. The receipt code opens a case for half an hour;
//! everything shown is in words for the submitter and names nobody but who signed an answer.

mod commands;
mod follow_forms;
mod follow_page;
mod follow_parts;
pub mod form;
mod look_up_page;
#[cfg(test)]
mod page_tests;
mod queries;
#[cfg(feature = "ssr")]
pub mod ssr;
#[cfg(test)]
mod tests;
mod view;

pub use commands::check;
pub use follow_page::FollowPage;
pub use look_up_page::LookUpPage;
