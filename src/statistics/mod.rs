//! Public transparency page from closed months; leadership dashboard.
//! `disclosure` decides what may be told; `store` counts; nothing here sees a word anybody wrote.

mod disclosure;
#[cfg(feature = "ssr")]
pub mod download;
mod figures;
mod leadership;
mod leadership_page;
mod server_fns;
#[cfg(feature = "ssr")]
pub mod store;
mod transparency_page;

pub use leadership_page::LeadershipPage;
pub use transparency_page::TransparencyPage;
