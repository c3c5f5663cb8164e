//! Form controls: label, hint that says who sees it, error above the control.
//!
//! Controls are uncontrolled: values are attributes, so hydration keeps what was typed before the script arrived. Every field always
//! renders its error paragraph, so the markup does not depend on the errors.

use crate::{error::FieldErrors, ui::Typed};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

/// The errors of the form on this page, read by every field in it.
#[derive(Clone, Copy)]
pub struct Errors(pub RwSignal<FieldErrors>);

impl Errors {
    /// Makes `initial` the errors of the form and provides them to its fields.
    pub fn provide(initial: FieldErrors) -> Self {
        let errors = Self(RwSignal::new(initial));
        provide_context(errors);
        errors
    }

    /// The errors to start with: on the server those given; in the browser those the server wrote into the page, so that hydration meets
    /// the same markup and not a byte is sent twice.
    pub fn on_page(given: FieldErrors) -> FieldErrors {
        if is_server() {
            return given;
        }
        let mut errors = FieldErrors::default();
        for element in paragraphs() {
            let message = element.text_content().unwrap_or_default();
            // an empty text stands in the page as one blank, for hydration to find
            if let (Some(name), false) =
                (element.id().strip_suffix("-loi"), message.trim().is_empty())
            {
                errors.add(name, &message);
            }
        }
        errors
    }

    /// Writes the errors, whenever they change, into a form that the server wrote and the browser did not build anew: the paragraphs,
    /// the fields' marks, and what a screen reader is told of each control.
    pub fn write_on_page(self) {
        Effect::new(move || {
            self.0.with(|errors| {
                paragraphs()
                    .iter()
                    .for_each(|paragraph| write(paragraph, errors))
            });
        });
    }

    fn message(name: &'static str) -> Signal<String> {
        let errors = use_context::<Self>();
        Signal::derive(move || {
            errors
                .and_then(|e| e.0.with(|e| e.get(name).map(str::to_owned)))
                .unwrap_or_default()
        })
    }
}

/// The error paragraphs of the page.
fn paragraphs() -> Vec<web_sys::Element> {
    let Ok(found) = document().query_selector_all(".field-error") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|i| found.item(i)?.dyn_into().ok())
        .collect()
}

/// Writes one field's message and marks. A refusal to set an attribute has no reason here, and nothing hangs on it.
fn write(paragraph: &web_sys::Element, errors: &FieldErrors) {
    let id = paragraph.id();
    let Some(name) = id.strip_suffix("-loi") else {
        return;
    };
    let message = errors.get(name);
    paragraph.set_text_content(message);
    if let Ok(Some(field)) = paragraph.closest(".field") {
        let _marked = field
            .class_list()
            .toggle_with_force("field-invalid", message.is_some());
    }
    if let Some(control) = document().get_element_by_id(name).filter(|control| {
        control
            .matches(".control, [type=checkbox]")
            .unwrap_or(false)
    }) {
        let _said = match message {
            Some(_) => control.set_attribute("aria-invalid", "true"),
            None => control.remove_attribute("aria-invalid"),
        };
    }
}

/// One thing to choose: stored value, label, help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A plain gloss, or empty.
    pub help: String,
}

impl Choice {
    /// A choice without help.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            help: String::new(),
        }
    }

    /// The same with help.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
    }
}

/// The error paragraph of a field; always there, empty where nothing is wrong.
#[component]
pub fn FieldError(name: &'static str) -> impl IntoView {
    let message = Errors::message(name);
    view! {
        <p class="field-error" id=format!("{name}-loi")>
            {message}
        </p>
    }
}

/// What hint and error paragraphs describe a control.
fn described_by(name: &str, has_hint: bool) -> String {
    if has_hint {
        format!("{name}-goi-y {name}-loi")
    } else {
        format!("{name}-loi")
    }
}

#[component]
fn Label(
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    optional: bool,
) -> impl IntoView {
    view! {
        <label class="field-label" for=name>
            {label}
            {optional
                .then(|| view! { <span class="field-optional">" (không bắt buộc)"</span> })}
        </label>
        {(!hint.is_empty())
            .then(|| {
                view! {
                    <p class="field-hint" id=format!("{name}-goi-y")>
                        {hint}
                    </p>
                }
            })}
    }
}

fn invalid(name: &'static str) -> impl Fn() -> Option<&'static str> + Copy {
    let message = Errors::message(name);
    move || message.with(|m| !m.is_empty()).then_some("true")
}

/// The class of a field: `base`, and a mark while it has an error.
fn field_class(name: &'static str, base: &'static str) -> impl Fn() -> String {
    let invalid = invalid(name);
    move || {
        if invalid().is_some() {
            format!("field field-invalid {base}")
        } else {
            format!("field {base}")
        }
    }
}

/// A single-line field. `name` is also its id.
#[component]
pub fn TextField(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: &'static str,
    #[prop(optional)] inputmode: &'static str,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(optional)] list: &'static str,
    #[prop(optional)] optional: bool,
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let value = Typed::or(name, value);
    let or_none = |text: &'static str| (!text.is_empty()).then_some(text);
    view! {
        <div class=field_class(name, class)>
            <Label name label hint optional />
            <FieldError name />
            <input
                class="control"
                id=name
                name=name
                type=kind
                value=value
                autocomplete=or_none(autocomplete)
                inputmode=or_none(inputmode)
                maxlength=maxlength.map(|n| n.to_string())
                list=or_none(list)
                aria-describedby=described_by(name, !hint.is_empty())
                aria-invalid=invalid(name)
            />
        </div>
    }
}

/// A text area. The value is escaped here: Leptos 0.8 does not escape the children of `<textarea>` on the server.
#[component]
pub fn TextArea(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(default = 6)] rows: u16,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let value = Typed::or(name, value);
    view! {
        <div class=field_class(name, "")>
            <Label name label hint optional />
            <FieldError name />
            <textarea
                class="control"
                id=name
                name=name
                rows=rows.to_string()
                maxlength=maxlength.map(|n| n.to_string())
                aria-describedby=described_by(name, !hint.is_empty())
                aria-invalid=invalid(name)
                inner_html=text_area_content(&value)
            ></textarea>
        </div>
    }
}

