//! The form in the page: its text, and its draft on the device. Runs in the
//! browser only.

use crate::{
    routes,
    ui::form::{
        control::{elements, set_text},
        enhance::fields,
    },
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{FormData, HtmlFormElement, HtmlInputElement, Storage};

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

    /// Whether a draft of this card is stored on the device.
    pub(super) fn is_kept(&self) -> bool {
        self.place()
            .is_some_and(|(storage, key)| matches!(storage.get_item(&key), Ok(Some(_))))
    }

    /// Keeps what is typed on the device, as a list of pairs; tells whether anything was worth
    /// keeping.
    pub(super) fn keep(&self) -> bool {
        let (Some((storage, key)), Ok(data)) = (self.place(), FormData::new_with_form(&self.0))
        else {
            return false;
        };
        let pairs = js_sys::Array::new();
        let mut worth = false;
        for (name, value) in fields(&data) {
            if !value.is_empty() && !NOT_KEPT.contains(&name.as_str()) {
                worth |= matches!(
                    name.as_str(),
                    "noi_dung" | "vu_viec" | "de_xuat" | "dia_diem" | "nguoi_bi_phan_anh"
                );
                pairs.push(&js_sys::Array::of2(&name.into(), &value.into()));
            }
        }
        worth
            && js_sys::JSON::stringify(&pairs)
                .is_ok_and(|text| storage.set_item(&key, &String::from(text)).is_ok())
    }

    /// Takes the draft of this card off the device.
    pub(super) fn forget(&self) {
        if let Some((storage, key)) = self.place() {
            let _forgotten = storage.remove_item(&key);
        }
    }

    /// Puts a kept draft back into the form's controls.
    pub(super) fn restore(&self) {
        let kept = self
            .place()
            .and_then(|(storage, key)| storage.get_item(&key).ok().flatten());
        let Some(pairs) = kept
            .and_then(|text| js_sys::JSON::parse(&text).ok())
            .and_then(|value| value.dyn_into::<js_sys::Array>().ok())
        else {
            return;
        };
        for pair in pairs
            .iter()
            .filter_map(|pair| pair.dyn_into::<js_sys::Array>().ok())
        {
            let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string())
            else {
                continue;
            };
            self.put(&name, &value);
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

    /// Where the draft of this card lies; nowhere for an officer's entry, which is a caller's word
    /// and not the device owner's.
    fn place(&self) -> Option<(Storage, String)> {
        let kind = self
            .0
            .query_selector("input[name=loai]")
            .ok()
            .flatten()?
            .dyn_into::<HtmlInputElement>()
            .ok()?
            .value();
        let is_entry = self.0.action().contains(routes::ENTRY.path);
        let storage = window()
            .local_storage()
            .ok()
            .flatten()
            .filter(|_| !is_entry)?;
        Some((storage, format!("lang-nghe-nhap-{kind}")))
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
