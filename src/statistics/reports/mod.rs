//! Statutory reports: the results of handling feedback and petitions, and the register, for a period
//! that the law or the calendar gives. Exact, for staff; what the public gets is a release.

pub mod index;
mod page;
mod queries;
pub mod results;
pub(super) mod view;

pub use page::ReportsPage;
