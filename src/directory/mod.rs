//! Units, wards, procedures, the working calendar, service levels: all effective-dated.
//! The shared register: every slice's store may ask it.

#[cfg(feature = "ssr")]
pub mod ssr;
