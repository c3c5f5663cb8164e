//! Drafts on the device: kept only if that was asked for, one for each card, for a day. Runs in the
//! browser only.

use crate::case::Kind;
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    Storage,
    js_sys::{Array, Date, JSON},
};

/// Milliseconds that a draft stays after the last key.
const DAY: f64 = 24.0 * 3600.0 * 1000.0;

/// The fields of the draft of a card, as pairs of name and value, after the moment it was kept. One
/// that is too old is not there.
pub(super) fn read(kind: Kind) -> Option<Array> {
    let text = storage()?.get_item(&key(kind)).ok().flatten()?;
    let draft = JSON::parse(&text).ok()?.dyn_into::<Array>().ok()?;
    let age = Date::now() - draft.get(0).as_f64()?;
    // a clock that was turned back says nothing about the age
    (0.0..DAY).contains(&age).then_some(draft)
}

/// Keeps the draft of a card, its fields as pairs of name and value.
pub(super) fn keep(kind: Kind, fields: &Array) {
    fields.unshift(&JsValue::from_f64(Date::now()));
    if let (Some(storage), Ok(text)) = (storage(), JSON::stringify(fields)) {
        // a device that has no room keeps none
        let _kept = storage.set_item(&key(kind), &String::from(text));
    }
}

/// Whether any card has a draft on the device.
pub(super) fn any() -> bool {
    Kind::ALL.iter().any(|kind| read(*kind).is_some())
}

/// Takes the drafts of all cards off the device.
pub fn forget_all() {
    Kind::ALL.iter().copied().for_each(forget);
}

/// Takes those off that are a day old.
pub fn forget_old() {
    Kind::ALL
        .iter()
        .copied()
        .filter(|kind| read(*kind).is_none())
        .for_each(forget);
}

/// Takes the draft of a card off the device.
pub(super) fn forget(kind: Kind) {
    if let Some(storage) = storage() {
        let _forgotten = storage.remove_item(&key(kind));
    }
}

fn key(kind: Kind) -> String {
    ["lang-nghe-nhap-", kind.code()].concat()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
