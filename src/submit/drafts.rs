//! Drafts: a citizen's on the device, only if that was asked for, for a day; an officer's in the
//! window, until it is sent or somebody else works there. Runs in the browser only.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    Storage,
    js_sys::{Array, Date, JSON},
};

/// Milliseconds that a draft stays after the last key.
const DAY: f64 = 24.0 * 3600.0 * 1000.0;
/// Under which a draft is kept.
const KEY: &str = "lang-nghe-nhap";

/// Where a draft is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shelf {
    /// On the device: whoever uses it next finds it.
    Device,
    /// In this window, for the officer who is signed in.
    Window,
}

impl Shelf {
    const ALL: [Self; 2] = [Self::Device, Self::Window];

    /// The fields of its draft, as pairs of name and value, after the moment it was kept and whose it
    /// is. One that is too old, or another's, is not there.
    pub(super) fn read(self) -> Option<Array> {
        let text = self.storage()?.get_item(KEY).ok().flatten()?;
        let draft = JSON::parse(&text).ok()?.dyn_into::<Array>().ok()?;
        let age = Date::now() - draft.get(0).as_f64()?;
        // a clock that was turned back says nothing about the age
        let is_fresh = (0.0..DAY).contains(&age);
        (is_fresh && draft.get(1).as_string() == self.owner()).then_some(draft)
    }

    /// Keeps a draft, its fields as pairs of name and value.
    pub(super) fn keep(self, fields: &Array) {
        let Some(owner) = self.owner() else { return };
        fields.unshift(&owner.into());
        fields.unshift(&JsValue::from_f64(Date::now()));
        if let (Some(storage), Ok(text)) = (self.storage(), JSON::stringify(fields)) {
            // a device that has no room keeps none
            let _kept = storage.set_item(KEY, &String::from(text));
        }
    }

    /// Takes its draft away.
    pub(super) fn forget(self) {
        if let Some(storage) = self.storage() {
            let _forgotten = storage.remove_item(KEY);
        }
    }

    /// Whose a draft is: nobody's in particular on the device; in the window, of whom the page says it
    /// is theirs.
    fn owner(self) -> Option<String> {
        if self == Self::Device {
            return Some(String::new());
        }
        let page = document().query_selector("[data-whose]").ok().flatten()?;
        page.get_attribute("data-whose")
    }

    fn storage(self) -> Option<Storage> {
        let storage = match self {
            Self::Device => window().local_storage(),
            Self::Window => window().session_storage(),
        };
        storage.ok().flatten()
    }
}

/// Takes every draft away.
pub fn forget_all() {
    Shelf::ALL.into_iter().for_each(Shelf::forget);
}

/// Takes those away that are a day old, or not of whom this page is for.
pub fn forget_old() {
    let stale = Shelf::ALL
        .into_iter()
        .filter(|shelf| shelf.read().is_none());
    stale.for_each(Shelf::forget);
}
