//! What staff enter to take an action, and the rule of it that needs no server.

use crate::{
    case::normalise,
    casework::case_page::CaseFile,
    error::FieldErrors,
    ui::{
        TextArea,
        form::{Fields, value},
    },
};
use leptos::prelude::*;

/// The form of an action.
pub enum ActionForm {
    /// Nothing is entered; a line says what will happen.
    Confirm(&'static str),
    /// One text, which must be there.
    Text(OneText),
    /// Fields of its own.
    Fields {
        /// Draws them.
        fields: fn(&CaseFile) -> AnyView,
        /// Judges them in the browser.
        check: fn(&Fields) -> Result<(), FieldErrors>,
    },
    /// Fields of its own with buttons of their own.
    Whole {
        /// Draws both.
        fields: fn(&CaseFile) -> AnyView,
        /// Judges the fields in the browser.
        check: fn(&Fields) -> Result<(), FieldErrors>,
    },
}

impl ActionForm {
    /// A line in place of fields.
    pub fn line(text: &'static str) -> AnyView {
        view! { <p class="muted">{text}</p> }.into_any()
    }

    /// Whether the button is left to whoever draws the form.
    pub const fn wants_button(&self) -> bool {
        !matches!(self, Self::Whole { .. })
    }

    /// The fields.
    pub fn view(&self, file: &CaseFile) -> AnyView {
        match self {
            Self::Confirm(consequence) => Self::line(consequence),
            Self::Text(text) => text.view(file),
            Self::Fields { fields, .. } | Self::Whole { fields, .. } => fields(file),
        }
    }

    /// The rule that needs no server.
    ///
    /// # Errors
    /// At its fields.
    pub fn check(&self, fields: &Fields) -> Result<(), FieldErrors> {
        match self {
            Self::Confirm(_) => Ok(()),
            Self::Text(text) => text.parse(value(fields, text.name)).map(drop),
            Self::Fields { check, .. } | Self::Whole { check, .. } => check(fields),
        }
    }
}

/// The one text that an action asks for.
pub struct OneText {
    name: &'static str,
    label: &'static str,
    ask: &'static str,
    hint: &'static str,
    rows: u16,
    written: fn(&CaseFile) -> String,
}

impl OneText {
    /// A text that begins empty; `ask` is said if it stays so.
    pub const fn new(name: &'static str, label: &'static str, ask: &'static str) -> Self {
        Self {
            name,
            label,
            ask,
            hint: "",
            rows: 5,
            written: |_| String::new(),
        }
    }

    /// Says who reads it, or what follows.
    pub const fn hint(self, hint: &'static str) -> Self {
        Self { hint, ..self }
    }

    /// Starts from the text saved earlier, in `rows` rows.
    pub const fn written(self, rows: u16, written: fn(&CaseFile) -> String) -> Self {
        Self {
            rows,
            written,
            ..self
        }
    }

    /// Draws it.
    pub fn view(&self, file: &CaseFile) -> AnyView {
        let Self {
            name,
            label,
            hint,
            rows,
            ..
        } = *self;
        let value = (self.written)(file);
        view! { <TextArea name label hint value rows /> }.into_any()
    }

    /// Reads it.
    ///
    /// # Errors
    /// At its field if it is empty or too long.
    pub fn parse(&self, typed: &str) -> Result<String, FieldErrors> {
        required_text(self.name, typed, self.ask)
    }
}

/// The longest text of one entry, in characters.
pub const MAX_TEXT: usize = 20_000;

/// A text that must be there.
///
/// # Errors
/// At `field`: `ask` if it is empty; if it is longer than [`MAX_TEXT`].
pub fn required_text(field: &str, typed: &str, ask: &str) -> Result<String, FieldErrors> {
    match optional_text(field, typed)? {
        empty if empty.is_empty() => Err(FieldErrors::at(field, ask)),
        text => Ok(text),
    }
}

/// A text that may be left out.
///
/// # Errors
/// At `field` if it is longer than [`MAX_TEXT`].
pub fn optional_text(field: &str, typed: &str) -> Result<String, FieldErrors> {
    let text = normalise(typed);
    if text.chars().count() > MAX_TEXT {
        let message = "Nội dung dài quá 20.000 ký tự. Vui lòng viết gọn lại.";
        Err(FieldErrors::at(field, message))
    } else {
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_kept_or_asked_for(typed in "\\PC{0,80}") {
            match required_text("note", &typed, "Vui lòng ghi nội dung.") {
                Ok(kept) => prop_assert!(!kept.trim().is_empty()),
                Err(errors) => prop_assert!(errors.get("note").is_some()),
            }
        }
    }
}
