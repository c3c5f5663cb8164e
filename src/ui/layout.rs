//! The frame around every page.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Who looks at a staff page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Viewer {
    /// Display name.
    pub name: String,
    /// First role, as read.
    pub role: String,
    /// Whether the leadership pages are theirs.
    pub leads: bool,
    /// Whether they may enter feedback for callers.
    pub enters: bool,
}

/// The frame of public pages: mark, name, way home, what the department promises.
#[component]
pub fn PublicLayout(children: Children) -> impl IntoView {
    view! {
        <a class="skip" href="#noi-dung" rel="external">"Đến nội dung chính"</a>
        <header class="site-header">
            <a class="brand" href="/">"Lắng Nghe"</a>
        </header>
        <main class="page" id="noi-dung">{children()}</main>
        <footer class="site-footer"></footer>
    }
}

/// The frame of staff and leadership pages: the console's navigation and who is signed in.
#[component]
pub fn StaffLayout(viewer: Viewer, children: Children) -> impl IntoView {
    view! {
        <header class="console-header"><a class="brand" href="/quan-tri">"Lắng Nghe"</a><span>{viewer.name}</span></header>
        <main class="console" id="noi-dung">{children()}</main>
    }
}
