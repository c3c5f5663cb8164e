//! Choosing one of several, or any number of several.

use super::{
    controls::{described_by, field_class},
    state::FormContext,
    summary::FieldError,
};
use leptos::prelude::*;

/// One thing to choose: stored value, label, help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A plain gloss, or empty.
    pub help: String,
    /// Classes of its row, or empty.
    pub class: &'static str,
}

impl Choice {
    /// A choice without help.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// The same with classes.
    pub fn class(self, class: &'static str) -> Self {
        Self { class, ..self }
    }

    /// The same with help.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: help.into(),
            ..self
        }
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
    let class = if choice.class.is_empty() {
        "choice".to_owned()
    } else {
        format!("choice {}", choice.class)
    };
    view! {
        <div class=class>
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
    class: &'static str,
    children: Children,
) -> impl IntoView {
    let class = if class.is_empty() { "choices" } else { class };
    view! {
        <fieldset
            class=field_class(name, class)
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
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let value = FormContext::value(name, value);
    let inputs = choices
        .into_iter()
        .map(|choice| {
            let checked = choice.value == value;
            view! { <ChoiceInput kind="radio" name choice checked /> }
        })
        .collect_view();
    view! {
        <Group name legend hint class>
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
    #[prop(optional)] class: &'static str,
) -> impl IntoView {
    let values = FormContext::values(name, values);
    let inputs = choices
        .into_iter()
        .map(|choice| {
            let checked = values.contains(&choice.value);
            view! { <ChoiceInput kind="checkbox" name choice checked /> }
        })
        .collect_view();
    view! {
        <Group name legend hint class>
            {inputs}
        </Group>
    }
}

/// Choices that are shown together, or hidden while another choice rules them out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceSection {
    /// The class by which a style hides them.
    pub class: String,
    /// What may be chosen.
    pub choices: Vec<Choice>,
}

/// Any number of several in sections, all sent under one name. Where a section has something
/// ticked, the rest of it is folded.
#[component]
pub fn CheckSections(
    name: &'static str,
    legend: &'static str,
    sections: Vec<ChoiceSection>,
    /// The word for the rest.
    rest_is: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] values: Vec<String>,
) -> impl IntoView {
    let values = FormContext::values(name, values);
    let input = |choice: Choice| {
        let checked = values.contains(&choice.value);
        view! { <ChoiceInput kind="checkbox" name choice checked /> }
    };
    let section = |section: ChoiceSection| {
        let is_ticked = |choice: &Choice| values.contains(&choice.value);
        let (ticked, rest): (Vec<_>, Vec<_>) = section.choices.into_iter().partition(is_ticked);
        let folds = !ticked.is_empty();
        let ticked = ticked.into_iter().map(input).collect_view();
        let inputs = rest.into_iter().map(input).collect_view();
        let inputs = match folds {
            true => view! {
                <details class="fold">
                    <summary>{rest_is}</summary>
                    {inputs}
                </details>
            }
            .into_any(),
            false => inputs.into_any(),
        };
        view! { <div class=section.class>{ticked} {inputs}</div> }
    };
    let sections = sections.into_iter().map(section).collect_view();
    view! {
        <Group name legend hint class="chips">
            {sections}
        </Group>
    }
}
