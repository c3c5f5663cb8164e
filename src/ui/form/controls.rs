//! Form controls: label, hint that says who sees it, error above the control.
//!
//! Controls are uncontrolled: values are attributes, so hydration keeps what was typed before the
//! script arrived. What they show after a refusal comes from the form around them
//! (`FormContext`).

use super::{choices::Choice, state::FormContext, summary::FieldError};
use leptos::prelude::*;

/// What hint and error paragraphs describe a control.
pub(super) fn described_by(name: &str, has_hint: bool) -> String {
    if has_hint {
        format!("{name}-goi-y {name}-loi")
    } else {
        format!("{name}-loi")
    }
}

/// Label and hint of a control.
#[component]
pub(super) fn Label(
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

/// What `aria-invalid` says of a field.
pub(super) fn invalid(name: &str) -> Option<&'static str> {
    (!FormContext::message(name).is_empty()).then_some("true")
}

/// The class of a field: `base`, and a mark while it has an error.
pub(super) fn field_class(name: &str, base: &str) -> String {
    match invalid(name) {
        Some(_) => format!("field field-invalid {base}"),
        None => format!("field {base}"),
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
    let value = FormContext::value(name, value);
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

/// A text area. The value is escaped here: Leptos 0.8 does not escape the children of `<textarea>`
/// on the server.
#[component]
pub fn TextArea(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(default = 6)] rows: u16,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let newer = Some(value.clone()).filter(|written| FormContext::is_overtaken(name, written));
    let value = FormContext::value(name, value);
    view! {
        <div class=field_class(name, "")>
            <Label name label hint optional />
            <FieldError name />
            {newer
                .map(|newer| {
                    view! {
                        <details open=true>
                            <summary>
                                "Phần này đã được sửa sau khi Ông/Bà bắt đầu gõ. Bản mới nhất:"
                            </summary>
                            <p class="field-hint">{newer}</p>
                        </details>
                    }
                })}
            <textarea
                class="control"
                id=name
                name=name
                rows=rows.to_string()
                maxlength=maxlength.map(|n| n.to_string())
                autofocus=autofocus
                aria-describedby=described_by(name, !hint.is_empty())
                aria-invalid=invalid(name)
                inner_html=text_area_content(&value)
            ></textarea>
        </div>
    }
}

/// A parser drops one line end after `<textarea>`, so the server writes one for it to drop (HTML,
/// "initial newline"); what the browser sets itself is not parsed so.
fn text_area_content(value: &str) -> String {
    let escaped = value.replace('&', "&amp;").replace('<', "&lt;");
    let dropped = if is_server() { "\n" } else { "" };
    format!("{dropped}{escaped}")
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
    let value = FormContext::value(name, value);
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

/// A password. Its name on the wire must begin with [`SECRET`](super::SECRET), so it is never
/// written into a page again.
#[component]
pub fn PasswordField(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    autocomplete: &'static str,
) -> impl IntoView {
    debug_assert!(name.starts_with(super::SECRET), "{name} would come back");
    view! {
        <div class=field_class(name, "")>
            <Label name label hint optional=false />
            <FieldError name />
            <input
                class="control"
                id=name
                name=name
                type="password"
                autocomplete=autocomplete
                aria-describedby=described_by(name, !hint.is_empty())
                aria-invalid=invalid(name)
            />
        </div>
    }
}

/// A single box to tick; sends `1`.
#[component]
pub fn CheckField(
    name: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] checked: bool,
    #[prop(optional)] autofocus: bool,
) -> impl IntoView {
    let checked = FormContext::is_ticked(name, checked);
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
                    autofocus=autofocus
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
