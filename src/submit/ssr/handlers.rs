//! Behind the two commands: the form judged, kept, and its receipt handed to the browser that sent it.

use super::{
    call_time::came_at,
    daily::Sending,
    store::{self, Recorder},
};
use crate::{
    accounts::ssr::authority::state,
    error::{AppError, FieldErrors},
    platform::{
        AppState,
        http::{
            form_data::{self, SubmittedForm},
            reply,
        },
        telemetry::metrics,
    },
    records::SLIP_COOKIE,
    submit::{FeedbackDraft, NewFeedback, read_back},
};
use axum::http::request::Parts;
use leptos::prelude::*;

/// Takes the submitted form in, and gives its browser the key of the receipt.
///
/// # Errors
/// [`AppError::Invalid`] at the fields; without a message if an officer is only to read it back, or
/// to correct it.
pub async fn receive(recorder: Recorder) -> Result<(), AppError> {
    let (state, form) = (state(), SubmittedForm::current()?);
    if recorder.0.is_some() && !form.value(read_back::CORRECT).is_empty() {
        return Err(FieldErrors::default().into());
    }
    let key = accept(&state, &form, recorder).await?;
    metrics::count_submission();
    reply::set_cookie(SLIP_COOKIE.set(&state.config, &key)?);
    Ok(())
}

async fn accept(
    state: &AppState,
    form: &SubmittedForm,
    recorder: Recorder,
) -> Result<String, AppError> {
    let mut draft = FeedbackDraft::from_pairs(form.pairs());
    if recorder.0.is_none() {
        // only an officer's form may name another channel
        draft.channel.clear();
        draft.call_time.clear();
        draft.recorder_note.clear();
    }
    let parsed = NewFeedback::try_from(draft);
    let mut errors = parsed.as_ref().err().cloned().unwrap_or_default();
    for name in &form.unreadable {
        errors.add(
            name,
            "Phần này có ký tự không đọc được. Vui lòng gõ lại bằng bộ gõ Unicode.",
        );
    }
    if form.truncated {
        errors.add(
            "tep",
            "Dữ liệu gửi lên vượt quá giới hạn. Vui lòng bớt tệp hoặc rút gọn rồi gửi lại.",
        );
    }
    if let Err(message) = form_data::check_files(&form.files) {
        errors.add("tep", &message);
    }
    match parsed {
        _ if recorder.0.is_some() && waits_for_reading(form, &errors) => {
            came_at(
                form.value("luc_goi"),
                form.value("ghi_chu_nguoi_nhap"),
                state.clock.now(),
            )?;
            // nothing is wrong: the page that comes is the one to read aloud
            Err(FieldErrors::default().into())
        }
        Ok(feedback) if errors.is_empty() => take_in(state, feedback, form, recorder).await,
        _ => Err(errors.into()),
    }
}

/// An officer's entries are not counted: whoever has an account answers for what they write. What
/// is counted is so before its files are cleaned, and stays so if they are refused: the cleaning is
/// what a flood would ask for.
async fn take_in(
    state: &AppState,
    feedback: NewFeedback,
    form: &SubmittedForm,
    recorder: Recorder,
) -> Result<String, AppError> {
    let sending = match recorder.0 {
        Some(_) => None,
        None => Some(Sending::count(state, &form.files).await?),
    };
    let files = form_data::clean_files(state, &form.files).await?;
    let taken = store::submit(state, feedback, files, recorder).await;
    if let (Some(sending), Err(_)) = (sending, &taken) {
        sending.forgive(state).await;
    }
    taken
}

/// Whether nothing is missing but that the caller hears it, and the page for that was not there yet.
fn waits_for_reading(form: &SubmittedForm, errors: &FieldErrors) -> bool {
    let only_that = errors.all().iter().all(|(name, _)| name == read_back::TICK);
    only_that && !errors.is_empty() && form.value(read_back::SHOWN).is_empty()
}

/// The key of the receipt the current request may see; "" if its cookie names none.
pub fn key_from_context() -> String {
    let (state, parts) = (use_context::<AppState>(), use_context::<Parts>());
    state
        .zip(parts)
        .and_then(|(state, parts)| {
            let key = SLIP_COOKIE.read(&state.config, &parts.headers)?;
            Some(key.to_owned())
        })
        .unwrap_or_default()
}
