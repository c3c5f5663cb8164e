//! Every file that the public may download, by its name below the address of the figures: the same
//! bytes every time.

use super::{
    Cell,
    store::Release,
    written::{hex, schema, table_csv, table_json},
    xlsx::workbook,
};
use crate::{error::AppError, routes, statistics::catalogue::Table};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime};

/// Files by name.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Each release as JSON and CSV, each table over all of them as CSV, JSON and XLSX, the list of
/// releases and the schema.
///
/// # Errors
/// [`AppError::Internal`] if one cannot be written.
pub fn files(releases: &[Release]) -> Result<Files, AppError> {
    let mut files = Files::new();
    for release in releases {
        let (document, code) = (&release.document, &release.document.code);
        files.insert(routes::release_file(code, "json"), document.json()?);
        files.insert(routes::release_file(code, "csv"), document.csv()?);
    }
    for table in Table::ALL {
        let cells = cells(releases, *table);
        if cells.is_empty() {
            continue;
        }
        let name = |form| routes::table_file(table.code(), form);
        files.insert(name("csv"), table_csv(&cells)?);
        files.insert(name("json"), table_json(*table, &cells)?);
        files.insert(
            name("xlsx"),
            workbook(*table, &cells, made_at(releases, *table))?,
        );
    }
    files.insert(routes::FIGURES_LIST.to_owned(), text(&list(releases))?);
    files.insert(routes::FIGURES_SCHEMA.to_owned(), text(&schema())?);
    Ok(files)
}

fn text(value: &Value) -> Result<Vec<u8>, AppError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|_| AppError::Internal)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The numbers of a table over all releases, in their order.
fn cells(releases: &[Release], table: Table) -> Vec<&Cell> {
    let cells = releases.iter().flat_map(|release| &release.document.cells);
    cells.filter(|cell| cell.table == table).collect()
}

/// When the newest number of a table was published; what the first version published has the first
/// day after its last month.
fn made_at(releases: &[Release], table: Table) -> OffsetDateTime {
    let has = |release: &&Release| {
        let mut cells = release.document.cells.iter();
        cells.any(|cell| cell.table == table)
    };
    let at = |release: &Release| {
        let after = release.document.span.to.plus(1).first_day();
        release
            .published_at
            .unwrap_or_else(|| after.midnight().assume_utc())
    };
    let newest = releases.iter().filter(has).map(at).max();
    newest.unwrap_or_else(|| Date::MIN.midnight().assume_utc())
}

fn list(releases: &[Release]) -> Value {
    let listed = |release: &Release| {
        let code = &release.document.code;
        json!({
            "ma": code,
            "tu_thang": release.document.span.from,
            "den_thang": release.document.span.to,
            "cong_bo": release.published_at.map(|at| at.date().to_string()),
            "sha256": hex(&release.sha256),
            "json": routes::release_file(code, "json"),
            "csv": routes::release_file(code, "csv"),
        })
    };
    releases.iter().map(listed).collect()
}
