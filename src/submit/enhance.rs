//! What the script adds to this form beside the help of every form: a draft on the device, a
//! counter, other procedures, smaller photos.
//!
//! Islands around a form the server wrote (docs/adr/0007): none repeats its markup, and none is
//! needed to send it. Everything starts from an event or an effect, so nothing here runs on the
//! server but the first drawing.

use super::{
    browser_form::{OWN_WORDS, PageForm},
    form::CONTENT,
    other_doors::door_id,
};
use crate::{
    case::{OtherProcedure, recognise},
    ui::form::enhance::SENT,
};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, Event, HtmlInputElement};

/// Help while the form is filled in, shared by the islands inside [`FormHelp`].
#[derive(Clone, Copy)]
struct Assistance {
    /// Characters left.
    left: RwSignal<i64>,
    /// Near the end of what fits: the count is worth showing.
    near_end: RwSignal<bool>,
    elsewhere: RwSignal<Option<OtherProcedure>>,
    /// A draft is stored on this device.
    draft_kept: RwSignal<bool>,
}

/// Listens to everything that happens in the form inside it.
#[island]
pub fn FormHelp(children: Children) -> impl IntoView {
    let help = Assistance {
        left: RwSignal::new(0),
        near_end: RwSignal::new(false),
        elsewhere: RwSignal::new(None),
        draft_kept: RwSignal::new(false),
    };
    provide_context(help);
    Effect::new(move || help.arrive());
    view! {
        <div
            class="form-help"
            on:input=move |event| help.typed(&event)
            on:change=move |event| help.changed(&event)
        >
            {children()}
        </div>
    }
}

/// Says that a draft is kept, and deletes it.
#[island]
pub fn DraftBar() -> impl IntoView {
    let help = expect_context::<Assistance>();
    view! {
        <div class="draft-bar" hidden=move || !help.draft_kept.get()>
            <p>
                "Bản nháp đang được lưu trên máy này, không gồm tên và liên hệ."
            </p>
            <button class="button button-quiet" type="button" on:click=move |_| help.forget_draft()>
                "Xóa bản nháp"
            </button>
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
        let summary = document().query_selector(".error-summary:not([hidden])");
        let is_returned = summary.is_ok_and(|summary| summary.is_some());
        if form.content().is_empty() && !is_returned {
            form.restore();
        }
        self.draft_kept.set(form.is_kept());
        self.look_at(&form);
        let forget = Closure::<dyn FnMut()>::new(move || self.forget_draft()).into_js_value();
        // a form that takes no listener keeps its draft until it is deleted by hand
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
            self.look_at(&form);
        }
        if name != "tep" {
            self.draft_kept.set(form.keep());
        }
    }

    fn look_at(self, form: &PageForm) {
        let content = form.content();
        let left = *CONTENT.end() as i64 - content.chars().count() as i64;
        self.left.set(left);
        self.near_end.set(left < 500);
        self.elsewhere.set(recognise(&form.sentences()));
    }

    /// "Xóa bản nháp": forgets the draft on this device and leaves the form as it is.
    fn forget_draft(self) {
        if let Some(form) = PageForm::find() {
            form.forget();
        }
        self.draft_kept.set(false);
    }

    /// Photos are made smaller before they leave: a picture of a document needs no 12 megapixels on
    /// a slow network.
    fn changed(self, event: &Event) {
        let input = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input.filter(|input| input.type_() == "file") else {
            return;
        };
        leptos::task::spawn_local(crate::submit::photos::shrink(input));
    }
}
