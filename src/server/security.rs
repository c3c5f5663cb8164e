//! Response headers and the origin check.
