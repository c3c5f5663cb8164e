//! One request with the whole form, telling how much of it has left.

use crate::error::{AppError, FieldErrors};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

/// Posts `data` to `action`; the address to go on to, or what is wrong. `sent` follows in percent.
pub async fn send(
    action: &str,
    data: &FormData,
    sent: RwSignal<Option<u8>>,
) -> Result<String, AppError> {
    let request = post(action, data, sent)
        .await
        .map_err(|_| AppError::Transport)?;
    let answer = request
        .response_text()
        .ok()
        .flatten()
        .and_then(|text| js_sys::JSON::parse(&text).ok())
        .unwrap_or(JsValue::NULL);
    match request.status() {
        Ok(200) => member(&answer, "next")
            .as_string()
            .ok_or(AppError::Internal),
        Ok(422 | 413) => Err(AppError::Invalid(messages(&member(&answer, "errors")))),
        Ok(401) => Err(AppError::SignInRequired),
        Ok(429) => Err(AppError::TooManyRequests),
        Ok(503) => Err(AppError::Unavailable),
        Ok(0) | Err(_) => Err(AppError::Transport),
        Ok(_) => Err(AppError::Internal),
    }
}

async fn post(
    action: &str,
    data: &FormData,
    sent: RwSignal<Option<u8>>,
) -> Result<XmlHttpRequest, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", action)?;
    request.set_request_header("Accept", "application/json")?;
    let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            sent.set(Some((event.loaded() * 100.0 / event.total()) as u8));
        }
    });
    request
        .upload()?
        .set_onprogress(Some(progress.as_ref().unchecked_ref()));
    let finished = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_form_data(Some(data))?;
    JsFuture::from(finished).await?;
    Ok(request)
}

fn member(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::NULL)
}

/// Pairs of field and message.
fn messages(pairs: &JsValue) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let Some(pairs) = pairs.dyn_ref::<js_sys::Array>() else {
        return errors;
    };
    for entry in pairs
        .iter()
        .filter_map(|entry| entry.dyn_into::<js_sys::Array>().ok())
    {
        if let (Some(field), Some(message)) = (entry.get(0).as_string(), entry.get(1).as_string()) {
            errors.add(&field, &message);
        }
    }
    errors
}
