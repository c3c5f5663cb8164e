//! Cases for those who work on them: reading within what a person may see, and changing one case at
//! a time.
#![warn(unreachable_pub)]

mod action_choices;
mod assignment;
mod case_page;
mod case_row;
mod deadline;
pub mod download;
mod duty;
mod format;
mod inbox;
mod lead_on;
mod lock;
mod notify;
mod office;
mod reading;
mod recusal;
mod reminder;
mod story;
mod transition;
mod undo;

pub(crate) use case_page::{read_case, reader};
pub(crate) use inbox::{act_on_many, inbox, place_in_view};
pub(crate) use notify::NotifyUpdate;
pub(crate) use office::{assign, classify, triage};
pub(crate) use recusal::recuse_staff;
pub(crate) use reminder::note_reminder;
pub(crate) use transition::Transition;
pub(crate) use undo::take_back;
