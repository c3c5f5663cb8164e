//! The application: the document, and two tables of routes, the site of public pages and the
//! console. docs/adr/0007 says why they are two, docs/adr/0010 how both change pages in place.

mod case_page;
mod console;
pub mod navigate;
pub mod rules;
mod shared_device;
mod shell;
mod site;
#[cfg(feature = "hydrate")]
mod start;

pub use console::Console;
pub use shell::{Frame, TITLE_MARK, shell};
