//! One request with a whole form, as `ui::form::enhance` sends it.

use crate::error::{AppError, FieldErrors};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

/// Posts `data` to `address`: the address to go on to, or what is wrong. `sent` is told how many
/// percent have left.
pub async fn post(
    address: &str,
    data: &FormData,
    sent: impl Fn(u8) + 'static,
) -> Result<String, AppError> {
    let request = request(address, data, sent).await;
    let request = request.map_err(|_| AppError::Transport)?;
    let answer = request.response_text().ok().flatten();
    let answer = answer.and_then(|text| js_sys::JSON::parse(&text).ok());
    let answer = answer.unwrap_or(JsValue::NULL);
    Err(match request.status().unwrap_or_default() {
        200 => {
            let location = request.get_response_header("location").ok().flatten();
            return location.ok_or(AppError::Internal);
        }
        0 => AppError::Transport,
        _ => AppError::named(&code(&answer), messages(&answer)),
    })
}

async fn request(
    address: &str,
    data: &FormData,
    sent: impl Fn(u8) + 'static,
) -> Result<XmlHttpRequest, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", address)?;
    request.set_request_header("Accept", "application/json")?;
    let progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.total() > 0.0 {
            // a whole number: the formatter of fractions alone weighs kilobytes
            sent((event.loaded() * 100.0 / event.total()) as u8);
        }
    });
    let upload = request.upload()?;
    upload.set_onprogress(Some(progress.as_ref().unchecked_ref()));
    let finished = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_form_data(Some(data))?;
    JsFuture::from(finished).await?;
    Ok(request)
}

/// The name of a failure, as [`AppError`] is written.
fn code(answer: &JsValue) -> String {
    let code = js_sys::Reflect::get(answer, &JsValue::from_str("code")).ok();
    code.and_then(|code| code.as_string()).unwrap_or_default()
}

/// The messages of a failure's `errors`: `[[field, message], …]`.
fn messages(answer: &JsValue) -> FieldErrors {
    let mut errors = FieldErrors::default();
    let pairs = js_sys::Reflect::get(answer, &JsValue::from_str("errors")).ok();
    let pairs = pairs.and_then(|pairs| pairs.dyn_into::<js_sys::Array>().ok());
    for pair in pairs.iter().flat_map(js_sys::Array::iter) {
        let Ok(pair) = pair.dyn_into::<js_sys::Array>() else {
            continue;
        };
        if let (Some(field), Some(message)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
            errors.add(&field, &message);
        }
    }
    errors
}
