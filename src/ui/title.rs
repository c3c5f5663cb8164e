//! Document titles. `leptos_meta` 0.8 does not escape a title on the server, and weighs 3 KB in the
//! browser.

use super::form::FormState;
use leptos::prelude::*;
use std::sync::{Arc, Mutex};

/// Holds a page's title during rendering; the renderer writes it, escaped, into the head.
#[derive(Clone, Default)]
pub struct TitleSlot(pub Arc<Mutex<String>>);

/// The title of the page shown, for whoever watches pages change; provided by the console.
#[derive(Clone, Copy)]
pub struct PageTitle(pub RwSignal<String>);

/// Names the document: the page's title, then the product's name; before them, that a form came back
/// refused, which is the first thing to hear of it.
#[component]
pub fn Title(#[prop(into)] text: String) -> impl IntoView {
    let refused = FormState::returned().is_some_and(|form| form.is_refused());
    let refused = if refused { "Lỗi: " } else { "" };
    let full = format!("{refused}{text} – Lắng Nghe");
    if let Some(slot) = use_context::<TitleSlot>() {
        *slot
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = full.clone();
    }
    let watched = use_context::<PageTitle>();
    Effect::new(move || {
        document().set_title(&full);
        if let Some(PageTitle(title)) = watched {
            title.set(full.clone());
        }
    });
}
