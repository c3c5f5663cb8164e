//! Where the application starts in a browser, on the page the server wrote: `server/loader.js` calls one of the two.

use super::rules;
use crate::ui::form::enhance;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Helps the page's forms, and makes the page ready for its islands, which the loader then wakes one by one.
#[wasm_bindgen]
pub fn islands() {
    leptos::mount::hydrate_islands();
    enhance::start(enhance::Hooks {
        navigate: Box::new(navigate),
        check: rules::site,
        in_place: false,
    });
}

/// Shows the page at an address.
fn navigate(address: &str) {
    // a browser that refuses to leave stays on a form that went through, and says so itself
    let _left = window().location().assign(address);
}

/// Starts the console, whose program is fetched now and not before.
#[wasm_bindgen]
pub async fn console() {
    start_console().await;
}

#[lazy]
fn start_console() {
    leptos::mount::hydrate_lazy(crate::app::Console);
}
