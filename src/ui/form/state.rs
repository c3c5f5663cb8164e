//! A form that came back with its page: what was typed, and what is wrong with it.

use super::{
    fields::{Fields, values},
    unsent::Unsent,
};
use crate::{
    error::{AppError, FieldErrors},
    routes::Command,
    ui::{Notice, TextArea, Tone},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What the wire name of a field begins with whose value may never be written into a page.
pub const SECRET: &str = "secret_";

/// One form as typed: refused, or not sent yet. Every control of `ui::form` inside the same form
/// reads its value and its message from here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    /// Which form: the endpoint of its command.
    pub command: String,
    /// Fields as sent, in order, without those that are secret.
    pub values: Fields,
    /// Field and name of each chosen file; browsers do not keep files over a page that comes back.
    pub file_names: Vec<(String, String)>,
    /// Messages by field.
    pub errors: FieldErrors,
    /// Why it was refused, if that is about no field.
    pub notice: Option<AppError>,
    /// If it was not sent: the texts that the page had written before somebody typed over them.
    #[serde(skip)]
    pub written: Fields,
}

impl FormState {
    /// The form `command`, refused with `error`. Secret fields are dropped here, so that no page
    /// has to remember.
    pub fn refused(
        command: String,
        values: impl IntoIterator<Item = (String, String)>,
        file_names: Vec<(String, String)>,
        error: &AppError,
    ) -> Self {
        let mut errors = error.fields();
        for (field, message) in chosen_again(&file_names) {
            // besides what is wrong with one of them
            let whole = match errors.get(&field) {
                Some(wrong) => format!("{wrong} {message}"),
                None => message,
            };
            errors.set(&field, &whole);
        }
        Self {
            file_names,
            errors,
            notice: Some(error.clone()).filter(|error| !matches!(error, AppError::Invalid(_))),
            ..Self::unsent(command, values)
        }
    }

    /// The form that came back with this page, if one did.
    pub fn returned() -> Option<Arc<Self>> {
        use_context::<ReturnedForm>().and_then(|form| form.0.get_untracked())
    }

    /// Whether the form of `command` came back.
    pub fn is_returned(command: Command) -> bool {
        Self::returned().is_some_and(|form| form.command == command.endpoint())
    }

    /// A form of `command` that was not sent yet.
    pub fn unsent(command: String, values: impl IntoIterator<Item = (String, String)>) -> Self {
        let is_secret = |name: &str| name.starts_with(SECRET);
        let values = values.into_iter().filter(|(name, _)| !is_secret(name));
        Self {
            command,
            values: values.collect(),
            ..Self::default()
        }
    }

    /// Whether the server refused it.
    pub fn is_refused(&self) -> bool {
        self.notice.is_some() || !self.errors.is_empty()
    }

    /// The first value sent as `name`.
    pub fn value(&self, name: &str) -> Option<&str> {
        let found = self.values.iter().find(|(sent, _)| sent == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Every value sent as `name`.
    pub fn values(&self, name: &str) -> Vec<String> {
        values(&self.values, name)
    }
}

/// What to say at each field of files that a browser will not send again by itself.
fn chosen_again(files: &[(String, String)]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, Vec<&str>)> = Vec::new();
    for (field, file) in files {
        match fields.iter_mut().find(|(name, _)| name == field) {
            Some((_, names)) => names.push(file),
            None => fields.push((field.clone(), vec![file])),
        }
    }
    let message = |names: Vec<&str>| {
        format!(
            "Vui lòng chọn lại tệp: {}. Trình duyệt không giữ tệp khi trang mở lại.",
            names.join(", ")
        )
    };
    fields
        .into_iter()
        .map(|(field, names)| (field, message(names)))
        .collect()
}

/// Grows with each form that went through while its page stayed: what the page shows is read again.
#[derive(Clone, Copy)]
pub struct Revision(RwSignal<u32>);

impl Revision {
    /// Counts from nothing, for one application in the browser.
    pub fn provide() -> Self {
        let revision = Self(RwSignal::new(0));
        provide_context(revision);
        revision
    }

    /// How many there were; a resource that reads it is loaded again after the next.
    pub fn get() -> u32 {
        use_context::<Self>().map_or(0, |revision| revision.0.get())
    }

    /// One more.
    pub fn advance(self) {
        self.0.update(|count| *count += 1);
    }
}

/// Holds the returned form for its page: provided by the server's adapter, and by the
/// console for as long as it shows that page.
#[derive(Clone)]
pub struct ReturnedForm(ArcRwSignal<Option<Arc<FormState>>>);

impl ReturnedForm {
    /// One form that came back.
    pub fn new(form: FormState) -> Self {
        Self(ArcRwSignal::new(Some(Arc::new(form))))
    }

    /// For a page that the browser hydrates: hands the server's form over to the same page in the
    /// browser.
    pub fn shared() -> Self {
        let form = SharedValue::new(|| FormState::returned().map(|form| (*form).clone()));
        Self(ArcRwSignal::new(form.into_inner().map(Arc::new)))
    }

    /// A form came back to the page that is shown.
    pub fn show(&self, form: FormState) {
        self.0.set(Some(Arc::new(form)));
    }

