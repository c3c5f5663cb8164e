//! What the script adds to the form: the same rules while typing, a draft on the device, smaller photos, progress of the sending.
//!
//! Islands around a form the server wrote (docs/adr/0007): none repeats its markup, and none is needed to send it. Everything starts from
//! an event or an effect, so nothing here runs on the server but the first drawing.

use super::{
    browser_form::PageForm,
    form::{CONTENT, FeedbackDraft, NewFeedback},
    form_page::Returned,
};
use crate::{
    case::{OtherProcedure, recognise},
    error::{AppError, FieldErrors},
    ui::{Errors, Progress},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, HtmlInputElement};

/// Help while the form is filled in, shared by the islands inside [`FormHelp`].
#[derive(Clone, Copy)]
struct Assistance {
    errors: Errors,
    /// Characters left.
    left: RwSignal<i64>,
    /// Near the end of what fits: the count is worth showing.
    near_end: RwSignal<bool>,
    elsewhere: RwSignal<Option<OtherProcedure>>,
    /// A draft lies on this device.
    draft_kept: RwSignal<bool>,
    /// A sending is under way.
    busy: RwSignal<bool>,
    /// Percent of the sending that has left, once it is under way.
    sent: RwSignal<Option<u8>>,
}

/// Listens to everything that happens in the form inside it.
#[island]
pub fn FormHelp(children: Children) -> impl IntoView {
    let returned = use_context::<Returned>().unwrap_or_default();
    let help = Assistance {
        errors: Errors::provide(Errors::on_page(returned.errors)),
        left: RwSignal::new(0),
        near_end: RwSignal::new(false),
        elsewhere: RwSignal::new(None),
        draft_kept: RwSignal::new(false),
        busy: RwSignal::new(false),
        sent: RwSignal::new(None),
    };
    provide_context(help);
    help.errors.write_on_page();
    Effect::new(move || help.arrive());
    view! {
        <div
            class="form-help"
            on:submit=move |event| help.submit(&event)
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

/// Beside the words: how many characters are left near the end, and another door where they suggest one.
#[island]
pub fn WordsHelp() -> impl IntoView {
    let help = expect_context::<Assistance>();
    view! {
        <p class="counter" hidden=move || !help.near_end.get()>
            {move || help.left.get()}
            " ký tự còn lại trong "
            {*CONTENT.end()}
        </p>
        <div aria-live="polite">{move || help.elsewhere.get().map(advice)}</div>
    }
}

fn advice(door: OtherProcedure) -> impl IntoView {
    let (title, text, href) = door.advice();
    view! {
        <div class="aside-hint">
            <p class="aside-hint-title">{title}</p>
            <p>{text}</p>
            <p>
                <a href=href target="_blank" rel="external">
                    "Xem nơi tiếp nhận"
                </a>
                " · Ông/Bà vẫn có thể gửi tại đây."
            </p>
        </div>
    }
}

/// The button, and how much of the sending has left.
#[island]
pub fn SendButton() -> impl IntoView {
    let help = expect_context::<Assistance>();
    view! {
        <div hidden=move || help.sent.get().is_none()>
            <Progress
                id="dang-gui"
                label="Đang gửi"
                done=Signal::derive(move || help.sent.get().unwrap_or(0))
            />
        </div>
        <button
            class="button button-wide"
            type="submit"
            aria-busy=move || help.busy.get().then_some("true")
        >
            "Gửi phản ánh"
        </button>
    }
}

impl Assistance {
    /// Once the script has arrived: what was typed before it is read, an earlier draft comes back into an untouched form.
    fn arrive(self) {
        let Some(form) = PageForm::find() else { return };
        let is_returned = !self.errors.0.with_untracked(FieldErrors::is_empty);
        if form.content().is_empty() && !is_returned {
            form.restore();
        }
        self.draft_kept.set(form.is_kept());
        self.look_at(&form);
        if is_returned {
            focus_summary();
        }
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
        // a field that is being mended is not wrong any more until it is looked at again
        if self
            .errors
            .0
            .with_untracked(|errors| errors.get(&name).is_some())
        {
            self.errors.0.update(|errors| errors.remove(&name));
        }
        let Some(form) = PageForm::find() else { return };
        if name == "noi_dung" {
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
        self.elsewhere.set(recognise(&content));
    }

    /// "Xóa bản nháp": forgets the draft on this device and leaves the form as it is.
    fn forget_draft(self) {
        if let Some(form) = PageForm::find() {
            form.forget();
        }
        self.draft_kept.set(false);
    }

    /// Photos are made smaller before they leave: a picture of a document needs no 12 megapixels on a slow network.
    fn changed(self, event: &Event) {
        let input = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input.filter(|input| input.type_() == "file") else {
            return;
        };
        self.errors.0.update(|errors| errors.remove("tep"));
        leptos::task::spawn_local(crate::submit::photos::shrink(input));
    }

    /// The form is sent: the same rules as on the server first, then one request; whatever fails, what was typed stays.
    fn submit(self, event: &web_sys::SubmitEvent) {
        let Some(form) = event
            .target()
            .and_then(|t| t.dyn_into::<HtmlFormElement>().ok())
            .map(PageForm)
        else {
            return;
        };
        // changing the card is the page's own round trip
        if submitter_name(event).as_deref() == Some("doi_loai") {
            return;
        }
        event.prevent_default();
        if self.busy.get_untracked() {
            return;
        }
        let Ok(data) = FormData::new_with_form(&form.0) else {
            return;
        };
        let pairs = PageForm::text_pairs(&data);
        let draft = FeedbackDraft::from_pairs(
            pairs
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        );
        if let Err(errors) = NewFeedback::try_from(draft) {
            self.fail(errors);
            return;
        }
        self.busy.set(true);
        self.sent.set(Some(0));
        leptos::task::spawn_local(async move {
            let answer = crate::submit::upload::send(&form.0.action(), &data, self.sent).await;
            self.busy.set(false);
            self.sent.set(None);
            match answer {
                Ok(next) => {
                    form.forget();
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

fn focus_summary() {
    // after the errors are in the page
    request_animation_frame(|| {
        let summary = document()
            .get_element_by_id("tom-tat-loi")
            .and_then(|found| found.dyn_into::<HtmlElement>().ok());
        if let Some(summary) = summary {
            let _focused = summary.focus();
        }
    });
}

fn submitter_name(event: &web_sys::SubmitEvent) -> Option<String> {
    // not there before Safari 15.4: then the card is changed by the click's own target
    let button = event
        .submitter()
        .or_else(|| document().active_element().and_then(|e| e.dyn_into().ok()))?;
    button.get_attribute("name")
}
