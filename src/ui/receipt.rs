//! The receipt's parts: the code, and what happens next.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A code in groups, large and tabular. `code` is grouped by spaces.
///
/// Copying keeps single spaces; screen readers read digit by digit.
#[component]
pub fn CodeBlock(#[prop(into)] label: String, #[prop(into)] code: String) -> impl IntoView {
    let spoken = spoken(&label, &code);
    let groups = code
        .split_whitespace()
        .map(|group| {
            view! {
                <span>{group.to_owned()}</span>
                " "
            }
        })
        .collect_view();
    view! {
        <div class="code-block">
            <p class="code-label">{label}</p>
            <p class="code-value" role="img" aria-label=spoken>
                {groups}
            </p>
        </div>
    }
}

/// "Mã tra cứu: 4 8 2 1, 0 7 3 9": digits apart, a pause between groups.
fn spoken(label: &str, code: &str) -> String {
    let groups: Vec<String> = code
        .split_whitespace()
        .map(|group| {
            group
                .chars()
                .map(String::from)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    format!("{label}: {}", groups.join(", "))
}

/// One future step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// A short sentence.
    pub what: String,
    /// Deadline as text: "chậm nhất thứ Hai 07/12/2026"; may be empty.
    pub when: String,
    /// Details below it; may be empty.
    pub detail: String,
}

/// What happens next, numbered and dated.
#[component]
pub fn Steps(items: Vec<Step>) -> impl IntoView {
    let items = items
        .into_iter()
        .map(|step| {
            view! {
                <li>
                    <p class="step-title">{step.what}</p>
                    {(!step.when.is_empty())
                        .then(|| view! { <p class="step-when">{step.when}</p> })}
                    {(!step.detail.is_empty())
                        .then(|| view! { <p class="step-detail">{step.detail}</p> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="steps">{items}</ol> }
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn a_code_is_said_digit_by_digit_with_a_pause_between_groups() {
        assert_eq!(
            spoken("Mã tra cứu", "4821 0739"),
            "Mã tra cứu: 4 8 2 1, 0 7 3 9"
        );
    }
}
