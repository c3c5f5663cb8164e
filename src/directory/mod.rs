//! Units, wards, procedures, the working calendar, service levels: all effective-dated.
