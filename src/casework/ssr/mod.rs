//! Cases for those who work on them: reading within what a person may see, and changing one case at
//! a time.
#![warn(unreachable_pub)]

mod action_choices;
mod assignment;
mod case_page;
mod deadline;
pub mod download;
mod format;
mod inbox;
mod notify;
mod reading;
mod recusal;
mod transition;

pub(crate) use assignment::{check_unit, external_body_name, is_unit, provide_extract};
pub(crate) use case_page::{read_case, reader};
pub(crate) use deadline::count_deadline;
pub(crate) use inbox::inbox;
pub(crate) use notify::NotifyUpdate;
pub(crate) use recusal::recuse_staff;
pub(crate) use transition::Transition;
