//! Public transparency page from closed months; leadership dashboard. `ssr` counts and
//! `ssr::disclosure` decides what may be published. Texts of a case are read by `ssr::decisions`
//! alone, for the leader who decides.

pub mod catalogue;
mod decision_list;
mod leadership_page;
pub mod month;
mod period_table;
mod queries;
#[cfg(feature = "ssr")]
pub mod ssr;
mod transparency_page;
mod unit_table;
mod view;

pub use leadership_page::LeadershipPage;
pub use transparency_page::TransparencyPage;
