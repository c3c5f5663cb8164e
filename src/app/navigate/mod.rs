//! Changes pages of the site in place: a link between two of them, or the answer to a form,
//! replaces what the document shows without loading another. Everything unusual is left to the
//! browser. docs/adr/0010 says what was weighed.

mod fetch;
mod history;
mod islands;
mod show;
mod typed;

use crate::{
    routes::{self, CachePolicy},
    submit,
    ui::FORGETS,
};
use fetch::{Failure, address_of, destination, dress, fetch_page};
use history::{address_here, entry_here, restore_scroll, write_entry};
use leptos::{ev, prelude::*, task::spawn_local};
use show::{announce, arrive, mark_going, replace_body, with_transition};
use std::{cell::RefCell, mem, time::Duration};
use typed::{Typed, empty_controls};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    AbortController, AbortSignal, Document, Element, Event, HtmlAnchorElement, HtmlElement,
    HtmlFormElement, MouseEvent, RequestCache, ScrollRestoration, Url,
};

/// How many left pages are remembered for Back and Forward.
const REMEMBERED: usize = 30;
/// A pointer that rests on a link this long is likely to press it.
const LIKELY: Duration = Duration::from_millis(80);

/// The site in this document.
struct Site {
    /// The script's module, which has a function for each island.
    module: JsValue,
    root: Owner,
    /// The history entry that is shown, its address without the fragment, and what its islands own.
    entry: f64,
    address: String,
    islands: Owner,
    /// Pages left, by history entry.
    left: Vec<(f64, Typed)>,
    /// Counts what was asked for: an answer that comes after the next question is not shown.
    visit: u32,
    request: Option<AbortController>,
    prefetched: String,
}

thread_local! {
    static SITE: RefCell<Option<Site>> = const { RefCell::new(None) };
}

/// Wakes the page's islands with the functions of `module`, and from then on follows links.
pub fn start(module: JsValue) {
    let Some(root) = Owner::current().filter(|_| module.is_object()) else {
        return;
    };
    let site = Site {
        islands: islands::wake(&module, &root),
        module,
        root,
        entry: entry_here(),
        address: address_here(),
        left: Vec::new(),
        visit: 0,
        request: None,
        prefetched: String::new(),
    };
    SITE.set(Some(site));
    // for as long as the document is shown; the handles would only take the listeners off again
    window_event_listener(ev::click, |event| clicked(&event));
    window_event_listener(ev::popstate, |_| travelled());
    window_event_listener(ev::touchstart, |event| prefetch(followed(&event)));
    window_event_listener(ev::pointerover, |event| hovered(&event));
    window_event_listener(ev::pagehide, |_| restore_scroll(ScrollRestoration::Auto));
    window_event_listener(ev::pageshow, |_| restore_scroll(ScrollRestoration::Manual));
    restore_scroll(ScrollRestoration::Manual);
    forget_drafts();
}

/// Drafts do not outlive their day, nor the sending of one.
fn forget_drafts() {
    if matches!(document().query_selector(".receipt-number"), Ok(Some(_))) {
        submit::forget_drafts();
    } else {
        submit::forget_old_drafts();
    }
}

/// Goes to `address`, where a form led, in place if it is a page of the site, else as the browser
/// does. What the form holds was `sent` and is not kept.
pub fn go_to(address: &str, sent: Option<&HtmlFormElement>) {
    match destination(address) {
        Some(url) => visit(url, None, sent.cloned()),
        // a browser that refuses to go leaves the page as it is
        None => drop(window().location().assign(address)),
    }
}

fn with_site<T>(act: impl FnOnce(&mut Site) -> T) -> Option<T> {
    SITE.with_borrow_mut(|site| site.as_mut().map(act))
}

fn clicked(event: &MouseEvent) {
    if let Some(control) = target(event, &format!("[{FORGETS}]")) {
        return forget(event, &control);
    }
    let is_plain = event.button() == 0
        && !event.default_prevented()
        && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
    let Some(url) = is_plain.then(|| followed(event)).flatten() else {
        return;
    };
    let is_here = with_site(|site| site.address == address_of(&url)) == Some(true);
    if is_here && !url.hash().is_empty() || is_sending() {
        return;
    }
    event.prevent_default();
    visit(url, None, None);
}

/// "Thoát nhanh" and "Quên trên máy này": nothing typed stays on the device, in the memory of this
/// document, or on the page if Back should bring it. A link takes the place of this page in the
/// history; until its page is there, nothing is to be seen.
fn forget(event: &MouseEvent, control: &Element) {
    submit::forget_drafts();
    with_site(|site| site.left.clear());
    empty_controls();
    if let Some(link) = control.dyn_ref::<HtmlAnchorElement>() {
        event.prevent_default();
        if let Some(body) = document().body() {
            body.set_hidden(true);
        }
        document().set_title("");
        let _left = window().location().replace(&link.href());
    }
}

/// A form on its way would go on without its page: a load ends it, as the person expects.
fn is_sending() -> bool {
    matches!(document().query_selector("[aria-busy=true]"), Ok(Some(_)))
}

/// Back or Forward.
fn travelled() {
    let (entry, address) = (entry_here(), address_here());
    let is_shown = with_site(|site| {
        let is_shown = site.address == address;
        if is_shown {
            site.entry = entry;
        }
        is_shown
    });
    if is_shown == Some(true) {
        // the fragment changed, or one came back before the other page was there
        next_visit();
        mark_going(false);
        say_unreachable(None);
        return;
    }
    let location = window().location();
    match location.href().ok().and_then(|href| destination(&href)) {
        Some(url) if !is_sending() => visit(url, Some(entry), None),
        _ => drop(location.reload()),
    }
}

