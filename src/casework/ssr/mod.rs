//! Cases for those who work on them: reading within what a person may see, and changing one case at
//! a time.

mod action_choices;
mod assignment;
mod case_page;
mod deadline;
pub mod download;
mod format;
mod inbox;
mod transition;

pub use assignment::{check_unit, external_body_name, provide_extract};
pub use case_page::{read_case, reader};
pub use deadline::count_deadline;
pub use inbox::inbox;
pub use transition::{LockedCase, Transition, at};
