//! Where the program starts in a browser, on the page the server wrote:
//! `platform/http/loader.js` calls one of the two.

use super::rules;
use crate::ui::form::enhance;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Starts a page of the site and the help of its forms; `module` is the script's own, which has a function for each island.
#[wasm_bindgen]
pub fn islands(module: JsValue) {
    leptos::mount::hydrate_islands();
    super::navigate::start(module);
    enhance::start(enhance::Hooks {
        sent: Box::new(|sent| {
            if let Some(location) = sent.location {
                super::navigate::go_to(location, sent.form);
            }
        }),
        check: rules::site,
        // a page that is left is read whole
        typed: Box::new(|_| {}),
        partly: Box::new(|_, _, _| {}),
    });
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
