//! Staff: inbox, case page, transitions, assignment, replies.
