//! The browser's history: each entry has a number, under which the page left there is remembered.

use leptos::prelude::*;
use web_sys::{ScrollRestoration, js_sys};

pub(super) fn restore_scroll(mode: ScrollRestoration) {
    if let Ok(history) = window().history() {
        let _set = history.set_scroll_restoration(mode);
    }
}

pub(super) fn address_here() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

/// The number of the history entry that the browser is at; one without gets one.
pub(super) fn entry_here() -> f64 {
    let state = window().history().and_then(|history| history.state());
    let number = state.ok().and_then(|state| state.as_f64());
    number.unwrap_or_else(|| {
        let number = fresh_entry();
        if let Ok(history) = window().history() {
            let _written = history.replace_state(&number.into(), "");
        }
        number
    })
}

/// Unlike any number of an earlier load of the site.
fn fresh_entry() -> f64 {
    js_sys::Date::now() + js_sys::Math::random()
}

/// Writes `address` into the history: over `entry`, which the browser is at, or as a new one.
pub(super) fn write_entry(entry: Option<f64>, address: &str) -> f64 {
    let number = entry.unwrap_or_else(fresh_entry);
    if let Ok(history) = window().history() {
        let (state, address) = (number.into(), Some(address));
        let _written = match entry {
            Some(_) => history.replace_state_with_url(&state, "", address),
            None => history.push_state_with_url(&state, "", address),
        };
    }
    number
}
