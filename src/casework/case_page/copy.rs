//! The case number into the clipboard: a help that comes with the program.

use leptos::prelude::*;

/// A button that copies the number and says so; not there without the program.
#[component]
pub fn CopyNumber(number: String) -> impl IntoView {
    let (works, copied) = (RwSignal::new(false), RwSignal::new(false));
    // a page that came over an insecure connection has no clipboard
    let has_clipboard = || {
        let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
        clipboard.is_ok_and(|clipboard| !clipboard.is_undefined())
    };
    Effect::new(move || works.set(has_clipboard()));
    let copy = move |_| {
        // where it is not allowed the number can still be selected
        let _promise = window().navigator().clipboard().write_text(&number);
        copied.set(true);
    };
    let words = move || {
        if copied.get() {
            "Đã chép"
        } else {
            "Chép số"
        }
    };
    view! {
        <button
            class="button button-quiet case-copy"
            type="button"
            hidden=move || !works.get()
            on:click=copy
        >
            <span aria-live="polite">{words}</span>
        </button>
    }
}
