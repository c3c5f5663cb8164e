#![recursion_limit = "512"]
//! The house of Lắng Nghe, room by room. Imports run one way: `app → slices → ui, case, calendar, error`.

// The kernel: what a case and a deadline are. Pure.
pub mod calendar;
pub mod case;
pub mod error;

// What every page is built from.
pub mod app;
pub mod ui;

// Feature slices: what the department does.
pub mod accounts;
pub mod casework;
pub mod directory;
pub mod guidance;
pub mod statistics;
pub mod submit;
pub mod track;

#[cfg(feature = "ssr")]
pub mod server;

#[cfg(feature = "hydrate")]
mod start;
