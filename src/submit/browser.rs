//! What the browser adds to the form: the same rules while typing, a draft on the device, smaller photos, progress of the sending.
//! Compiled on both halves and run in the browser only: everything starts from an event or an effect.

use super::{
    form::{CONTENT, FeedbackDraft, NewFeedback},
    recognise::{Elsewhere, recognise},
};
use crate::{
    case::{Kind, normalise},
    error::{AppError, FieldErrors},
    ui::Errors,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

/// Fields that never stay on the device: who speaks, the key of a sending.
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

/// Help while the form is filled in.
#[derive(Clone, Copy)]
pub struct Assistance {
    kind: Kind,
    entry: bool,
    errors: Errors,
    /// Characters left, and whether that is worth showing.
    pub left: RwSignal<i64>,
    /// Near the end of what fits.
    pub near_end: RwSignal<bool>,
    elsewhere: RwSignal<Option<Elsewhere>>,
    /// A draft lies on this device.
    pub draft_kept: RwSignal<bool>,
    /// A sending is under way.
    pub busy: RwSignal<bool>,
    /// Percent of the sending that has left, once it is under way.
    pub sent: RwSignal<Option<u8>>,
}

impl Assistance {
    /// Help for a form of this card; officers' entries keep no draft on the device.
    pub fn new(kind: Kind, entry: bool) -> Self {
        let help = Self {
            kind,
            entry,
            errors: expect_context::<Errors>(),
            left: RwSignal::new(0),
            near_end: RwSignal::new(false),
            elsewhere: RwSignal::new(None),
            draft_kept: RwSignal::new(false),
            busy: RwSignal::new(false),
            sent: RwSignal::new(None),
        };
        Effect::new(move || help.arrive());
        help
    }

    /// The gentle aside, when the words suggest another door.
    pub fn advice(self) -> Option<impl IntoView> {
        self.elsewhere.get().map(|door| {
            let (title, text, href) = door.advice();
            view! { <div class="aside-hint">
                    <p class="aside-hint-title">{title}</p><p>{text}</p><p><a href=href target="_blank" rel="external">"Xem nơi tiếp nhận"</a>" · Ông/Bà vẫn có thể gửi tại đây."</p></div> }
        })
    }

    /// Once the script has arrived: what was typed before it is read, an earlier draft comes back into an untouched form.
    fn arrive(self) {
        let Some(form) = find::<HtmlFormElement>(".feedback-form") else { return };
        if !self.entry {
            if value_of("noi_dung").is_empty() && self.errors.0.with_untracked(FieldErrors::is_empty) {
                restore(&form, self.kind);
            }
            self.draft_kept.set(storage().and_then(|s| s.get_item(&draft_key(self.kind)).ok().flatten()).is_some());
        }
        self.look_at_content();
        if !self.errors.0.with_untracked(FieldErrors::is_empty) {
            focus_summary();
        }
    }

    /// Something was typed or ticked.
    pub fn typed(self, event: &Event) {
        let Some(name) = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()).and_then(|e| e.get_attribute("name")) else {
            return;
        };
        // a field that is being mended is not wrong any more until it is looked at again
        if self.errors.0.with_untracked(|errors| errors.get(&name).is_some()) {
            self.errors.0.update(|errors| drop(errors.0.remove(&name)));
        }
        if name == "noi_dung" {
            self.look_at_content();
        }
        if !self.entry
            && name != "tep"
            && let Some(form) = find::<HtmlFormElement>(".feedback-form")
        {
            self.draft_kept.set(keep(&form, self.kind));
        }
    }

    fn look_at_content(self) {
        let content = value_of("noi_dung");
        let left = *CONTENT.end() as i64 - content.chars().count() as i64;
        self.left.set(left);
        self.near_end.set(left < 500);
        self.elsewhere.set(recognise(&content));
    }

    /// "Xóa bản nháp": forgets the draft on this device and leaves the form as it is.
    pub fn forget_draft(self) {
        forget(self.kind);
        self.draft_kept.set(false);
    }

    /// Photos are made smaller before they leave: a picture of a document needs no 12 megapixels on a slow network.
    pub fn files_chosen(self, event: &Event) {
        let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) else { return };
        self.errors.0.update(|errors| drop(errors.0.remove("tep")));
        leptos::task::spawn_local(super::photos::shrink(input));
    }

    /// The form is sent: the same rules as on the server first, then one request; whatever fails, what was typed stays.
    pub fn submit(self, event: &web_sys::SubmitEvent) {
        let Some(form) = event.target().and_then(|t| t.dyn_into::<HtmlFormElement>().ok()) else { return };
        // changing the card is the page's own round trip
        if submitter_name(event).as_deref() == Some("doi_loai") {
            return;
        }
        event.prevent_default();
        if self.busy.get_untracked() {
            return;
        }
        let Ok(data) = FormData::new_with_form(&form) else { return };
        let pairs = text_pairs(&data);
        let draft = FeedbackDraft::from_pairs(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        if let Err(errors) = NewFeedback::try_from(draft) {
            self.fail(errors);
            return;
        }
        self.busy.set(true);
        self.sent.set(Some(0));
        leptos::task::spawn_local(async move {
            let answer = super::upload::send(&form.action(), &data, self.sent).await;
            self.busy.set(false);
            self.sent.set(None);
            match answer {
                Ok(next) => {
                    forget(self.kind);
                    let _left = window().location().assign(&next);
                }
                Err(AppError::Invalid(errors)) => self.fail(errors),
                Err(error) => {
                    let mut errors = FieldErrors::default();
                    errors.add("gui", error.message());
                    self.fail(errors);
                }
            }
        });
    }

    fn fail(self, errors: FieldErrors) {
        self.errors.0.set(errors);
        focus_summary();
    }
}

