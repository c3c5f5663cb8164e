//! A QR code, drawn.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A QR code as one path of unit squares.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    /// Squares on a side, with the quiet zone.
    pub size: i32,
    /// The dark squares (SVG path data).
    pub path: String,
}

/// Dark on white whatever the scheme of the page: cameras expect it.
#[component]
pub fn Qr(
    code: QrCode,
    /// What it holds, for those who do not see it.
    label: &'static str,
    /// Pixels on a side, before the style says otherwise.
    width: u16,
) -> impl IntoView {
    let size = code.size;
    view! {
        <svg
            class="qr"
            viewBox=format!("0 0 {size} {size}")
            width=width
            height=width
            role="img"
            aria-label=label
            shape-rendering="crispEdges"
        >
            <rect width=size height=size fill="#fff"></rect>
            <path d=code.path fill="#000"></path>
        </svg>
    }
}
