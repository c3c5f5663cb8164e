//! The roof of the server: processes and their command line, the router, rendering, background work, demo data.
#![warn(unreachable_pub)]

mod bare;
pub mod cli;
pub mod demo;
pub mod form_post;
mod kept_page;
pub mod listener;
mod quick_exit;
mod refusal;
pub mod render;
pub mod router;
pub mod security;
mod security_txt;
pub mod worker;
