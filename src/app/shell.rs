//! The document around a page.

use super::{console::Console, site::Site};
use crate::routes;
use leptos::prelude::*;

/// Placeholder for the page's title in the rendered document.
pub const TITLE_MARK: &str = "tieu-de-cua-trang-nay";

/// What the document's head needs to know of the build and the request.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Address of the script.
    pub js: String,
    /// Address of the module.
    pub wasm: String,
    /// Address of the style sheet of every page.
    pub css: String,
    /// Address of the second one; empty if there is none.
    pub second_css: String,
    /// Whether the application may start in the browser at all.
    pub loads: bool,
}

/// The document around the page at `path`.
pub fn shell(path: &str) -> impl IntoView + use<> {
    let frame = use_context::<Frame>().unwrap_or_default();
    let console = routes::is_console(path);
    if let Some(rendering) = Owner::current_shared_context() {
        // a page of the site is woken island by island: nothing else of it is written for the
        // browser's program
        rendering.set_is_hydrating(console);
    }
    let second_css = Some(frame.second_css).filter(|css| !css.is_empty());
    let start = if console { "console" } else { "islands" };
    let loads = frame.loads;
    let loader = loads.then(|| {
        view! {
            <script
                src=routes::LOADER.path
                defer=true
                data-js=frame.js
                data-wasm=frame.wasm
                data-start=start
            ></script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang="vi">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <title>{TITLE_MARK}</title>
                <meta
                    name="description"
                    content=concat!(
                        "Gửi phản ánh, kiến nghị đến Sở; theo dõi và nhận trả lời. ",
                        "Tên, địa chỉ và nội dung được bảo mật.",
                    )
                />
                <meta name="color-scheme" content="light dark" />
                <meta name="theme-color" content="#0B5D4E" />
                <link rel="stylesheet" href=frame.css />
                {second_css.map(|css| view! { <link rel="stylesheet" href=css /> })}
                <link rel="icon" href=routes::FAVICON.path type="image/svg+xml" />
                <link rel="alternate icon" href=routes::FAVICON_ICO.path sizes="32x32" />
                <link rel="apple-touch-icon" href=routes::TOUCH_ICON.path />
                <link rel="manifest" href=routes::MANIFEST.path />
                {loader}
            </head>
            <body>
                {if console {
                    view! { <Console /> }.into_any()
                } else {
                    view! {
                        <Site />
                        {loads.then(|| view! { <Stays /> })}
                    }
                        .into_any()
                }}
            </body>
        </html>
    }
}

/// Id of what stays in the document when a page of the site is changed in place.
pub(super) const STAYS: &str = "giu-lai";

/// The live region that announces a new page to screen readers, or that it cannot be fetched.
#[component]
fn Stays() -> impl IntoView {
    view! {
        <div id=STAYS>
            <p class="visually-hidden" aria-live="polite"></p>
            <div class="no-connection" role="alert" hidden>
                <p>
                    "Chưa mở được trang: không có kết nối. "
                    "Trang này và những gì Ông/Bà đã nhập vẫn còn."
                </p>
                <a class="button button-secondary" href="">
                    "Thử lại"
                </a>
            </div>
        </div>
    }
}
