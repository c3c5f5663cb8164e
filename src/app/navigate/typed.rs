//! What a page holds when it is left: the forms' values and how far it was scrolled. Kept in memory
//! only, for Back and Forward.

use crate::ui::form::control::{elements, is_changed, set_text};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{
    Element, FileList, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};

/// The hidden field that ties a submission to what was typed; it comes back with it, so that
/// a second submission after Back is recognised (docs/adr/0006).
const KEY: &str = "khoa";

/// A page as it was left.
#[derive(Clone)]
pub(super) struct Typed {
    /// Whose case or whose desk the page was; "" for a page that is the same for all.
    whose: String,
    fields: Vec<(String, Value)>,
    /// Pixels from the left and the top; `None` to be read from the top.
    pub scroll: Option<(f64, f64)>,
}

#[derive(Clone)]
enum Value {
    Text(String),
    Ticked(bool),
    Files(FileList),
}

impl Typed {
    /// Reads the page that is shown, without the form that was `sent`: the next person at this
    /// device is not to find it.
    pub(super) fn read(sent: Option<&HtmlFormElement>) -> Self {
        let window = window();
        Self {
            whose: whose(),
            fields: controls()
                .filter(|control| sent.is_none_or(|sent| !sent.contains(Some(control))))
                .filter_map(|control| {
                    let name = name_of(&control).filter(|n| n == KEY || is_changed(&control))?;
                    Some((name, value_of(&control)?))
                })
                .collect(),
            scroll: Some((
                window.scroll_x().unwrap_or_default(),
                window.scroll_y().unwrap_or_default(),
            )),
        }
    }

    /// To be read from the top again.
    pub(super) fn at_its_top(self) -> Self {
        Self {
            scroll: None,
            ..self
        }
    }

    /// Puts the values back into the same page, fetched again; no value is put back out of sight.
    pub(super) fn put_back(&self) {
        if self.whose != whose() {
            return;
        }
        for control in controls() {
            let Some(name) = name_of(&control) else {
                continue;
            };
            if let Some((_, value)) = self.fields.iter().find(|(kept, _)| *kept == name) {
                set_value(&control, value);
                if let Ok(Some(folded)) = control.closest("details") {
                    let _opened = folded.set_attribute("open", "");
                }
            }
        }
    }
}

/// One address shows many cases, and a second window may open another or sign somebody else in.
fn whose() -> String {
    let marked = document().query_selector("[data-whose]").ok().flatten();
    marked
        .and_then(|marked| marked.get_attribute("data-whose"))
        .unwrap_or_default()
}

/// Takes everything that was typed or chosen off the page.
pub(super) fn empty_controls() {
    for control in controls() {
        match control.dyn_ref::<HtmlInputElement>() {
            Some(input) if matches!(input.type_().as_str(), "radio" | "checkbox") => {
                input.set_checked(false);
            }
            Some(input) if input.type_() == "hidden" => {}
            _ => set_text(&control, ""),
        }
    }
}

fn controls() -> impl Iterator<Item = Element> {
    elements(document().query_selector_all("input, select, textarea"))
}

/// By what a control is found again; nothing for one that must not be kept: a password, and
/// whatever the page itself asks the browser to forget.
fn name_of(control: &Element) -> Option<String> {
    if matches!(control.closest("[autocomplete=off]"), Ok(Some(_))) {
        return None;
    }
    match control.get_attribute("type").as_deref() {
        Some("password") => None,
        Some("hidden") => control.get_attribute("name").filter(|name| name == KEY),
        _ => Some(control.id()).filter(|id| !id.is_empty()),
    }
}

fn value_of(control: &Element) -> Option<Value> {
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        return Some(match input.type_().as_str() {
            "radio" | "checkbox" => Value::Ticked(input.checked()),
            "file" => Value::Files(input.files()?),
            _ => Value::Text(input.value()),
        });
    }
    if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
        return Some(Value::Text(select.value()));
    }
    let area = control.dyn_ref::<HtmlTextAreaElement>()?;
    Some(Value::Text(area.value()))
}

fn set_value(control: &Element, value: &Value) {
    let input = control.dyn_ref::<HtmlInputElement>();
    match (value, input) {
        (Value::Ticked(ticked), Some(input)) => input.set_checked(*ticked),
        (Value::Files(files), Some(input)) => input.set_files(Some(files)),
        (Value::Text(text), _) => set_text(control, text),
        _ => {}
    }
}
