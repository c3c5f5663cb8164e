//! Staff: inbox, case page, transitions, assignment, replies.

pub mod opening;