/// A parser drops one line end after `<textarea>`, so one is put there for it to drop (HTML, "initial newline").
fn text_area_content(value: &str) -> String {
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;");
    format!("\n{escaped}")
}

/// A drop-down list whose first entry is "not chosen".
#[component]
pub fn SelectField(
    name: &'static str,
    label: &'static str,
    choices: Vec<Choice>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(default = "— Chọn —")] empty: &'static str,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let value = Typed::or(name, value);
    let options = choices
        .into_iter()
        .map(|choice| {
            let selected = choice.value == value;
            view! {
                <option value=choice.value selected=selected>
                    {choice.label}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class=field_class(name, "")>
            <Label name label hint optional />
            <FieldError name />
            <select
                class="control"
                id=name
                name=name
                aria-describedby=described_by(name, !hint.is_empty())
                aria-invalid=invalid(name)
            >
                <option value="">{empty}</option>
                {options}
            </select>
        </div>
    }
}

#[component]
fn ChoiceInput(
    kind: &'static str,
    name: &'static str,
    choice: Choice,
    checked: bool,
) -> impl IntoView {
    let id = format!("{name}-{}", choice.value);
    let help_id = format!("{id}-goi-y");
    let has_help = !choice.help.is_empty();
    view! {
        <div class="choice">
            <input
                type=kind
                id=id.clone()
                name=name
                value=choice.value
                checked=checked
                aria-describedby=has_help.then(|| help_id.clone())
            />
            <label for=id>{choice.label}</label>
            {has_help
                .then(|| {
                    view! {
                        <p class="choice-help" id=help_id.clone()>
                            {choice.help}
                        </p>
                    }
                })}
        </div>
    }
}

#[component]
fn Group(
    name: &'static str,
    legend: &'static str,
    hint: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset
            class=field_class(name, "choices")
            id=name
            tabindex="-1"
            aria-describedby=described_by(name, !hint.is_empty())
        >
            <legend class="field-label">{legend}</legend>
            {(!hint.is_empty())
                .then(|| {
                    view! {
                        <p class="field-hint" id=format!("{name}-goi-y")>
                            {hint}
                        </p>
                    }
                })}
            <FieldError name />
            {children()}
        </fieldset>
    }
}

/// Exactly one of several.
#[component]
pub fn RadioGroup(
    name: &'static str,
    legend: &'static str,
    choices: Vec<Choice>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional, into)] value: String,
) -> impl IntoView {
    let value = Typed::or(name, value);
    let inputs = choices
        .into_iter()
        .map(|choice| {
            let checked = choice.value == value;
            view! { <ChoiceInput kind="radio" name choice checked /> }
        })
        .collect_view();
    view! {
        <Group name legend hint>
            {inputs}
        </Group>
    }
}

/// Any number of several, all sent under one name.
#[component]
pub fn CheckGroup(
    name: &'static str,
    legend: &'static str,
    choices: Vec<Choice>,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] values: Vec<String>,
) -> impl IntoView {
    let typed = Typed::all(name);
    let values = if typed.is_empty() { values } else { typed };
    let inputs = choices
        .into_iter()
        .map(|choice| {
            let checked = values.contains(&choice.value);
            view! { <ChoiceInput kind="checkbox" name choice checked /> }
        })
        .collect_view();
    view! {
        <Group name legend hint>
            {inputs}
        </Group>
    }
}

/// A single box to tick; sends `1`.
#[component]
pub fn CheckField(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] checked: bool,
) -> impl IntoView {
    let checked = checked || !Typed::all(name).is_empty();
    view! {
        <div class=field_class(name, "")>
            <FieldError name />
            <div class="choice">
                <input
                    type="checkbox"
                    id=name
                    name=name
                    value="1"
                    checked=checked
                    aria-describedby=described_by(name, !hint.is_empty())
                    aria-invalid=invalid(name)
                />
                <label for=name>{label}</label>
                {(!hint.is_empty())
                    .then(|| {
                        view! {
                            <p class="choice-help" id=format!("{name}-goi-y")>
                                {hint}
                            </p>
                        }
                    })}
            </div>
        </div>
    }
}

/// What is wrong, at the top, with links to the fields. Takes the focus after a failed sending (see `focus_errors` in the form's page).
#[component]
pub fn ErrorSummary() -> impl IntoView {
    let errors = use_context::<Errors>();
    let fields = move || {
        errors
            .map(|e| e.0.with(|errors| errors.all().to_vec()))
            .unwrap_or_default()
    };
    view! {
        <div
            class="error-summary"
            id="tom-tat-loi"
            role="alert"
            tabindex="-1"
            hidden=move || fields().is_empty()
        >
            <p class="error-summary-title">"Có chỗ cần xem lại trước khi gửi"</p>
            <ul>
                {move || {
                    fields()
                        .into_iter()
                        .map(|(name, message)| {
                            view! {
                                <li>
                                    <a href=format!("#{name}") rel="external">
                                        {message}
                                    </a>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </div>
    }
}

/// The same in a page of islands.
#[island]
pub fn Problems() -> impl IntoView {
    view! { <ErrorSummary /> }
}
