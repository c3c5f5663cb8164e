//! The form in the page: its text, and its draft on the device. Runs in the
//! browser only.

use super::drafts;
use crate::{
    case::Kind,
    ui::form::{
        control::{elements, set_text},
        enhance::fields,
    },
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, js_sys};

/// Fields that are never stored on the device: who the submitter is, the key of a submission.
const NOT_KEPT: &[&str] = &[
    "ho_ten",
    "ten_to_chuc",
    "nguoi_dai_dien",
    "chuc_vu",
    "phuong_xa",
    "dia_chi",
    "dien_thoai",
    "thu_dien_tu",
    "khoa",
    "ban_thong_bao",
    "loai",
];
/// Fields that are worth a draft.
const WORTH: &[&str] = &[
    "noi_dung",
    "vu_viec",
    "de_xuat",
    "dia_diem",
    "nguoi_bi_phan_anh",
];

/// The fields of the submitter's own sentences: matter, content, proposal.
pub(super) const OWN_WORDS: [&str; 3] = ["vu_viec", "noi_dung", "de_xuat"];

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
        words_of(OWN_WORDS[1])
    }

    /// The submitter's own sentences, a line each, as the server reads them.
    pub(super) fn sentences(&self) -> String {
        OWN_WORDS.map(words_of).join("\n")
    }

    /// Whether the server wrote what was typed: the form was refused, or its card was changed. A
    /// page that is the same for everybody has the form's key at its end, outside the form.
    pub(super) fn came_back(&self) -> bool {
        matches!(self.0.query_selector("input[name=khoa]"), Ok(Some(_)))
    }

    /// The choice to keep a draft, shown from now on: without the program it would be an empty
    /// promise. None in an officer's entry, which is a caller's word and not the device owner's.
    pub(super) fn choice(&self) -> Option<HtmlInputElement> {
        let bar = self.0.query_selector(".draft-bar").ok().flatten()?;
        let _shown = bar.remove_attribute("hidden");
        bar.query_selector("input").ok().flatten()?.dyn_into().ok()
    }

    /// Whether a draft of this card is stored on the device.
    pub(super) fn is_kept(&self) -> bool {
        self.kind().and_then(drafts::read).is_some()
    }

    /// Keeps what is typed on the device, as far as it is worth keeping.
    pub(super) fn keep(&self) {
        let (Some(kind), Ok(data)) = (self.kind(), FormData::new_with_form(&self.0)) else {
            return;
        };
        let pairs = js_sys::Array::new();
        let mut worth = false;
        for (name, value) in fields(&data) {
            if !value.is_empty() && !NOT_KEPT.contains(&name.as_str()) {
                worth |= WORTH.contains(&name.as_str());
                pairs.push(&js_sys::Array::of2(&name.into(), &value.into()));
            }
        }
        if worth {
            drafts::keep(kind, &pairs);
        } else {
            drafts::forget(kind);
        }
    }

    /// Puts a kept draft back into the form's controls.
    pub(super) fn restore(&self) {
        let draft = self.kind().and_then(drafts::read);
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

    /// The card of this form.
    fn kind(&self) -> Option<Kind> {
        let card = self.0.query_selector("input[name=loai]").ok().flatten()?;
        Kind::from_code(&card.dyn_into::<HtmlInputElement>().ok()?.value())
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
