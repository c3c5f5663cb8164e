//! A form that asks for one command: works without script, and is enhanced with it.

use super::{state::FormContext, summary::ErrorSummary};
use crate::routes::Command;
use leptos::{context::Provider, prelude::*};

/// Posts its fields to the address of its page, with the command in the query, so that a refused
/// form stays on that address. The controls inside find what was typed and what is wrong by
/// themselves.
#[component]
pub fn Form(
    /// What it asks for.
    command: Command,
    /// The address of the page, if that is more than the command's path.
    #[prop(optional, into)]
    at: String,
    /// How it is laid out.
    #[prop(default = "stack")]
    class: &'static str,
    /// Its id, if fields outside it belong to it.
    #[prop(optional)]
    id: &'static str,
    /// A hidden field that distinguishes this form from others of the same command on the page.
    #[prop(optional, into)]
    subject: Option<(&'static str, String)>,
    /// Whether files are sent.
    #[prop(optional)]
    files: bool,
    /// Left to the browser alone: its answer is a page that is shown once, or the end of the
    /// session.
    #[prop(optional)]
    plain: bool,
    /// It asks for several things of which some may go through: after a refusal the page is drawn
    /// anew around it.
    #[prop(optional)]
    partly: bool,
    /// Whether the browser may fill it.
    #[prop(optional)]
    autocomplete: &'static str,
    /// Its fields and its button.
    children: Children,
) -> impl IntoView {
    let endpoint = command.endpoint();
    let here = if at.is_empty() {
        command.page.path.to_owned()
    } else {
        at
    };
    let action = command.at(&here);
    let distinguished = subject.as_ref().map(|(_, value)| value.clone());
    let context = FormContext::of(&endpoint, &action, subject.as_ref());
    // nothing is written into a plain form but by the server
    let has_summary = !plain || context.0.is_some();
    let or_none = |text: &'static str| (!text.is_empty()).then_some(text);
    view! {
        <form
            class=class
            id=or_none(id)
            method="post"
            action=action
            enctype=files.then_some("multipart/form-data")
            autocomplete=or_none(autocomplete)
            novalidate=true
            data-command=(!plain).then_some(endpoint)
            data-subject=distinguished
            data-partly=partly.then_some("")
        >
            <Provider value=context>
                {has_summary.then(|| view! { <ErrorSummary here partly /> })}
                {subject
                    .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
                {children()} {files.then(|| view! { <Sending /> })}
            </Provider>
        </form>
    }
}

/// How much of a form with files has left; shown and filled by `enhance`.
#[component]
fn Sending() -> impl IntoView {
    view! {
        <div class="progress" hidden=true>
            <p class="progress-label">"Đang gửi…"</p>
            <progress max="100" value="0" aria-label="Đã gửi"></progress>
        </div>
    }
}
