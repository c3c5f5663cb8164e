//! Files as they are chosen; photos made smaller before they are uploaded. A page of a document needs no 12 megapixels on a
//! slow network.

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, HtmlCanvasElement, HtmlInputElement, ImageBitmap};

/// Below this a photo is sent as it is.
const SMALL_BYTES: f64 = 1_000_000.0;
/// The longer side of a photo that was made smaller: a page of text stays legible.
const LONG_SIDE: f64 = 2_000.0;

/// Replaces large photos in the control by smaller ones; anything that does not work leaves the
/// file as it was chosen.
pub(super) async fn shrink(input: &HtmlInputElement) {
    let Ok(kept) = web_sys::DataTransfer::new() else {
        return;
    };
    let list = kept.items();
    for file in files(input) {
        let smaller = if is_large_photo(&file) {
            smaller(&file).await.ok()
        } else {
            None
        };
        let _added = list.add_with_file(smaller.as_ref().unwrap_or(&file));
    }
    input.set_files(kept.files().as_ref());
}

/// Name and size of each file of the control, for people.
pub(super) fn chosen(input: &HtmlInputElement) -> String {
    let line = |file: File| {
        let kilobytes = (file.size() / 1024.0) as u32 + 1;
        [file.name(), kilobytes.to_string()].join(" · ") + " KB"
    };
    let lines: Vec<String> = files(input).into_iter().map(line).collect();
    lines.join("; ")
}

fn files(input: &HtmlInputElement) -> Vec<File> {
    let chosen = input.files();
    let length = chosen.as_ref().map_or(0, web_sys::FileList::length);
    let file = |at| chosen.as_ref()?.get(at);
    (0..length).filter_map(file).collect()
}

fn is_large_photo(file: &File) -> bool {
    file.size() > SMALL_BYTES && matches!(file.type_().as_str(), "image/jpeg" | "image/webp")
}

async fn smaller(file: &File) -> Result<File, JsValue> {
    let bitmap: ImageBitmap = JsFuture::from(window().create_image_bitmap_with_blob(file)?)
        .await?
        .dyn_into()?;
    let (width, height) = (f64::from(bitmap.width()), f64::from(bitmap.height()));
    let scale = (LONG_SIDE / width.max(height)).min(1.0);
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width((width * scale) as u32);
    canvas.set_height((height * scale) as u32);
    let context: web_sys::CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(
        &bitmap,
        0.0,
        0.0,
        width * scale,
        height * scale,
    )?;
    let blob = jpeg(&canvas).await?;
    if blob.size() >= file.size() {
        return Err(JsValue::NULL);
    }
    let options = web_sys::FilePropertyBag::new();
    options.set_type("image/jpeg");
    File::new_with_blob_sequence_and_options(&js_sys::Array::of1(&blob), &file.name(), &options)
}

/// The canvas as a JPEG of quality 0.82.
async fn jpeg(canvas: &HtmlCanvasElement) -> Result<Blob, JsValue> {
    let promise = js_sys::Promise::new(&mut |resolve, reject| {
        let done = wasm_bindgen::closure::Closure::once_into_js(move |blob: Option<Blob>| {
            let _called = match blob {
                Some(blob) => resolve.call1(&JsValue::NULL, &blob),
                None => reject.call0(&JsValue::NULL),
            };
        });
        let _started = canvas.to_blob_with_type_and_encoder_options(
            done.unchecked_ref(),
            "image/jpeg",
            &JsValue::from_f64(0.82),
        );
    });
    JsFuture::from(promise).await?.dyn_into()
}
