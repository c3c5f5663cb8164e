//! Asks the server for a page, and judges whether the answer can be shown in place.

use crate::{routes, ui::form::control::elements};
use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, Document, DomParser, Headers, HtmlElement, RequestCache, RequestInit, Response,
    SupportedType, Url, js_sys,
};

/// Why a page is not shown in place.
pub(super) enum Failure {
    /// No answer at all.
    Unreachable,
    /// An answer that only a load of its own can do justice to.
    Unusual,
}

impl From<JsValue> for Failure {
    fn from(_: JsValue) -> Self {
        Self::Unusual
    }
}

pub(super) fn destination(href: &str) -> Option<Url> {
    let location = window().location();
    let url = Url::new_with_base(href, &location.href().ok()?).ok()?;
    let is_ours = url.origin() == location.origin().ok()?;
    (is_ours && routes::site_page(&url.pathname()).is_some() && !saves_data()).then_some(url)
}

fn saves_data() -> bool {
    let member = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into());
    member(&window().navigator(), "connection")
        .and_then(|connection| member(&connection, "saveData"))
        .is_ok_and(|saves| saves.is_truthy())
}

/// The address without its fragment.
pub(super) fn address_of(url: &Url) -> String {
    url.pathname() + &url.search()
}

/// The page at `to`, and the address that answered in the end.
pub(super) async fn fetch_page(
    to: &Url,
    cache: Option<RequestCache>,
    signal: Option<&AbortSignal>,
) -> Result<(Document, Url), Failure> {
    let (init, headers) = (RequestInit::new(), Headers::new()?);
    headers.set("Accept", "text/html")?;
    init.set_headers(&headers);
    init.set_signal(signal);
    if let Some(cache) = cache {
        init.set_cache(cache);
    }
    let asked = window().fetch_with_str_and_init(&to.href(), &init);
    let answer = JsFuture::from(asked).await;
    let answer: Response = answer.map_err(|_| Failure::Unreachable)?.dyn_into()?;
    let address = Url::new(&answer.url())?;
    address.set_hash(&to.hash());
    let is_page = matches!(answer.status(), 200 | 404 | 422);
    if !is_page || destination(&address.href()).is_none() {
        return Err(Failure::Unusual);
    }
    let text = JsFuture::from(answer.text()?).await;
    let text = text.map_err(|_| Failure::Unreachable)?.as_string();
    let page =
        DomParser::new()?.parse_from_string(&text.unwrap_or_default(), SupportedType::TextHtml)?;
    let is_of_this_build =
        build_of(&page).is_some_and(|build| Some(build) == build_of(&document()));
    let answer = (page, address);
    is_of_this_build.then_some(answer).ok_or(Failure::Unusual)
}

/// Fetches the style sheets that `page` has and this document has not: a page is not shown before
/// its look is there.
pub(super) async fn dress(page: &Document) -> Result<(), Failure> {
    let (document, head) = (document(), document().head());
    let sheets = elements(page.query_selector_all("link[rel=stylesheet]"));
    for sheet in sheets.filter_map(|sheet| sheet.dyn_into::<HtmlElement>().ok()) {
        let address = sheet.get_attribute("href").unwrap_or_default();
        let known = document.query_selector(&format!("link[href='{address}']"))?;
        if let (None, Some(head)) = (known, &head) {
            let loaded = js_sys::Promise::new(&mut |done, failed| {
                sheet.set_onload(Some(&done));
                sheet.set_onerror(Some(&failed));
            });
            head.append_child(&sheet)?;
            JsFuture::from(loaded).await?;
        }
    }
    Ok(())
}

/// Which program and style a page was written for; nothing if it starts none.
fn build_of(page: &Document) -> Option<[Option<String>; 3]> {
    let script = page.query_selector("script[data-js]").ok()??;
    let style = page.query_selector("link[rel=stylesheet]").ok()??;
    Some([
        script.get_attribute("data-js"),
        script.get_attribute("data-start"),
        style.get_attribute("href"),
    ])
}
