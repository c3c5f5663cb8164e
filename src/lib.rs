#![recursion_limit = "512"]
//! The house of Lắng Nghe, room by room, from the ground up. Imports run down only (docs/architecture.md).

// The kernel: what a case, a deadline and a right are. Pure.
pub mod error;
pub mod rights;

pub mod case;

pub mod calendar;

// Every address, once.
pub mod routes;

// The cellar: database, vault, files, the web's small tools.
#[cfg(feature = "ssr")]
pub mod platform;

// Beside it: what every page is built from.
pub mod ui;

// Common rooms: units and calendar, the sealed record of a case.
pub mod directory;
#[cfg(feature = "ssr")]
pub mod records;

// Who is signed in, and what they may do.
pub mod accounts;

// Slices: what the department does.
pub mod casework;
pub mod guidance;
pub mod identity;
pub mod statistics;
pub mod submit;
pub mod track;

// The roof: the application and its processes.
pub mod app;
#[cfg(feature = "ssr")]
pub mod server;
