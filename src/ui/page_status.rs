//! The status that a page wants to be answered with.

use leptos::prelude::use_context;
use std::sync::{
    Arc,
    atomic::{AtomicU16, Ordering},
};

/// Holds the wanted status during rendering; 0 if the page wants none. The renderer provides it and
/// answers with it; in the browser there is none.
#[derive(Clone, Default)]
pub struct StatusSlot(Arc<AtomicU16>);

impl StatusSlot {
    /// Wants the page that is being rendered to be answered with `status`.
    pub fn want(status: u16) {
        if let Some(slot) = use_context::<Self>() {
            slot.0.store(status, Ordering::Relaxed);
        }
    }

    /// The status that was wanted, if any.
    pub fn wanted(&self) -> Option<u16> {
        Some(self.0.load(Ordering::Relaxed)).filter(|status| *status != 0)
    }
}
