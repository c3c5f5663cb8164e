//! Public: give feedback. Staff: enter it for a caller or visitor.
