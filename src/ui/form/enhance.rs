//! What the program in the browser adds to every form of `ui::Form`, on public pages and in the
//! console: the form's own rule before anything is sent, messages written into the page, and
//! nothing typed lost whatever fails.
//!
//! One listener on the document; no signals. It works on the elements as the server wrote them, so
//! it is the same on pages of islands and in a page that Leptos hydrated. Runs in the browser only.

use super::{
    Fields,
    control::{elements, is_changed},
    post::post,
    summary,
};
use crate::{
    case::normalise,
    error::{AppError, FieldErrors},
};
use leptos::prelude::{document, request_animation_frame, set_timeout, window};
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, SubmitEvent};

/// The event a form hears on itself once it went through.
pub const SENT: &str = "form-sent";

/// A form that went through.
pub struct Sent<'a> {
    /// The form, if it still holds what was sent; `None` if the person went on typing.
    pub form: Option<&'a HtmlFormElement>,
    /// Where it leads; `None` if its page was left meanwhile.
    pub location: Option<&'a str>,
}

/// The rule of a command, by its endpoint.
pub type Check = fn(&str, &Fields) -> Result<(), FieldErrors>;

/// Gets a form of which a part went through, what was sent, and what of it was refused.
pub type Partly = dyn Fn(&HtmlFormElement, Fields, &AppError);

/// What the application adds to the one mechanism.
pub struct Hooks {
    /// Goes on after a form went through.
    pub sent: Box<dyn Fn(Sent<'_>)>,
    /// The rule of a command by its endpoint: the very one of the server. `Ok` for a form without a
    /// rule of its own.
    pub check: Check,
    /// Hears that something was typed into a form.
    pub typed: Box<dyn Fn(&HtmlFormElement)>,
    /// Draws a page anew of whose form a part went through.
    pub partly: Box<Partly>,
}

/// Listens to every form of the document from now on.
pub fn start(hooks: Hooks) {
    let hooks = Rc::new(hooks);
    let typing = Rc::clone(&hooks);
    listen_to_leaving(hooks.check);
    listen("submit", false, move |event| {
        if let Some(event) = event.dyn_ref() {
            submit(&hooks, event);
        }
    });
    // in the capturing phase: an island that judges what is being typed speaks after this
    listen("input", true, move |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let name = target
            .as_ref()
            .and_then(|target| target.get_attribute("name"));
        if let (Some(target), Some(name)) = (target, name)
            && let Ok(Some(form)) = target.closest("form[data-command]")
        {
            // a field that is being mended is not wrong any more until it is looked at again
            set_message(&name, None);
            hide_mended(&form);
            if let Some(form) = form.dyn_ref() {
                (typing.typed)(form);
            }
        }
    });
    // where the browser has not done so by itself, and nobody has begun to mend
    let is_untouched = document().active_element() == document().body().map(Element::from);
    if is_untouched
        && let Ok(Some(summary)) = document().query_selector(".error-summary:not([hidden])")
    {
        focus(&summary);
    }
}

/// A field that was filled in is judged when it is left, by the rule of its form; not while a button
/// of the mouse is down, for a message that moves the page would take the click from its target.
fn listen_to_leaving(check: Check) {
    let (pressed, left) = (Rc::new(Cell::new(false)), Rc::new(Cell::new(None)));
    let judge = {
        let left = Rc::clone(&left);
        move || {
            if let Some(control) = left.take() {
                judge(check, &control);
            }
        }
    };
    let press = |now: bool| {
        let pressed = Rc::clone(&pressed);
        move |_| pressed.set(now)
    };
    listen("mousedown", true, press(true));
    listen("keydown", true, press(false));
    let (released, judge_left) = (Rc::clone(&pressed), judge.clone());
    listen("mouseup", true, move |_| {
        released.set(false);
        // after the click
        set_timeout(judge_left.clone(), Duration::ZERO);
    });
    listen("focusout", true, move |event| {
        let control = event.target().and_then(|target| target.dyn_into().ok());
        // on the way to a box the focus rests on what is around it, which was not filled in
        if let Some(control) = control.filter(is_changed) {
            judge();
            left.set(Some(control));
        }
        if !pressed.get() {
            judge();
        }
    });
}

