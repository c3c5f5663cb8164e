//! Public transparency page from closed months; leadership dashboard.
//! `store` counts, `store::disclosure` decides what may be told; nothing here sees a word anybody wrote.

mod leadership_page;
mod queries;
#[cfg(feature = "ssr")]
pub mod ssr;
mod transparency_page;
mod view;

pub use leadership_page::LeadershipPage;
pub use transparency_page::TransparencyPage;
