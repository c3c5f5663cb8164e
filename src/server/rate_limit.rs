//! Slow-down under guessing.
