//! What the public reads: the releases, kept in memory with every file and ready for the page. It is
//! read from the database once, and again when a release has been published; nothing is counted.

mod answer;
mod article;
mod grid;
mod readings;
mod rows;

pub use answer::answer;

use super::publishing::{
    files::files,
    steps,
    store::{Release, count_published},
};
use crate::{
    directory,
    error::AppError,
    platform::AppState,
    statistics::{article::TransparencyView, catalogue::NO_UNIT},
};
use axum::http::HeaderValue;
use bytes::Bytes;
use rows::Row;
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How often it is asked, at most, whether a release has been published.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// A file as it is answered.
#[derive(Debug)]
struct File {
    bytes: Bytes,
    /// SHA-256 of the bytes: a strong validator (RFC 9110 §8.8.3), the same in every process.
    tag: HeaderValue,
}

/// Everything published.
#[derive(Debug)]
pub struct Shelf {
    releases: Vec<Release>,
    names: Names,
    files: BTreeMap<String, File>,
    /// How many releases there were when it was read.
    count: i64,
    looked: Mutex<Instant>,
}

impl Shelf {
    /// What is published now, from memory. While the database is unreachable it is what was
    /// published when that was last asked.
    ///
    /// # Errors
    /// [`AppError::Unavailable`] if nothing is in memory and the database is unreachable.
    #[tracing::instrument(skip_all, err(level = "debug"))]
    pub async fn of(state: &AppState) -> Result<Arc<Self>, AppError> {
        let Some(kept) = state.last_good.get::<Self>() else {
            return Ok(state.last_good.put(Self::read(state).await?));
        };
        if !kept.is_time_to_look() {
            return Ok(kept);
        }
        match count_published(&state.db).await {
            Ok(count) if count != kept.count => match Self::read(state).await {
                Ok(read) => Ok(state.last_good.put(read)),
                Err(_) => Ok(kept),
            },
            _ => Ok(kept),
        }
    }

    async fn read(state: &AppState) -> Result<Self, AppError> {
        let count = count_published(&state.db).await?;
        let releases = steps::published(&state.db).await?;
        let files = files(&releases)?.into_iter().map(|(name, bytes)| {
            let file = File {
                tag: tag(&bytes),
                bytes: bytes.into(),
            };
            (name, file)
        });
        Ok(Self {
            files: files.collect(),
            names: Names::read(state).await?,
            releases,
            count,
            looked: Mutex::new(Instant::now()),
        })
    }

    /// Whether it was not asked for a while; who is told so asks for all.
    fn is_time_to_look(&self) -> bool {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = looked.elapsed() >= LOOK_EVERY;
        if is_time {
            *looked = Instant::now();
        }
        is_time
    }

    /// The page of a `year`, or of the latest periods if it is 0; of the whole department or by unit.
    pub fn article(&self, year: i32, by_unit: bool) -> TransparencyView {
        article::article(&self.releases, &self.names, year, by_unit)
    }
}

fn tag(bytes: &[u8]) -> HeaderValue {
    let hash = super::publishing::written::hex(&Sha256::digest(bytes));
    HeaderValue::try_from(format!("\"{hash}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// The units' names, in the order of the directory. The figures name units by their codes.
#[derive(Debug)]
struct Names(Vec<Name>);

#[derive(Debug)]
struct Name {
    code: String,
    name: String,
    short: String,
}

impl Names {
    async fn read(state: &AppState) -> Result<Self, AppError> {
        let mut connection = state.db.pool().acquire().await?;
        let units = directory::ssr::units_ever(&mut connection).await?;
        let nobody = Name {
            code: NO_UNIT.to_owned(),
            name: "Chưa rõ đơn vị".to_owned(),
            short: "chưa rõ đơn vị".to_owned(),
        };
        let named = units.into_iter().map(|unit| Name {
            code: unit.code,
            name: unit.name,
            short: unit.short_name,
        });
        Ok(Self(named.chain([nobody]).collect()))
    }

    fn of(&self, code: &str) -> Option<&Name> {
        self.0.iter().find(|name| name.code == code)
    }

    /// The name of a unit, or of a group of them.
    fn of_group(&self, places: &[String]) -> String {
        match places {
            [one] => self
                .of(one)
                .map_or_else(|| one.clone(), |name| name.name.clone()),
            many => format!("{} đơn vị gộp chung", many.len()),
        }
    }

    /// The short names of a group; "" for one unit.
    fn members(&self, places: &[String]) -> String {
        let short = |code: &String| {
            self.of(code)
                .map_or_else(|| code.clone(), |name| name.short.clone())
        };
        match places {
            [_] => String::new(),
            many => many.iter().map(short).collect::<Vec<_>>().join("; "),
        }
    }

    /// The name of a row: the department, a unit, or a group with its members.
    fn of_row(&self, places: &[String]) -> String {
        match places {
            [] => "Toàn Sở".to_owned(),
            [_] => self.of_group(places),
            _ => format!("Gộp: {}", self.members(places)),
        }
    }

    /// Rows in the order of the directory: the department first, units, then groups.
    fn in_order<'a, 'b>(&self, mut rows: Vec<&'b Row<'a>>) -> Vec<&'b Row<'a>> {
        let place = |row: &Row<'_>| {
            let first = row.places.first();
            let at = first.and_then(|code| self.0.iter().position(|name| name.code == *code));
            (row.places.len() > 1, at)
        };
        rows.sort_by_key(|row| place(row));
        rows
    }
}
