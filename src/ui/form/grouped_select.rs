//! One list whose choices stand in groups, some of which may be barred while others are chosen.

use super::{
    choices::Choice,
    controls::{Label, described_by, field_class, invalid},
    state::FormContext,
    summary::FieldError,
};
use leptos::prelude::*;

/// Choices under a heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceGroup {
    /// What says so that it is barred; the value of none of its choices.
    pub key: String,
    /// The heading.
    pub label: String,
    /// What may be chosen.
    pub choices: Vec<Choice>,
}

/// A drop-down list in groups. A barred group stays in the list, so that a choice made before it was
/// barred is still seen; it just cannot be made again.
#[component]
pub fn GroupedSelect(
    name: &'static str,
    label: &'static str,
    groups: Vec<ChoiceGroup>,
    #[prop(optional)] hint: &'static str,
    /// Choices before the groups.
    #[prop(optional)]
    first: Vec<Choice>,
    /// Keys of the groups that may not be chosen now.
    #[prop(into)]
    barred: Signal<Vec<String>>,
) -> impl IntoView {
    let value = FormContext::value(name, String::new());
    let option = |choice: Choice| {
        let selected = choice.value == value;
        view! {
            <option value=choice.value selected=selected>
                {choice.label}
            </option>
        }
    };
    let first = first.into_iter().map(option).collect_view();
    let groups = groups.into_iter().map(|group| {
        let options = group.choices.into_iter().map(option).collect_view();
        let key = group.key;
        view! {
            <optgroup label=group.label disabled=move || barred.with(|keys| keys.contains(&key))>
                {options}
            </optgroup>
        }
    });
    view! {
        <div class=field_class(name, "")>
            <Label name label hint optional=false />
            <FieldError name />
            <select
                class="control"
                id=name
                name=name
                aria-describedby=described_by(name, !hint.is_empty())
                aria-invalid=invalid(name)
            >
                <option value="">"— Chọn —"</option>
                {first}
                {groups.collect_view()}
            </select>
        </div>
    }
}
