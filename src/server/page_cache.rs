//! Rendered and compressed pages that are the same for all.

/// Rendered and compressed pages that are the same for all.
#[derive(Debug, Default)]
pub struct PageCache {}
