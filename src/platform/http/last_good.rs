//! The last good value of what public pages need from the database, so that they can still be shown
//! while it is unreachable.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

/// At most one value of each type, for the life of the process.
#[derive(Debug, Default)]
pub struct LastGood(RwLock<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>);

impl LastGood {
    /// Keeps `value` in place of an earlier one of its type.
    pub fn put<T: Any + Send + Sync>(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(TypeId::of::<T>(), Arc::<T>::clone(&value));
        value
    }

    /// The value of this type, however old.
    pub fn get<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let value = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&TypeId::of::<T>())
            .cloned()?;
        value.downcast().ok()
    }
}
