//! Which rooms name which tables.

use super::{none, source::sources};

/// What `directory` keeps: others join a unit or a body to their own rows for its name, and read
/// no list and no rule of theirs.
const DIRECTORY: &[&str] = &[
    "agency",
    "unit",
    "ward",
    "procedure_catalogue",
    "calendar_version",
    "calendar_day",
    "service_level",
    "external_body",
    "privacy_notice",
];
/// What `records` keeps: sealed texts, and the history that they belong to.
const RECORDS: &[&str] = &[
    "case_body",
    "case_event",
    "case_key",
    "case_message",
    "case_receipt",
];
/// Reads with its own SQL and its own role what it is to believe.
const UNSEALER: &str = "src/platform/vault/unsealer/";
/// Keys are renewed below the records that were sealed under them.
const VAULT: &str = "src/platform/vault/";
/// Made-up cases are written in bulk.
const DEMO: &str = "src/server/demo/rows.rs";

/// Where code outside `allowed` has one of the verbs before one of the tables.
fn named(tables: &[&str], verbs: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut breaches = Vec::new();
    for source in sources() {
        if allowed.iter().any(|place| source.path.starts_with(place)) || source.is_test() {
            continue;
        }
        for (number, line) in source.code() {
            // a word keeps what stands at its end, so that a list of arguments is no statement
            let words: Vec<&str> = line.split_whitespace().collect();
            let table = |word: &str| word.trim_end_matches(['"', ';', ')', ',', '#']).to_owned();
            let is_named = words.windows(2).any(|pair| {
                let verb = pair[0].trim_start_matches(['"', '(']);
                verbs.contains(&verb) && tables.contains(&table(pair[1]).as_str())
            });
            if is_named {
                breaches.push(format!("{}:{number} {}", source.path, line.trim()));
            }
        }
    }
    breaches
}

#[test]
fn the_directory_alone_reads_and_writes_its_tables() {
    none(named(
        DIRECTORY,
        &["from", "into", "update"],
        &["src/directory/", UNSEALER],
    ));
}

#[test]
fn records_alone_read_and_write_what_is_sealed() {
    none(named(
        RECORDS,
        &["from", "into", "update", "join"],
        &["src/records/", VAULT, DEMO],
    ));
}
