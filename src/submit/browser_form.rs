//! The form in the page: its text, and its draft on the device. Runs in the
//! browser only.

use super::drafts::Shelf;
use crate::ui::form::{
    control::{elements, set_text},
    enhance::fields,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, js_sys};

/// Fields that are never stored: the keys of a submission, what is only said of this page.
const NEVER_KEPT: &[&str] = &["khoa", "ban_thong_bao", "cam_ket"];
/// Fields that are never stored on the device of a citizen: who they are.
const NOT_KEPT: &[&str] = &["ho_ten", "ten_to_chuc", "chuc_vu", "dia_chi", "lien_he"];
/// Fields that are worth a draft.
const WORTH: &[&str] = &["noi_dung", "de_xuat", "dia_diem", "nguoi_bi_phan_anh"];

/// The fields of the submitter's own sentences: content, proposal.
pub(super) const OWN_WORDS: [&str; 2] = ["noi_dung", "de_xuat"];

/// The form in the page.
pub(super) struct PageForm(pub HtmlFormElement);

impl PageForm {
    /// Finds it.
    pub(super) fn find() -> Option<Self> {
        document()
            .query_selector(".feedback-form")
            .ok()
            .flatten()?
            .dyn_into()
            .ok()
            .map(Self)
    }

    /// The words of "Nội dung phản ánh".
    pub(super) fn content(&self) -> String {
        words_of(OWN_WORDS[0])
    }

    /// The submitter's own sentences, a line each, as the server reads them.
    pub(super) fn sentences(&self) -> String {
        OWN_WORDS.map(words_of).join("\n")
    }

    /// Whether it is an officer's, for a caller.
    pub(super) fn is_entry(&self) -> bool {
        self.0.class_list().contains("entry-form")
    }

    /// The choice to keep a draft on the device. None in an officer's entry, which is a caller's word.
    pub(super) fn choice(&self) -> Option<HtmlInputElement> {
        let choice = self.0.query_selector(".draft-bar input").ok().flatten()?;
        choice.dyn_into().ok()
    }

    /// Shows that choice: without the program it would be an empty promise, and without words there
    /// is nothing to keep.
    pub(super) fn offer_choice(&self) {
        if let Ok(Some(bar)) = self.0.query_selector(".draft-bar") {
            let _shown = bar.remove_attribute("hidden");
        }
    }

    /// Where its draft is kept.
    fn shelf(&self) -> Shelf {
        if self.is_entry() {
            Shelf::Window
        } else {
            Shelf::Device
        }
    }

    /// Whether a draft of it is stored.
    pub(super) fn is_kept(&self) -> bool {
        self.shelf().read().is_some()
    }

    /// Whether what is typed is to be stored: on a device if that was asked for, in an officer's
    /// window always.
    pub(super) fn keeps(&self) -> bool {
        self.is_entry() || self.choice().is_some_and(|choice| choice.checked())
    }

    /// Stores what is typed, as far as it is worth keeping.
    pub(super) fn keep(&self) {
        let Ok(data) = FormData::new_with_form(&self.0) else {
            return;
        };
        let pairs = js_sys::Array::new();
        let mut worth = self.is_entry();
        for (name, value) in fields(&data) {
            if !value.is_empty() && self.may_keep(&name) {
                worth |= WORTH.contains(&name.as_str());
                pairs.push(&js_sys::Array::of2(&name.into(), &value.into()));
            }
        }
        if worth {
            self.shelf().keep(&pairs);
        } else {
            self.shelf().forget();
        }
    }

    fn may_keep(&self, name: &str) -> bool {
        !NEVER_KEPT.contains(&name) && (self.is_entry() || !NOT_KEPT.contains(&name))
    }

    /// Puts a kept draft back into the form's controls.
    pub(super) fn restore(&self) {
        let draft = self.shelf().read();
        let pairs = draft.iter().flat_map(js_sys::Array::iter);
        for pair in pairs.filter_map(|pair| pair.dyn_into::<js_sys::Array>().ok()) {
            if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                self.put(&name, &value);
            }
        }
    }

    fn put(&self, name: &str, value: &str) {
        for control in elements(self.0.query_selector_all(&format!("[name={name}]"))) {
            match control.dyn_ref::<HtmlInputElement>() {
                Some(input) if matches!(input.type_().as_str(), "radio" | "checkbox") => {
                    if input.value() == value {
                        input.set_checked(true);
                    }
                }
                _ => set_text(&control, value),
            }
        }
    }
}

/// What is typed into a line or an area; "" if the form has none of this name.
fn words_of(field: &str) -> String {
    let control = document().get_element_by_id(field);
    control
        .and_then(|control| js_sys::Reflect::get(&control, &"value".into()).ok())
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}
