//! Units, wards, procedures, the working calendar, service levels: all effective-dated.

#[cfg(feature = "ssr")]
pub mod store;
