//! The shared register, which every slice may read: units, wards, procedures, the working calendar,
//! service levels, all effective-dated.
#![warn(unreachable_pub)]

#[cfg(feature = "ssr")]
pub mod ssr;
