//! The receipt kept as a picture, or printed: help that is there once the program is.
//!
//! The picture is drawn on a canvas from what stands on the page. Nothing leaves the device.

use crate::ui::Icon;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, Path2d, Url};

/// Pixels from side to side: wide enough for the code in one row on any phone.
const WIDTH: f64 = 800.0;
/// Pixels around the words.
const MARGIN: f64 = 48.0;
/// Pixels of the QR code's side.
const CODE_SIDE: f64 = 200.0;

/// By then a browser has taken what it was handed.
const TAKEN: Duration = Duration::from_secs(60);

/// What is drawn: where it stands on the page, and how it is set.
const LINES: &[(&str, &str, f64)] = &[
    (".slip-head strong", "bold 34px sans-serif", 46.0),
    (".slip-from", "24px sans-serif", 56.0),
    (".slip-number", "28px sans-serif", 60.0),
    (".code-label", "24px sans-serif", 48.0),
    (".code-value", "bold 50px monospace", 80.0),
    (
        ".slip .step-title, .slip .step-when",
        "24px sans-serif",
        34.0,
    ),
    (".slip-address, .slip-hotline", "24px sans-serif", 40.0),
];

// neither takes a property: reading one would bring the reader of JSON into the program of every page

/// Keeps the slip as a picture.
#[island]
pub fn KeepPicture() -> impl IntoView {
    let hidden = until_ready();
    view! {
        <button class="button" type="button" hidden=hidden on:click=|_| drop(save())>
            "Lưu ảnh"
        </button>
    }
}

/// Prints the slip.
#[island]
pub fn PrintSlip() -> impl IntoView {
    let hidden = until_ready();
    view! {
        <button
            class="button button-secondary"
            type="button"
            hidden=hidden
            on:click=|_| drop(window().print())
        >
            <Icon name="print" />
            "In"
        </button>
    }
}

fn until_ready() -> impl Fn() -> bool {
    let ready = RwSignal::new(false);
    Effect::new(move || ready.set(true));
    move || !ready.get()
}

/// Draws the slip and hands it to the browser as a file. Where a browser cannot, the page stays as
/// it is, to be photographed.
fn save() -> Result<(), JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    let lines = lines()?;
    let height: f64 = lines.iter().map(|(_, _, height)| height).sum();
    canvas.set_width(WIDTH as u32);
    canvas.set_height((height + CODE_SIDE + 3.0 * MARGIN) as u32);
    let paper: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    paper.set_fill_style_str("#fff");
    paper.fill_rect(0.0, 0.0, WIDTH, f64::from(canvas.height()));
    paper.set_fill_style_str("#000");
    let mut y = MARGIN;
    for (text, font, height) in &lines {
        y += height;
        paper.set_font(font);
        // a line that is too long is set narrower, never cut
        paper.fill_text_with_max_width(text, MARGIN, y, WIDTH - 2.0 * MARGIN)?;
    }
    draw_code(&paper, y + MARGIN)?;
    let name = lines
        .iter()
        .find_map(|(text, ..)| text.split(' ').find(|word| word.starts_with("PA")));
    hand_over(&canvas, format!("phieu-{}.png", name.unwrap_or_default()))
}

/// Every line with its font and height, as it is read on the page.
fn lines() -> Result<Vec<(String, &'static str, f64)>, JsValue> {
    let mut lines = Vec::new();
    for (place, font, height) in LINES {
        let found = document().query_selector_all(place)?;
        for at in 0..found.length() {
            let text = found.item(at).and_then(|node| node.text_content());
            let words: Vec<_> = text
                .iter()
                .flat_map(|text| text.split_whitespace())
                .collect();
            lines.push((words.join(" "), *font, *height));
        }
    }
    Ok(lines)
}

/// The QR code, from the very path of the page's picture.
fn draw_code(paper: &CanvasRenderingContext2d, top: f64) -> Result<(), JsValue> {
    let picture = document()
        .query_selector(".slip .qr")?
        .ok_or(JsValue::NULL)?;
    let path = picture.query_selector("path")?.ok_or(JsValue::NULL)?;
    let view = picture.get_attribute("viewBox").unwrap_or_default();
    let squares: f64 = view
        .rsplit(' ')
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(1.0);
    let dark = Path2d::new_with_path_string(&path.get_attribute("d").unwrap_or_default())?;
    paper.translate(MARGIN, top)?;
    paper.scale(CODE_SIDE / squares, CODE_SIDE / squares)?;
    paper.fill_with_path_2d(&dark);
    Ok(())
}

/// Offers the canvas as a file to be kept.
fn hand_over(canvas: &HtmlCanvasElement, name: String) -> Result<(), JsValue> {
    let keep = move |picture: Option<Blob>| -> Result<(), JsValue> {
        let address = Url::create_object_url_with_blob(&picture.ok_or(JsValue::NULL)?)?;
        let link: HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
        link.set_href(&address);
        link.set_download(&name);
        link.click();
        // once the browser has taken it
        set_timeout(move || drop(Url::revoke_object_url(&address)), TAKEN);
        Ok(())
    };
    let done = Closure::once_into_js(move |picture: Option<Blob>| drop(keep(picture)));
    canvas.to_blob(done.unchecked_ref())
}
