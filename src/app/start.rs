//! Where the application starts in a browser, on the page the server wrote: `server/loader.js` calls one of the two.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Makes the page ready for its islands, which the loader then wakes one by one.
#[wasm_bindgen]
pub fn islands() {
    leptos::mount::hydrate_islands();
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
