//! Public pages: home, what feedback is and is not, privacy.
//! The home page reads the agency's row and the released months; the other two are prose.

mod guide_page;
mod home_page;
mod privacy_page;
mod queries;
#[cfg(feature = "ssr")]
mod ssr;

pub use guide_page::GuidePage;
pub use home_page::HomePage;
pub use privacy_page::PrivacyPage;
