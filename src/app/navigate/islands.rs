//! The islands of the page: woken when it is shown, disposed of when another takes its place.

use crate::ui::form::control::elements;
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, js_sys};

/// What Leptos writes around an island, and around what the server wrote inside one.
const WRAPPERS: &str = "leptos-island, leptos-children";

/// Wakes every island of the document with the function that `module` has under its name, in
/// document order: what an island inside another reads from it must be there. The answer owns
/// everything reactive of this page.
pub(super) fn wake(module: &JsValue, root: &Owner) -> Owner {
    let page = root.child();
    for island in wrappers().filter(|found| found.local_name() == "leptos-island") {
        match surroundings(&island) {
            Some(enter) => drop(enter.call0(&JsValue::UNDEFINED)),
            None => page.set(),
        }
        let function = island
            .get_attribute("data-component")
            .and_then(|name| js_sys::Reflect::get(module, &name.into()).ok())
            .and_then(|found| found.dyn_into::<js_sys::Function>().ok());
        if let Some(function) = function {
            // an island that fails leaves what the server wrote, which works without it
            let _woken = function.call1(&JsValue::UNDEFINED, &island);
        }
    }
    root.set();
    page
}

/// Disposes of a page's islands. Leptos keeps the nodes of an island for good, so they are taken
/// apart: what stays in memory is a few empty elements, not the page.
pub(super) fn dispose(page: &Owner) {
    page.cleanup();
    wrappers().for_each(|wrapper| wrapper.set_text_content(None));
}

fn wrappers() -> impl Iterator<Item = Element> {
    elements(document().query_selector_all(WRAPPERS))
}

/// What an island inside another calls first: it makes the outer one's owner the current one.
fn surroundings(island: &Element) -> Option<js_sys::Function> {
    let children = island
        .parent_element()?
        .closest("leptos-children")
        .ok()
        .flatten()?;
    js_sys::Reflect::get(&children, &"$$on_hydrate".into())
        .ok()?
        .dyn_into()
        .ok()
}
