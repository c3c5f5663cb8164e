//! What the script adds to this form beside the help of every form: a draft on the device, a
//! counter, other procedures, smaller photos.
//!
//! Islands around a form the server wrote (docs/adr/0007): none repeats its markup, and none is
//! needed to send it. Everything starts from an event or an effect, so nothing here runs on the
//! server but the first drawing.

use super::{
    browser_form::{OWN_WORDS, PageForm},
    drafts::{self, Shelf},
    form::CONTENT,
    other_doors::door_id,
    photos,
};
use crate::{
    case::{OtherProcedure, recognise},
    ui::form::enhance::SENT,
};
use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, js_sys::Date};

/// Id of the choice to keep a draft; without a name it is not sent.
const DRAFT: &str = "giu_nhap";

/// Id of the place that names the chosen files.
const CHOSEN: &str = "tep-da-chon";

/// Help while the form is filled in, shared by the islands inside [`FormHelp`].
#[derive(Clone, Copy)]
struct Assistance {
    /// Characters left.
    left: RwSignal<i64>,
    /// Near the end of what fits: the count is worth showing.
    near_end: RwSignal<bool>,
    elsewhere: RwSignal<Option<OtherProcedure>>,
}

/// Listens to everything that happens in the form inside it.
#[island]
pub fn FormHelp(children: Children) -> impl IntoView {
    let help = Assistance {
        left: RwSignal::new(0),
        near_end: RwSignal::new(false),
        elsewhere: RwSignal::new(None),
    };
    provide_context(help);
    Effect::new(move || help.arrive());
    view! {
        <div
            class="form-help"
            on:input=move |event| help.typed(&event)
            on:change=move |event| changed(&event)
            on:keydown=move |event| keyed(&event)
        >
            {children()}
        </div>
    }
}

/// Asks whether this device keeps a draft; what the answer does is the work of [`FormHelp`].
#[component]
pub fn DraftChoice() -> impl IntoView {
    view! {
        <div class="draft-bar choice" hidden=true>
            <input type="checkbox" id=DRAFT aria-describedby="giu_nhap-goi-y" />
            <label for=DRAFT>"Giữ bản nháp trên máy này 24 giờ"</label>
            <p class="choice-help" id="giu_nhap-goi-y">
                "Không gồm tên và liên hệ. Ai dùng máy này cũng mở được, nên máy dùng chung không \
                 nên giữ."
            </p>
        </div>
    }
}

/// Beside the words: how many characters are left near the end, and another procedure where they suggest
/// one.
#[island]
pub fn WordsHelp() -> impl IntoView {
    let help = expect_context::<Assistance>();
    view! {
        <p class="counter" hidden=move || !help.near_end.get()>
            {move || help.left.get()}
            " ký tự còn lại trong "
            {*CONTENT.end()}
        </p>
        <div aria-live="polite">{move || help.elsewhere.get().map(beside_the_words)}</div>
    }
}

/// Where the chosen files are named, which browsers tell by number only.
#[component]
pub fn ChosenFiles() -> impl IntoView {
    view! { <p class="chosen-files" id=CHOSEN aria-live="polite"></p> }
}

/// The door that the words suggest, as it stands before the button.
fn beside_the_words(procedure: OtherProcedure) -> impl IntoView {
    let door = document().get_element_by_id(&door_id(procedure));
    let door = door.map(|door| door.inner_html()).unwrap_or_default();
    view! {
        <div class="aside-hint">
            <p class="aside-hint-title">{procedure.suspicion()}</p>
            <div inner_html=door></div>
            <p>"Ông/Bà vẫn có thể gửi tại đây."</p>
        </div>
    }
}

impl Assistance {
    /// Once the script has arrived: what was typed before it is read, an earlier draft comes back
    /// into an untouched form.
    fn arrive(self) {
        let Some(form) = PageForm::find() else { return };
        arrive_with_draft(&form);
        self.look_at(&form);
        let forget = Closure::<dyn FnMut()>::new(drafts::forget_all).into_js_value();
        // a form that takes no listener keeps its draft until the receipt is shown
        let _listening = form
            .0
            .add_event_listener_with_callback(SENT, forget.unchecked_ref());
    }

