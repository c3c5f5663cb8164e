//! What every request of the web may need: forms, errors, limits, pages and files kept in memory.

pub mod admission;
pub mod assets;
pub mod body;
pub mod client_ip;
pub mod conditional;
pub mod cookies;
pub mod encoding;
pub mod error_response;
mod feed;
pub mod form_data;
pub mod last_good;
pub mod limits;
mod multipart;
pub mod page_cache;
pub mod rate_limit;
pub mod reply;
pub mod request_id;
mod turns;
