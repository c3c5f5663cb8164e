//! The shared register, which every slice may read: units, wards, procedures, the working calendar,
//! service levels, all effective-dated.

#[cfg(feature = "ssr")]
pub mod ssr;
