//! The roof of the server: processes and their command line, the router, rendering, background work, demo data.
#![warn(unreachable_pub)]

pub mod cli;
pub mod demo;
pub mod form_post;
pub mod render;
pub mod router;
pub mod security;
pub mod worker;
