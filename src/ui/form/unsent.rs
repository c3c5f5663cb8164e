//! What was typed into the forms of pages that are drawn anew without a load, and not sent yet.

use super::{
    control::{elements, is_changed},
    enhance::fields,
    fields::Fields,
    state::FormState,
};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{FormData, HtmlFormElement, HtmlTextAreaElement};

/// A form's place: the address it posts to, and the value of the hidden field that
/// distinguishes it from others of the same address ("" without one).
pub type FormPlace = (String, String);

/// Forms as they were left, in the memory of the document only, and only for the person who left
/// them: a second window may sign somebody else in.
#[derive(Clone, Copy)]
pub struct Unsent(StoredValue<Kept>);

#[derive(Default)]
struct Kept {
    whose: String,
    forms: Vec<(FormPlace, Arc<FormState>)>,
}

impl Unsent {
    /// Nothing yet, for one application in the browser.
    pub fn provide() -> Self {
        let unsent = Self(StoredValue::new(Kept::default()));
        provide_context(unsent);
        unsent
    }

    /// The page being drawn is this person's: what another has typed is forgotten.
    pub fn belongs_to(whose: &str) {
        if let Some(unsent) = use_context::<Self>() {
            unsent.0.update_value(|kept| {
                if !kept.whose.is_empty() && kept.whose != whose {
                    kept.forms.clear();
                }
                whose.clone_into(&mut kept.whose);
            });
        }
    }

    /// Keeps what a form holds, in place of what it held before. Runs in the browser only, as the
    /// next two do.
    pub fn keep(self, form: &HtmlFormElement) {
        let command = form.get_attribute("data-command");
        let (Some(command), Ok(data)) = (command, FormData::new_with_form(form)) else {
            return;
        };
        let place = place_of(form);
        let before = self.0.with_value(|kept| kept.at(&place));
        let written = before.map_or_else(|| written_in(form), |before| before.written.clone());
        let mut state = FormState::unsent(command, fields(&data));
        state.written = written;
        self.0.update_value(|kept| {
            kept.forms.retain(|(other, _)| *other != place);
            kept.forms.push((place, Arc::new(state)));
        });
    }

    /// Keeps what was typed before the program was there.
    pub fn keep_changed(self) {
        const CONTROLS: &str = "form[data-command] :is(input, select, textarea)";
        for control in elements(document().query_selector_all(CONTROLS)).filter(is_changed) {
            if let Ok(Some(form)) = control.closest("form")
                && let Some(form) = form.dyn_ref()
            {
                self.keep(form);
            }
        }
    }

    /// The form went through.
    pub fn forget(self, form: &HtmlFormElement) {
        let place = place_of(form);
        self.0
            .update_value(|kept| kept.forms.retain(|(other, _)| *other != place));
    }

    /// What was typed into a form.
    pub fn of(place: &FormPlace) -> Option<Arc<FormState>> {
        use_context::<Self>()?.0.with_value(|kept| kept.at(place))
    }

    /// What was typed into the forms of the page at `here`.
    pub fn on(here: &str) -> Vec<Arc<FormState>> {
        let is_here = |address: &str| address.split('?').next() == Some(here);
        use_context::<Self>().map_or_else(Vec::new, |unsent| {
            unsent.0.with_value(|kept| {
                let of_page = kept.forms.iter().filter(|((at, _), _)| is_here(at));
                of_page.map(|(_, form)| Arc::clone(form)).collect()
            })
        })
    }
}

impl Kept {
    fn at(&self, place: &FormPlace) -> Option<Arc<FormState>> {
        let found = self.forms.iter().find(|(other, _)| other == place);
        found.map(|(_, form)| Arc::clone(form))
    }
}

fn place_of(form: &HtmlFormElement) -> FormPlace {
    let attribute = |name| form.get_attribute(name).unwrap_or_default();
    (attribute("action"), attribute("data-subject"))
}

/// The texts that the page had written into a form.
fn written_in(form: &HtmlFormElement) -> Fields {
    elements(form.query_selector_all("textarea"))
        .filter_map(|area| {
            let area: HtmlTextAreaElement = area.dyn_into().ok()?;
            Some((area.name(), area.default_value().ok()?))
        })
        .collect()
}
