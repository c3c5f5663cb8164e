//! What was typed into a form that was sent without script and refused.

use crate::ui::{Notice, TextArea, Tone};
use leptos::prelude::*;

/// The fields as sent, in order; provided by the server alone, to the page that comes back. The controls of `ui::form` show them again.
#[derive(Clone, Debug, Default)]
pub struct Typed(pub Vec<(String, String)>);

impl Typed {
    /// What was sent as `name`, else `otherwise`.
    pub fn or(name: &str, otherwise: String) -> String {
        Self::all(name).into_iter().next().unwrap_or(otherwise)
    }

    /// Everything that was sent as `name`.
    pub fn all(name: &str) -> Vec<String> {
        let sent = use_context::<Self>().unwrap_or_default().0;
        sent.into_iter()
            .filter(|(sent, _)| sent == name)
            .map(|(_, value)| value)
            .collect()
    }
}

/// A text shorter than this is typed again sooner than found.
const WORTH_SHOWING: usize = 20;

/// The texts themselves, for where the form they belong to may not be offered any more: the session ran out, or somebody else was faster.
#[component]
pub fn TypedTexts() -> impl IntoView {
    let texts = use_context::<Typed>().unwrap_or_default().0;
    // words, not the codes of what was chosen
    let is_text = |value: &String| value.contains(' ') && value.chars().count() >= WORTH_SHOWING;
    let texts: Vec<_> = texts
        .into_iter()
        .map(|(_, value)| value)
        .filter(is_text)
        .collect();
    (!texts.is_empty()).then(|| {
        let value = texts.join("\n\n");
        view! {
            <Notice tone=Tone::Warning>
                <p>
                    "Việc vừa gửi chưa được ghi. Nội dung Ông/Bà đã gõ còn ở đây để chép lại."
                </p>
                <details>
                    <summary>"Xem nội dung đã gõ"</summary>
                    <TextArea name="da_go" label="Nội dung đã gõ" value rows=6 optional=true />
                </details>
            </Notice>
        }
    })
}