/// The page of the site that the link under `event` leads to, if it is to be followed in place.
fn followed(event: &Event) -> Option<Url> {
    let link: HtmlAnchorElement = target(event, "a[href]")?.dyn_into().ok()?;
    let is_usual = link.target().is_empty()
        && !link.has_attribute("download")
        && !link.rel().contains("external");
    is_usual.then(|| destination(&link.href()))?
}

/// What matches `selector` and holds the place of an event.
fn target(event: &Event, selector: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok()?
}

fn hovered(event: &Event) {
    let Some(url) = followed(event) else { return };
    let link = event.target().and_then(|t| t.dyn_into::<Element>().ok());
    set_timeout(
        move || {
            if link.is_some_and(|link| link.matches(":hover").unwrap_or(false)) {
                prefetch(Some(url));
            }
        },
        LIKELY,
    );
}

/// Fetches a page that is the same for everybody into the browser's own cache, which keeps it as
/// long as the server says (a minute).
fn prefetch(url: Option<Url>) {
    let Some(url) = url.filter(|url| {
        routes::site_page(&url.pathname()).is_some_and(|page| page.cache == CachePolicy::Shared)
    }) else {
        return;
    };
    let address = address_of(&url);
    let is_new = with_site(|site| {
        address != site.address && mem::replace(&mut site.prefetched, address.clone()) != address
    });
    if is_new == Some(true) {
        spawn_local(async move {
            // what cannot be fetched now is asked for again when it is wanted
            let _cached = fetch_page(&url, None, None).await;
        });
    }
}

/// Shows the page at `to`: as a new entry of the history, or as the `entry` travelled to; after a
/// form was `sent`, or not.
fn visit(to: Url, entry: Option<f64>, sent: Option<HtmlFormElement>) {
    let Some((number, signal)) = next_visit() else {
        return leave(&to, entry);
    };
    mark_going(true);
    spawn_local(async move {
        let cache = entry.map(|_| RequestCache::ForceCache);
        let answer = match fetch_page(&to, cache, signal.as_ref()).await {
            Ok((page, address)) => dress(&page).await.map(|()| (page, address)),
            Err(failure) => Err(failure),
        };
        if !is_latest(number) {
            return;
        }
        mark_going(false);
        match answer {
            Ok((page, address)) => with_transition(move || {
                if is_latest(number) {
                    show(&page, &address, entry, sent.as_ref());
                }
            }),
            Err(Failure::Unreachable) => say_unreachable(Some((&to, entry))),
            Err(Failure::Unusual) => leave(&to, entry),
        }
    });
}

/// Cancels the pending request; returns the next visit's number and signal.
fn next_visit() -> Option<(u32, Option<AbortSignal>)> {
    let request = AbortController::new().ok();
    let signal = request.as_ref().map(AbortController::signal);
    let (number, earlier) = with_site(|site| {
        site.visit += 1;
        (site.visit, mem::replace(&mut site.request, request))
    })?;
    if let Some(earlier) = earlier {
        earlier.abort();
    }
    Some((number, signal))
}

fn is_latest(number: u32) -> bool {
    with_site(|site| site.visit == number) == Some(true)
}

/// As the browser does it.
fn leave(to: &Url, entry: Option<f64>) {
    let location = window().location();
    // a browser that refuses to go leaves the page as it is
    let _left = match entry {
        Some(_) => location.reload(),
        None => location.assign(&to.href()),
    };
}

/// Puts `page` in place of the one shown. The same page again, such as the answer to a form that was
/// `sent`, keeps what was typed into the other forms.
fn show(page: &Document, address: &Url, entry: Option<f64>, sent: Option<&HtmlFormElement>) {
    let is_here = window()
        .location()
        .href()
        .is_ok_and(|here| here == address.href());
    let entry = entry.or_else(|| is_here.then(entry_here));
    let left = Typed::read(sent);
    let Some((module, root, old, back)) = with_site(|site| {
        let is_in_entry = Some(site.entry) == entry;
        let path = site.address.split('?').next();
        let back = if is_in_entry || sent.is_some() && path == Some(&address.pathname()) {
            Some(left.clone().at_its_top())
        } else {
            let back = site.left.iter().position(|(kept, _)| Some(*kept) == entry);
            back.map(|place| site.left.remove(place).1)
        };
        if !is_in_entry {
            site.left.push((site.entry, left));
            let surplus = site.left.len().saturating_sub(REMEMBERED);
            drop(site.left.drain(..surplus));
        }
        let old = site.islands.clone();
        (site.module.clone(), site.root.clone(), old, back)
    }) else {
        return;
    };
    islands::dispose(&old);
    let entry = write_entry(entry, &address.href());
    document().set_title(&page.title());
    replace_body(page);
    if let Some(back) = &back {
        back.put_back();
    }
    let woken = islands::wake(&module, &root);
    with_site(|site| {
        (site.entry, site.address, site.islands) = (entry, address_of(address), woken);
    });
    say_unreachable(None);
    forget_drafts();
    arrive(&address.hash(), back.and_then(|back| back.scroll));
    announce(page.title());
}

/// Says that the page at the address could not be fetched and offers it again; nothing takes the
/// words back. Asked for once more in vain while the device is online, it is left to the browser.
fn say_unreachable(wanted: Option<(&Url, Option<f64>)>) {
    let notice = document().query_selector(".no-connection").ok().flatten();
    let Some(notice) = notice.and_then(|found| found.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let Some((to, entry)) = wanted else {
        return notice.set_hidden(true);
    };
    let again = notice.query_selector("a").ok().flatten();
    let again = again.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(again) = again {
        if !notice.hidden() && again.href() == to.href() && window().navigator().on_line() {
            return leave(to, entry);
        }
        again.set_href(&to.href());
    }
    notice.set_hidden(false);
}
