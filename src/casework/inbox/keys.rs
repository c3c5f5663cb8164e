//! Keys of the inbox, for those who work in it all day: move, open, choose, receive, hand over.
//! Nothing depends on them.

use leptos::{
    ev::KeyboardEvent,
    prelude::*,
    wasm_bindgen::JsCast as _,
    web_sys::{Element, HtmlElement},
};

/// Each key and what it does, as the help lists them.
const KEYS: [(&str, &str); 8] = [
    ("j", "hồ sơ sau"),
    ("k", "hồ sơ trước"),
    ("o", "mở hồ sơ"),
    ("x", "chọn hoặc bỏ chọn"),
    ("e", "tiếp nhận hồ sơ đã chọn"),
    ("a", "giao hồ sơ đã chọn"),
    ("/", "tìm"),
    ("?", "mở bảng này"),
];

/// Listens while the page is shown.
pub fn listen() {
    Effect::new(|_| {
        let handle = window_event_listener(leptos::ev::keydown, |event| {
            if !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !is_typing() {
                act(&event);
            }
        });
        on_cleanup(move || handle.remove());
    });
}

fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        let types = "input:not([type=checkbox]), select, textarea, dialog *";
        element.matches(types).unwrap_or(false)
    })
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn within(row: &Element, selector: &str) -> Option<HtmlElement> {
    row.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// The row that the keys are about: the one with the focus, or else the one beside the list.
fn row() -> Option<Element> {
    let focused = document().active_element()?;
    let row = focused.closest(".inbox-table tbody tr").ok().flatten();
    row.or_else(|| find(".inbox-shown"))
}

fn act(event: &KeyboardEvent) {
    let row = row();
    match event.key().as_str() {
        "j" => go_to(match row {
            Some(row) => row.next_element_sibling(),
            None => find(".inbox-table tbody tr"),
        }),
        "k" => go_to(row.and_then(|row| row.previous_element_sibling())),
        "o" => click(row.and_then(|row| within(&row, ".inbox-link"))),
        "x" => click(row.and_then(|row| within(&row, "[type=checkbox]"))),
        "e" => {
            choose(row);
            click(find(".many-bar [value=tiep_nhan]").and_then(|button| button.dyn_into().ok()));
        }
        "a" => {
            choose(row);
            focus(find(".many-bar select").and_then(|list| list.dyn_into().ok()));
        }
        "/" => focus(find(".filters [type=search]").and_then(|field| field.dyn_into().ok())),
        "?" => click(find(".keys-open").and_then(|button| button.dyn_into().ok())),
        _ => return,
    }
    // the letter is not typed into what takes the focus
    event.prevent_default();
}

/// Puts the focus on a row; where there is room the case is shown beside the list.
fn go_to(row: Option<Element>) {
    let Some(row) = row else { return };
    focus(within(&row, ".inbox-link"));
    let peek = within(&row, ".inbox-peek a");
    click(peek.filter(|link| link.offset_parent().is_some()));
}

/// After the page was drawn anew around the row beside the list, the focus is there again, unless it
/// is somewhere else.
pub fn stay_at_the_row() {
    let nowhere = document().active_element() == document().body().map(Element::from);
    if nowhere {
        focus(find(".inbox-shown").and_then(|row| within(&row, ".inbox-link")));
    }
}

/// Chooses the row, if nothing is chosen yet.
fn choose(row: Option<Element>) {
    if find(".inbox-table [type=checkbox]:checked").is_none() {
        click(row.and_then(|row| within(&row, "[type=checkbox]")));
    }
}

fn click(element: Option<HtmlElement>) {
    if let Some(element) = element {
        element.click();
    }
}

fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        // what refuses the focus leaves it where it is
        let _ = element.focus();
    }
}

/// The list of keys, and the button that opens it; there once the program is.
#[component]
pub fn KeyHelp() -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let works = RwSignal::new(false);
    Effect::new(move |_| works.set(true));
    let open = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            // a browser without dialogs shows nothing
            let _ = dialog.show_modal();
        }
    };
    let keys = KEYS.map(|(key, what)| {
        view! {
            <div>
                <dt>
                    <kbd>{key}</kbd>
                </dt>
                <dd>{what}</dd>
            </div>
        }
    });
    view! {
        <p class="keys" hidden=move || !works.get()>
            <button type="button" class="button button-quiet keys-open" on:click=open>
                "Phím tắt (?)"
            </button>
        </p>
        <dialog class="keys-dialog" node_ref=dialog aria-labelledby="phim-tat">
            <h2 id="phim-tat">"Phím tắt"</h2>
            <dl class="keys-list">{keys.collect_view()}</dl>
            <form method="dialog">
                <button class="button" type="submit">
                    "Đóng"
                </button>
            </form>
        </dialog>
    }
}