    /// Another page is shown, or the form went through.
    pub fn forget(&self) {
        self.0.set(None);
    }
}

/// What the controls of one form know of it; provided by `ui::Form`.
#[derive(Clone, Default)]
pub struct FormContext(pub Option<Arc<FormState>>);

impl FormContext {
    /// The context of the form `command` that posts to `address`, distinguished from others of the
    /// command by a hidden field's value.
    pub fn of(command: &str, address: &str, subject: Option<&(&'static str, String)>) -> Self {
        let is_subject = |form: &FormState| match subject {
            Some((name, value)) => form.value(name) == Some(value),
            None => true,
        };
        let returned = FormState::returned();
        let returned = returned.filter(|form| form.command == command && is_subject(form));
        Self(returned.or_else(|| {
            let subject = subject.map(|(_, value)| value.clone());
            Unsent::of(&(address.to_owned(), subject.unwrap_or_default()))
        }))
    }

    fn current() -> Option<Arc<FormState>> {
        use_context::<Self>().and_then(|form| form.0)
    }

    /// What a field shows: what was typed before, or `otherwise`.
    pub fn value(name: &str, otherwise: String) -> String {
        match Self::current() {
            Some(form) => form.value(name).unwrap_or_default().to_owned(),
            None => otherwise,
        }
    }

    /// The same of a field that may be sent several times.
    pub fn values(name: &str, otherwise: Vec<String>) -> Vec<String> {
        Self::current().map_or(otherwise, |form| form.values(name))
    }

    /// Whether a box is ticked.
    pub fn is_ticked(name: &str, otherwise: bool) -> bool {
        Self::current().map_or(otherwise, |form| form.value(name).is_some())
    }

    /// Whether a box of many with the same name is ticked: all that were, or, after some of them
    /// were refused, those; `id` is where the message of this one is.
    pub fn is_still_chosen(name: &str, value: &str, id: &str) -> bool {
        let form = Self::current();
        form.is_some_and(|form| {
            let chosen = form.values(name).iter().any(|sent| sent == value);
            chosen && (!form.is_refused() || form.errors.get(id).is_some())
        })
    }

    /// The message at a field; "" if there is none.
    pub fn message(name: &str) -> String {
        let form = Self::current();
        form.and_then(|form| form.errors.get(name).map(str::to_owned))
            .unwrap_or_default()
    }

    /// Whether `written`, which the page has now, was changed by somebody else since this form was
    /// typed over it.
    pub fn is_overtaken(name: &str, written: &str) -> bool {
        let form = Self::current();
        form.is_some_and(|form| {
            let before = form.written.iter().find(|(other, _)| other == name);
            before.is_some_and(|(_, before)| before != written)
        })
    }

    /// Whether the server refused this form.
    pub fn came_back() -> bool {
        Self::current().is_some_and(|form| form.is_refused())
    }
}

/// The texts of forms that a page does not offer any more: the session ran out, somebody else was
/// faster, or another form of the page was sent first.
#[component]
pub fn TypedTexts(
    /// The address of the page; without it only a refused form is shown, whoever asks.
    #[prop(optional, into)]
    here: String,
    /// The forms that are there, with what was typed into them.
    #[prop(optional)]
    offered: Vec<Command>,
) -> impl IntoView {
    // words, not the codes of what was chosen: those are plain letters without a space
    let is_text = |value: &&str| value.contains(char::is_whitespace) || !value.is_ascii();
    let offered: Vec<String> = offered.iter().map(Command::endpoint).collect();
    let forms: Vec<_> = FormState::returned()
        .into_iter()
        .chain(Unsent::on(&here))
        .filter(|form| !offered.contains(&form.command))
        .collect();
    let value = forms
        .iter()
        .flat_map(|form| &form.values)
        // a receipt code has the shape of words, and is typed again
        .filter(|(name, _)| name != "ma")
        .map(|(_, value)| value.as_str())
        .filter(is_text)
        .collect::<Vec<_>>()
        .join("\n\n");
    let refused = forms.iter().find(|form| form.is_refused());
    let sentence = match refused {
        Some(_) if !value.is_empty() => {
            "Việc vừa gửi chưa được ghi. Nội dung Ông/Bà đã gõ còn ở đây để chép lại."
        }
        Some(_) => "Việc vừa gửi chưa được ghi.",
        None => {
            "Việc Ông/Bà đang ghi dở không còn ở trang này. Nội dung đã gõ còn ở đây để chép lại."
        }
    };
    // a page that says itself why it could not be shown gives no address
    let reason = refused.and_then(|form| form.notice.as_ref());
    let reason = reason.filter(|_| !here.is_empty()).map(AppError::message);
    let texts = (!value.is_empty()).then(|| {
        view! {
            <details>
                <summary>"Xem nội dung đã gõ"</summary>
                <TextArea name="da_go" label="Nội dung đã gõ" value rows=6 />
            </details>
        }
    });
    (texts.is_some() || reason.is_some()).then(|| {
        view! {
            <Notice tone=Tone::Warning>
                {reason.map(|reason| view! { <p>{reason}</p> })} <p>{sentence}</p> {texts}
            </Notice>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_field_never_comes_back_and_chosen_files_are_named() {
        let pairs = [("secret_password", "mật khẩu"), ("username", "vanphong1")];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let files = vec![
            ("tep".to_owned(), "a.pdf".to_owned()),
            ("tep".to_owned(), "b.png".to_owned()),
        ];
        let form = FormState::refused("x".to_owned(), pairs, files, &AppError::Conflict);
        assert_eq!(form.values.len(), 1);
        assert!(!format!("{form:?}").contains("mật khẩu"));
        let message = form.errors.get("tep").unwrap();
        assert!(message.contains("chọn lại tệp: a.pdf, b.png"));
        assert_eq!(form.notice, Some(AppError::Conflict));
    }
}