/// A key for a form that the server did not hand out (the page was reached inside the application).
pub fn new_key() -> String {
    if is_server() {
        return String::new();
    }
    let mut bytes = [0u8; 16];
    let filled = window().crypto().is_ok_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if filled { bytes.iter().map(|byte| format!("{byte:02x}")).collect() } else { String::new() }
}

fn find<T: wasm_bindgen::JsCast>(selector: &str) -> Option<T> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

fn value_of(id: &str) -> String {
    document().get_element_by_id(id).and_then(|e| e.dyn_into::<HtmlTextAreaElement>().ok()).map(|area| area.value()).unwrap_or_default()
}

fn focus_summary() {
    // after the errors are in the page
    request_animation_frame(|| {
        if let Some(summary) = find::<HtmlElement>("#tom-tat-loi") {
            let _focused = summary.focus();
        }
    });
}

fn submitter_name(event: &web_sys::SubmitEvent) -> Option<String> {
    // not there before Safari 15.4: then the card is changed by the click's own target
    let button = event.submitter().or_else(|| document().active_element().and_then(|e| e.dyn_into().ok()))?;
    button.get_attribute("name")
}

/// The text entries of a form, cleaned and composed as the server does it.
fn text_pairs(data: &FormData) -> Vec<(String, String)> {
    js_sys::Array::from(data)
        .iter()
        .filter_map(|entry| {
            let entry: js_sys::Array = entry.dyn_into().ok()?;
            let composed = entry.get(1).dyn_into::<js_sys::JsString>().ok()?.normalize("NFC");
            Some((entry.get(0).as_string()?, normalise(&String::from(composed))))
        })
        .collect()
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn draft_key(kind: Kind) -> String {
    format!("lang-nghe-nhap-{}", kind.code())
}

/// Keeps what is typed on the device, as pairs of lines; tells whether anything was worth keeping.
fn keep(form: &HtmlFormElement, kind: Kind) -> bool {
    let Ok(data) = FormData::new_with_form(form) else { return false };
    let pairs = js_sys::Array::new();
    let mut worth = false;
    for (name, value) in text_pairs(&data) {
        if !value.is_empty() && !NOT_KEPT.contains(&name.as_str()) {
            worth |= matches!(name.as_str(), "noi_dung" | "vu_viec" | "de_xuat" | "dia_diem" | "nguoi_bi_phan_anh");
            pairs.push(&js_sys::Array::of2(&name.into(), &value.into()));
        }
    }
    let Some(storage) = storage().filter(|_| worth) else { return false };
    js_sys::JSON::stringify(&pairs).is_ok_and(|text| storage.set_item(&draft_key(kind), &String::from(text)).is_ok())
}

fn forget(kind: Kind) {
    if let Some(storage) = storage() {
        let _forgotten = storage.remove_item(&draft_key(kind));
    }
}

/// Puts a kept draft back into the form's controls.
fn restore(form: &HtmlFormElement, kind: Kind) {
    let kept = storage().and_then(|s| s.get_item(&draft_key(kind)).ok().flatten());
    let Some(pairs) = kept.and_then(|text| js_sys::JSON::parse(&text).ok()).and_then(|value| value.dyn_into::<js_sys::Array>().ok()) else {
        return;
    };
    for pair in pairs.iter().filter_map(|pair| pair.dyn_into::<js_sys::Array>().ok()) {
        let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) else { continue };
        put(form, &name, &value);
    }
}

fn put(form: &HtmlFormElement, name: &str, value: &str) {
    let Ok(controls) = form.query_selector_all(&format!("[name={name}]")) else { return };
    for control in (0..controls.length()).filter_map(|i| controls.item(i)) {
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            match input.type_().as_str() {
                "radio" | "checkbox" if input.value() == value => input.set_checked(true),
                "radio" | "checkbox" => {}
                _ => input.set_value(value),
            }
        } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(value);
        } else if let Some(select) = control.dyn_ref::<web_sys::HtmlSelectElement>() {
            select.set_value(value);
        }
    }
}
