//! Keyboard shortcuts of the inbox: `j`, `k` move between rows, `o` opens one, `?` lists them.
//! Nothing depends on it.

use leptos::{ev::KeyboardEvent, prelude::*, wasm_bindgen::JsCast as _, web_sys};

/// Listens while the page is shown.
pub fn listen() {
    Effect::new(|_| {
        let handle = window_event_listener(leptos::ev::keydown, |event| {
            if !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !is_typing() {
                act(&event);
            }
        });
        on_cleanup(move || handle.remove());
    });
}

fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA")
    })
}

fn act(event: &KeyboardEvent) {
    let row = document()
        .active_element()
        .and_then(|active| active.closest(".inbox-list tr").ok().flatten());
    let to = match (event.key().as_str(), row) {
        ("j" | "k", None) => document()
            .query_selector(".inbox-list tbody tr")
            .ok()
            .flatten(),
        ("j", Some(row)) => row.next_element_sibling(),
        ("k", Some(row)) => row.previous_element_sibling(),
        ("o", Some(row)) => return link(&row).map_or((), |link| link.click()),
        ("?", _) => return show_help(),
        _ => return,
    };
    if let Some(link) = to.and_then(|row| link(&row)) {
        // a browser that refuses the focus leaves the row where it is
        let _ = link.focus();
    }
}

fn link(row: &web_sys::Element) -> Option<web_sys::HtmlElement> {
    row.query_selector(".inbox-link")
        .ok()
        .flatten()?
        .dyn_into()
        .ok()
}

fn show_help() {
    if let Ok(Some(help)) = document().query_selector(".inbox-keys") {
        // an attribute that cannot be set leaves the help closed
        let _ = help.toggle_attribute("open");
    }
}
