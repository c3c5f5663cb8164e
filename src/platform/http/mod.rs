//! What every request of the web may need: forms, errors, limits, pages and files kept in memory.

pub mod assets;
pub mod client_ip;
pub mod cookies;
pub mod error_response;
pub mod form_data;
pub mod last_good;
pub mod page_cache;
pub mod rate_limit;
pub mod reply;
pub mod request_id;
