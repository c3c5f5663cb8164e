//! What staff may do with a case: forms, rules, wire.

mod action_forms;
pub mod allowed;
mod commands;
pub mod conflict;
pub mod form;
pub mod letters;
pub mod refusal;

pub use action_forms::ActionForms;
