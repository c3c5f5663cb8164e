//! The roof of the server: processes and their command line, the router, rendering, background work, demo data.

pub mod cli;
pub mod demo;
pub mod plain_forms;
pub mod render;
pub mod router;
pub mod security;
pub mod worker;
