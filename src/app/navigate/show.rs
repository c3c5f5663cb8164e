//! What a page shown in place needs besides its elements: motion, focus, scroll, announcement.

use crate::app::shell::STAYS;
use leptos::{prelude::*, task::spawn_local};
use std::time::Duration;
use wasm_bindgen::{JsCast as _, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, FocusOptions, HtmlElement, js_sys};

/// A screen reader has seen the empty region by then, and hears what is written into it.
const HEARD: Duration = Duration::from_millis(100);
/// On the document while a page is fetched.
const GOING: &str = "data-going";

/// Runs `change` within a View Transition, if the browser has it and motion is welcome.
pub(super) fn with_transition(change: impl FnOnce() + 'static) {
    let document = document();
    let start = js_sys::Reflect::get(&document, &"startViewTransition".into())
        .ok()
        .and_then(|found| found.dyn_into::<js_sys::Function>().ok());
    let media = window().match_media("(prefers-reduced-motion: reduce)");
    let is_calm = media.ok().flatten().is_some_and(|media| media.matches());
    let Some(start) = start.filter(|_| !is_calm) else {
        return change();
    };
    let transition = start.call1(&document, &Closure::once_into_js(change));
    let ready = transition.and_then(|begun| js_sys::Reflect::get(&begun, &"ready".into()));
    if let Some(ready) = ready
        .ok()
        .and_then(|r| r.dyn_into::<js_sys::Promise>().ok())
    {
        // a transition that is passed over is no error: the page is changed all the same
        spawn_local(async move { drop(JsFuture::from(ready).await) });
    }
}

/// Everything of the body but what stays, and but scripts: those of a page with islands only say
/// that there are no data for them.
pub(super) fn replace_body(page: &Document) {
    let (Some(body), Some(new)) = (document().body(), page.body()) else {
        return;
    };
    let stays = document().get_element_by_id(STAYS);
    let mut next = body.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        if stays.as_ref().is_none_or(|stays| **stays != node) {
            let _removed = body.remove_child(&node);
        }
    }
    while let Some(node) = new.first_child() {
        let is_left_out = node
            .dyn_ref::<Element>()
            .is_some_and(|found| found.id() == STAYS || found.local_name() == "script");
        let _moved = if is_left_out {
            new.remove_child(&node)
        } else {
            body.insert_before(&node, stays.as_deref())
        };
    }
}

/// The focus goes to the heading, or to what the fragment names; the page is scrolled as it was.
pub(super) fn arrive(hash: &str, scroll: Option<(f64, f64)>) {
    let document = document();
    let named = hash
        .strip_prefix('#')
        .and_then(|id| document.get_element_by_id(id));
    let target = named
        .clone()
        .or_else(|| document.query_selector("h1").ok().flatten());
    if let Some(target) = target.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        if !target.has_attribute("tabindex") {
            target.set_tab_index(-1);
        }
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // what refuses the focus is read on the way through the page
        let _focused = target.focus_with_options(&options);
    }
    match (scroll, named) {
        (Some((x, y)), _) => window().scroll_to_with_x_and_y(x, y),
        (None, Some(named)) => named.scroll_into_view(),
        (None, None) => window().scroll_to_with_x_and_y(0.0, 0.0),
    }
}

pub(super) fn announce(title: String) {
    let region = document()
        .get_element_by_id(STAYS)
        .and_then(|stays| stays.first_element_child());
    if let Some(region) = region {
        region.set_text_content(None);
        set_timeout(move || region.set_text_content(Some(&title)), HEARD);
    }
}

pub(super) fn mark_going(is_going: bool) {
    if let Some(root) = document().document_element() {
        let _marked = root.toggle_attribute_with_force(GOING, is_going);
    }
}