    /// Something was typed or ticked.
    fn typed(self, event: &Event) {
        let Some(name) = event
            .target()
            .and_then(|t| t.dyn_into::<Element>().ok())
            .and_then(|e| e.get_attribute("name"))
        else {
            return;
        };
        let Some(form) = PageForm::find() else { return };
        if OWN_WORDS.contains(&name.as_str()) {
            form.offer_choice();
            self.look_at(&form);
        }
        if form.is_entry() && form.content().chars().count() == 1 {
            begin_call();
        }
        if form.keeps() {
            form.keep();
        }
    }

    fn look_at(self, form: &PageForm) {
        let content = form.content();
        let left = *CONTENT.end() as i64 - content.chars().count() as i64;
        self.left.set(left);
        self.near_end.set(left < 500);
        let (elsewhere, sentences) = (self.elsewhere, form.sentences());
        // nothing to recognise yet, nor to fetch what recognises it
        if sentences.trim().is_empty() && elsewhere.with_untracked(Option::is_none) {
            return;
        }
        leptos::task::spawn_local(async move {
            // what cannot be fetched is asked for again with the next letter, and missed by nobody:
            // the server reads the words too
            let found = recognise_late(sentences).await;
            elsewhere.try_set(found.unwrap_or_default());
        });
    }
}

/// A draft is asked for or not any more; photos are made smaller before they leave: a picture of
/// a document needs no 12 megapixels on a slow network.
fn changed(event: &Event) {
    let input = event
        .target()
        .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
    match input {
        Some(input) if input.type_() == "file" => {
            leptos::task::spawn_local(async move {
                photos::shrink(&input).await;
                if let Some(place) = document().get_element_by_id(CHOSEN) {
                    place.set_text_content(Some(&photos::chosen(&input)));
                }
            });
        }
        Some(choice) if choice.id() == DRAFT => match PageForm::find() {
            Some(form) if choice.checked() => form.keep(),
            _ => Shelf::Device.forget(),
        },
        _ => {}
    }
}

/// [`recognise`] in a chunk of its own, fetched when somebody begins to write: with its tables it is
/// a sixth of the program, and no other page needs it. `#[lazy]` would end the program if the chunk
/// did not come.
#[wasm_split(recognise_late, wasm_split_path = leptos::wasm_split, fallible)]
fn recognise_late(sentences: String) -> Result<Option<OtherProcedure>, SplitLoaderError> {
    Ok(recognise(&sentences))
}

/// An untouched form gets its draft back.
fn arrive_with_draft(form: &PageForm) {
    if form.is_kept() {
        if let Some(choice) = form.choice() {
            form.offer_choice();
            choice.set_checked(true);
        }
        if form.content().is_empty() {
            form.restore();
        }
    } else if !form.content().is_empty() {
        form.offer_choice();
    }
    if form.keeps() && !form.content().is_empty() {
        form.keep();
    }
}

/// Ctrl and Enter press the button of an officer's form, whose hands stay on the keys.
fn keyed(event: &KeyboardEvent) {
    let pressed = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
    if !pressed {
        return;
    }
    let selector = ".entry-form [type=submit], .read-back [type=submit]";
    let button = document().query_selector(selector).ok().flatten();
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        button.click();
    }
}

/// The first word is the beginning of the call, unless a time was already chosen: the page may have
/// been open for hours.
fn begin_call() {
    const VIETNAM: f64 = 7.0 * 3600.0 * 1000.0;
    let field = document().get_element_by_id("luc_goi");
    let field = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field.filter(|field| field.value() == field.default_value()) {
        let now = Date::new(&(Date::now() + VIETNAM).into()).to_iso_string();
        field.set_value(&String::from(now.slice(0, 16)));
    }
}