fn judge(check: Check, control: &Element) {
    let form = control.closest("form[data-command]").ok().flatten();
    let data = form
        .as_ref()
        .filter(|form| form.is_connected())
        .and_then(|form| FormData::new_with_form(form.dyn_ref()?).ok());
    if let (Some(form), Some(data)) = (form, data)
        && let (Some(command), Some(name)) = (
            form.get_attribute("data-command"),
            control.get_attribute("name"),
        )
        && let Err(errors) = check(&command, &fields(&data))
        && let Some(message) = errors.get(&name)
    {
        set_message(&name, Some(message));
    }
}

/// A summary that only names fields goes with the last of them.
fn hide_mended(form: &Element) {
    let has = |selector: &str| matches!(form.query_selector(selector), Ok(Some(_)));
    if has(".error-summary a[href^='#']")
        && !has(".field-error:not(:empty)")
        && let Ok(Some(summary)) = form.query_selector(".error-summary")
    {
        let _hidden = summary.set_attribute("hidden", "");
    }
}

fn listen(name: &str, capture: bool, handle: impl FnMut(Event) + 'static) {
    let handle = Closure::<dyn FnMut(Event)>::new(handle).into_js_value();
    // a document that takes no listener leaves its forms to the browser
    let _listening =
        document().add_event_listener_with_callback_and_bool(name, handle.unchecked_ref(), capture);
}

fn submit(hooks: &Rc<Hooks>, event: &SubmitEvent) {
    let form = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let Some((form, command)) =
        form.and_then(|form| Some((form.clone(), form.get_attribute("data-command")?)))
    else {
        return;
    };
    // a button with an address of its own is a page's round trip
    if event.default_prevented() || pressed(event).is_some_and(|b| b.has_attribute("formaction")) {
        return;
    }
    event.prevent_default();
    let Some(data) = FormData::new_with_form(&form)
        .ok()
        .filter(|_| !is_busy(&form))
    else {
        return;
    };
    let typed = fields(&data);
    if let Some((name, value)) = pressed(event).and_then(|button| named(&button)) {
        // what cannot be added is asked for by the rule of the form
        let _added = data.append_with_str(&name, &value);
    }
    match (hooks.check)(&command, &fields(&data)) {
        Err(errors) => refuse(&form, AppError::Invalid(errors)),
        Ok(()) => {
            let hooks = Rc::clone(hooks);
            leptos::task::spawn_local(async move { send(&hooks, form, &data, typed).await });
        }
    }
}

/// Name and value of a button that says which of several things its form asks for.
fn named(button: &Element) -> Option<(String, String)> {
    let is_button = button.matches("button[type=submit]").unwrap_or(false);
    let name = button.get_attribute("name").filter(|_| is_button)?;
    Some((name, button.get_attribute("value").unwrap_or_default()))
}

/// The button that was pressed; browsers before Safari 15.4 do not name it, but have it in focus.
fn pressed(event: &SubmitEvent) -> Option<Element> {
    let named = event.submitter().map(Element::from);
    named.or_else(|| document().active_element())
}

async fn send(hooks: &Hooks, form: HtmlFormElement, data: &FormData, typed: Fields) {
    set_busy(&form, true);
    let progress = form.query_selector(".progress").ok().flatten();
    let told = progress.clone();
    let tell = move |percent| show_progress(told.as_ref(), percent);
    let answer = post(&form.action(), data, tell).await;
    if let Some(progress) = progress {
        let _hidden = progress.set_attribute("hidden", "");
    }
    match answer {
        Ok(location) => {
            show(&form, None, &FieldErrors::default());
            if let Ok(sent) = Event::new(SENT) {
                let _heard = form.dispatch_event(&sent);
            }
            let now = FormData::new_with_form(&form);
            let is_as_sent = now.is_ok_and(|now| fields(&now) == typed);
            (hooks.sent)(Sent {
                form: is_as_sent.then_some(&form),
                location: Some(location.as_str()).filter(|_| drawn(&form).is_some()),
            });
            // until then the next page is there; a page that stays, or is gone back to, can be sent
            // again
            set_timeout(move || set_busy(&form, false), Duration::from_secs(2));
        }
        Err(error) => {
            set_busy(&form, false);
            match drawn(&form) {
                Some(form) if form.has_attribute("data-partly") && error.status() == 422 => {
                    (hooks.partly)(&form, fields(data), &error);
                }
                Some(form) => refuse(&form, error),
                // another page is shown, and nothing on it is about that form
                None => {
                    let message = format!(
                        "Việc vừa gửi ở trang trước chưa được ghi. {}",
                        error.message()
                    );
                    let _said = window().alert_with_message(&message);
                }
            }
        }
    }
}

