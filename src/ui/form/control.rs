//! Controls as they stand in a page. Runs in the browser only.

use leptos::prelude::document;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, NodeList};

/// The elements of a list; none if the browser did not understand the question.
pub fn elements(found: Result<NodeList, JsValue>) -> impl Iterator<Item = Element> {
    let found = found.ok();
    (0..found.as_ref().map_or(0, NodeList::length))
        .filter_map(move |index| found.as_ref()?.item(index)?.dyn_into().ok())
}

/// The text of the area with this id, as it stands now.
pub fn text(id: &str) -> Option<String> {
    let area = document().get_element_by_id(id)?;
    let area = area.dyn_into::<HtmlTextAreaElement>().ok()?;
    Some(area.value())
}

/// Whether a person changed a control after the page was drawn.
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

/// Writes into a control that holds text or a choice from a list.
pub fn set_text(control: &Element, text: &str) {
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        input.set_value(text);
    } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
    } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        select.set_value(text);
    }
}
