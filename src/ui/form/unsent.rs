//! What was typed into the forms of pages that are drawn anew without a load, and not sent yet.

use super::{enhance::fields, state::FormState};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{
    Element, FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};

/// A form among others: the address it posts to, and the value of the hidden field that
/// distinguishes it from others of the same address ("" without one).
pub type FormKey = (String, String);

/// Forms as they were left, in the memory of the document only.
#[derive(Clone, Copy)]
pub struct Unsent(StoredValue<Vec<(FormKey, Arc<FormState>)>>);

impl Unsent {
    /// Nothing yet, for one application in the browser.
    pub fn provide() -> Self {
        let unsent = Self(StoredValue::new(Vec::new()));
        provide_context(unsent);
        unsent
    }

    /// Keeps what a form holds, in place of what it held before. Runs in the browser only, as the
    /// next two do.
    pub fn keep(self, form: &HtmlFormElement) {
        let command = form.get_attribute("data-command");
        if let (Some(command), Ok(data)) = (command, FormData::new_with_form(form)) {
            self.forget(form);
            let state = Arc::new(FormState::unsent(command, fields(&data)));
            self.0.update_value(|kept| kept.push((key_of(form), state)));
        }
    }

    /// Keeps what was typed before the program was there.
    pub fn keep_changed(self) {
        const CONTROLS: &str = "form[data-command] :is(input, select, textarea)";
        let Ok(found) = document().query_selector_all(CONTROLS) else {
            return;
        };
        let controls = (0..found.length()).filter_map(|i| found.item(i)?.dyn_into().ok());
        for control in controls.filter(is_changed) {
            if let Ok(Some(form)) = control.closest("form")
                && let Some(form) = form.dyn_ref()
            {
                self.keep(form);
            }
        }
    }

    /// The form went through.
    pub fn forget(self, form: &HtmlFormElement) {
        let key = key_of(form);
        self.0
            .update_value(|kept| kept.retain(|(other, _)| *other != key));
    }

    /// What was typed into a form.
    pub fn of(key: &FormKey) -> Option<Arc<FormState>> {
        let kept = use_context::<Self>()?.0;
        kept.with_value(|kept| {
            let found = kept.iter().find(|(other, _)| other == key);
            found.map(|(_, form)| Arc::clone(form))
        })
    }

    /// What was typed into the forms of the page at `here`.
    pub fn on(here: &str) -> Vec<Arc<FormState>> {
        let is_here = |address: &str| address.split('?').next() == Some(here);
        use_context::<Self>().map_or_else(Vec::new, |unsent| {
            unsent.0.with_value(|kept| {
                let of_page = kept.iter().filter(|((address, _), _)| is_here(address));
                of_page.map(|(_, form)| Arc::clone(form)).collect()
            })
        })
    }
}

fn key_of(form: &HtmlFormElement) -> FormKey {
    let attribute = |name| form.get_attribute(name).unwrap_or_default();
    (attribute("action"), attribute("data-subject"))
}

/// Whether a person changed a control after the page was drawn. Runs in the browser only.
pub fn is_changed(control: &Element) -> bool {
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "hidden" => false,
            "radio" | "checkbox" => input.checked() != input.default_checked(),
            "file" => input.files().is_some_and(|files| files.length() > 0),
            _ => input.value() != input.default_value(),
        };
    }
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        return area.default_value().ok() != Some(area.value());
    }
    control
        .dyn_ref::<HtmlSelectElement>()
        .is_some_and(|select| {
            let option = |selector: &str| select.query_selector(selector).ok().flatten();
            let first = option("option[selected]").or_else(|| option("option"));
            first.and_then(|first| first.get_attribute("value")) != Some(select.value())
        })
}
