//! Public transparency page from closed months; leadership dashboard. `ssr` counts and
//! `ssr::disclosure` decides what may be published; no text of a case is read here.

mod leadership_page;
mod queries;
#[cfg(feature = "ssr")]
pub mod ssr;
mod transparency_page;
mod view;

pub use leadership_page::LeadershipPage;
pub use transparency_page::TransparencyPage;
