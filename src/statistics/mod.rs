//! Public transparency page from releases; leadership dashboard. `ssr::publishing` decides what may
//! be published, `ssr::public` answers with it. Texts of a case are read by `ssr::decisions` alone,
//! for the leader who decides.

pub mod article;
pub mod catalogue;
mod decision_list;
mod leadership_page;
mod meaning;
mod meaning_page;
pub mod month;
mod period_table;
mod queries;
mod releases_list;
pub mod reports;
#[cfg(feature = "ssr")]
pub mod ssr;
mod table_figure;
mod transparency_page;
mod unit_table;
mod view;

pub use leadership_page::LeadershipPage;
pub use meaning_page::MeaningPage;
pub use reports::ReportsPage;
pub use transparency_page::{ByUnitPage, TransparencyPage};