/// The form as it is on the page now, which may have been drawn anew since it was sent.
fn drawn(form: &HtmlFormElement) -> Option<HtmlFormElement> {
    if form.is_connected() {
        return Some(form.clone());
    }
    let same = |name| move |other: &Element| other.get_attribute(name) == form.get_attribute(name);
    elements(document().query_selector_all("form[data-command]"))
        .filter(same("action"))
        .find(same("data-subject"))
        .and_then(|found| found.dyn_into().ok())
}

fn show_progress(progress: Option<&Element>, percent: u8) {
    let Some(progress) = progress else { return };
    let _shown = progress.remove_attribute("hidden");
    if let Ok(Some(bar)) = progress.query_selector("progress") {
        let _filled = bar.set_attribute("value", &percent.to_string());
    }
}

fn is_busy(form: &Element) -> bool {
    form.get_attribute("aria-busy").is_some()
}

fn set_busy(form: &Element, busy: bool) {
    let _set = if busy {
        form.set_attribute("aria-busy", "true")
    } else {
        form.remove_attribute("aria-busy")
    };
}

/// Says what is wrong. A refusal about a field that this page does not have is another page: the
/// server shows it, with everything typed.
fn refuse(form: &HtmlFormElement, error: AppError) {
    let errors = error.fields();
    let is_here = |name: &str| document().get_element_by_id(name).is_some();
    if !errors.all().iter().all(|(name, _)| is_here(name)) {
        // past the listener, as the browser sends it without script
        let _sent = form.submit();
        return;
    }
    let notice = Some(&error).filter(|error| !matches!(error, AppError::Invalid(_)));
    show(form, notice, &errors);
    if let Ok(Some(summary)) = form.query_selector(".error-summary") {
        focus(&summary);
    }
}

/// Writes every message of a form into the page, and takes back those of before.
fn show(form: &Element, notice: Option<&AppError>, errors: &FieldErrors) {
    for paragraph in elements(form.query_selector_all(".field-error")) {
        if let Some(name) = paragraph.id().strip_suffix("-loi") {
            set_message(name, errors.get(name));
        }
    }
    let Ok(Some(element)) = form.query_selector(".error-summary") else {
        return;
    };
    let location = window().location();
    let here = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let html = summary::summary_html(notice, errors, &here, summary::title(false));
    element.set_inner_html(&html);
    let _shown = if html.is_empty() {
        element.set_attribute("hidden", "")
    } else {
        element.remove_attribute("hidden")
    };
}

/// Writes one field's message and marks. A refusal to set an attribute has no reason here, and
/// nothing hangs on it.
pub fn set_message(name: &str, message: Option<&str>) {
    let Some(paragraph) = document().get_element_by_id(&format!("{name}-loi")) else {
        return;
    };
    paragraph.set_text_content(message);
    if message.is_some() {
        open_folds(&paragraph);
    }
    if let Ok(Some(field)) = paragraph.closest(".field") {
        let marked = field.class_list();
        let _marked = marked.toggle_with_force("field-invalid", message.is_some());
    }
    let control = document().get_element_by_id(name);
    let is_control = |e: &Element| e.matches(".control, [type=checkbox]").unwrap_or(false);
    if let Some(control) = control.filter(is_control) {
        let _said = match message {
            Some(_) => control.set_attribute("aria-invalid", "true"),
            None => control.remove_attribute("aria-invalid"),
        };
    }
}

/// Opens what is folded around a message.
fn open_folds(message: &Element) {
    while let Ok(Some(fold)) = message.closest("details:not([open])") {
        if fold.set_attribute("open", "").is_err() {
            return;
        }
    }
}

fn focus(element: &Element) {
    let element = element.clone();
    // after the messages are drawn
    request_animation_frame(move || {
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            let _focused = element.focus();
        }
    });
}

/// The text entries of a form, cleaned and composed as the server does it.
pub fn fields(data: &FormData) -> Fields {
    let entries = js_sys::Array::from(data);
    let pair = |entry: wasm_bindgen::JsValue| {
        let entry: js_sys::Array = entry.dyn_into().ok()?;
        let value = entry.get(1).dyn_into::<js_sys::JsString>().ok()?;
        let composed = String::from(value.normalize("NFC"));
        Some((entry.get(0).as_string()?, normalise(&composed)))
    };
    entries.iter().filter_map(pair).collect()
}
