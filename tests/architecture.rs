//! Rules of the house, read off the source: who imports whom, how much is conditional, how long things get.
#![expect(clippy::unwrap_used, reason = "a test fails where it must")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Slices: none imports another. `accounts` and `directory` are shared registers.
const SLICES: &[&str] = &[
    "submit",
    "track",
    "statistics",
    "reception",
    "dossiers",
    "casework",
    "identity",
    "guidance",
];
/// Files that may use `AssertSqlSafe`, each with constants only.
const RAW_SQL: &[&str] = &[
    "src/platform/database/mod.rs",
    "src/platform/database/embedded.rs",
];

struct Source {
    path: String,
    lines: Vec<String>,
}

impl Source {
    /// Lines of code, without comments and without the tests at the end.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let end = self
            .lines
            .iter()
            .position(|line| line.trim() == "#[cfg(test)]")
            .unwrap_or(self.lines.len());
        self.lines[..end]
            .iter()
            .enumerate()
            .map(|(n, line)| (n + 1, line.as_str()))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The room a file belongs to: `submit` of `src/submit/store.rs`.
    fn room(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split('/').next().unwrap().trim_end_matches(".rs")
    }
}

fn sources() -> Vec<Source> {
    sources_in("src", "rs")
}

fn sources_in(folder: &str, extension: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join(folder), extension, &mut files);
    files.sort();
    let read = |file: PathBuf| Source {
        path: file
            .strip_prefix(root)
            .unwrap()
            .to_string_lossy()
            .into_owned(),
        lines: fs::read_to_string(&file)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect(),
    };
    files.into_iter().map(read).collect()
}

fn collect(folder: &Path, wanted: &str, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, wanted, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == wanted)
        {
            files.push(path);
        }
    }
}

fn none(breaches: Vec<String>) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

/// Rooms of ours that a file names: `crate::x`, also within `use crate::{a::…, b::…}`, and `super::super::…` does not occur.
fn rooms_named(source: &Source) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    let mut depth = None::<i32>;
    for (number, line) in source.code() {
        if let Some(open) = &mut depth {
            if *open == 1 {
                named.extend(
                    line.trim()
                        .split([':', ',', ' ', ';', '{', '}'])
                        .next()
                        .filter(|w| !w.is_empty())
                        .map(|w| (number, w.to_owned())),
                );
            }
            *open += braces(line);
            if *open <= 0 {
                depth = None;
            }
            continue;
        }
        for part in line.split("crate::").skip(1) {
            if let Some(inner) = part.strip_prefix('{') {
                if braces(part) > 0 {
                    depth = Some(braces(part));
                } else {
                    named.extend(top_level(inner).into_iter().map(|word| (number, word)));
                }
            } else {
                named.push((number, word(part)));
            }
        }
    }
    named
}

fn braces(line: &str) -> i32 {
    line.matches('{').count() as i32 - line.matches('}').count() as i32
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The first words of the entries of a one-line `{a::b, c::{d, e}}`.
fn top_level(inner: &str) -> Vec<String> {
    let (mut depth, mut start, mut words) = (0, true, Vec::new());
    for (index, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            ' ' => {}
            _ if start => {
                words.push(word(&inner[index..]));
                start = false;
            }
            _ => {}
        }
    }
    words
}

#[test]
fn the_kernel_knows_nothing_but_itself() {
    let allowed: BTreeMap<&str, &[&str]> = [
        ("case", &["case"][..]),
        ("calendar", &["calendar", "case"][..]),
    ]
    .into();
    let mut breaches = Vec::new();
    for source in sources() {
        let Some(allowed) = allowed.get(source.room()) else {
            continue;
        };
        breaches.extend(
            rooms_named(&source)
                .into_iter()
                .filter(|(_, room)| !allowed.contains(&room.as_str()))
                .map(|(line, room)| format!("{}:{line} names crate::{room}", source.path)),
        );
    }
    none(breaches);
}

#[test]
fn a_form_is_pure() {
    let mut breaches = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| source.path.ends_with("/form.rs") && source.room() != "ui")
    {
        for (line, room) in rooms_named(source) {
            if !["case", "calendar", "error", source.room()].contains(&room.as_str()) {
                breaches.push(format!("{}:{line} names crate::{room}", source.path));
            }
        }
        for (line, text) in source.code().filter(|(_, text)| text.starts_with("use ")) {
            if ![
                "use crate::",
                "use super::",
                "use serde",
                "use std::",
                "use time::",
            ]
            .iter()
            .any(|prefix| text.starts_with(prefix))
            {
                breaches.push(format!("{}:{line} {text}", source.path));
            }
        }
    }
    none(breaches);
}

#[test]
fn no_slice_imports_another() {
    let mut breaches = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| SLICES.contains(&source.room()))
    {
        let others = rooms_named(source).into_iter().filter(|(_, room)| {
            room != source.room() && (SLICES.contains(&room.as_str()) || room == "app")
        });
        breaches.extend(
            others.map(|(line, room)| format!("{}:{line} names crate::{room}", source.path)),
        );
    }
    none(breaches);
}

#[test]
fn the_design_system_and_errors_know_no_slice() {
    let mut breaches = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| ["ui", "error"].contains(&source.room()))
    {
        let others = rooms_named(source).into_iter().filter(|(_, room)| {
            !["ui", "error", "routes", "case", "calendar"].contains(&room.as_str())
        });
        breaches.extend(
            others.map(|(line, room)| format!("{}:{line} names crate::{room}", source.path)),
        );
    }
    none(breaches);
}

#[test]
fn little_is_conditional() {
    let sources = sources();
    let conditional: Vec<String> = sources
        .iter()
        .flat_map(|source| {
            source
                .code()
                .filter(|(_, line)| line.contains("cfg") && line.contains("feature"))
                .map(|(n, _)| format!("{}:{n}", source.path))
        })
        .collect();
    assert!(
        conditional.len() <= 20,
        "{} lines: {}",
        conditional.len(),
        conditional.join(" ")
    );
}

#[test]
fn no_file_is_long() {
    none(
        sources()
            .iter()
            .filter(|s| s.lines.len() > 500)
            .map(|s| format!("{} has {} lines", s.path, s.lines.len()))
            .collect(),
    );
}

#[test]
fn functions_are_short() {
    let mut sizes: Vec<(usize, String)> = sources().iter().flat_map(functions).collect();
    sizes.sort();
    let at = |percent: usize| sizes[(sizes.len() - 1) * percent / 100].0;
    none(
        sizes
            .iter()
            .filter(|(size, _)| *size > 130)
            .map(|(size, place)| format!("{place} has {size} lines"))
            .collect(),
    );
    assert!(at(50) <= 15, "the median function has {} lines", at(50));
    assert!(
        at(90) <= 50,
        "one function in ten has over {} lines",
        at(90)
    );
}

/// Length of every function: from its `fn` to the brace that closes at the same indent, as rustfmt sets it.
fn functions(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let lines: Vec<(usize, &str)> = source.code().collect();
    for (index, (number, line)) in lines.iter().enumerate() {
        let text = line.trim_start();
        let is_function = text.starts_with("fn ")
            || (text.starts_with("pub") || text.starts_with("async") || text.starts_with("const"))
                && text.contains(" fn ");
        if !is_function || line.trim_end().ends_with(['}', ';']) {
            continue;
        }
        let close = format!("{}}}", &line[..line.len() - text.len()]);
        if let Some(length) = lines[index..].iter().position(|(_, line)| *line == close) {
            found.push((length + 1, format!("{}:{number}", source.path)));
        }
    }
    found
}

#[test]
fn sql_is_checked_when_it_is_compiled() {
    let mut breaches = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| !RAW_SQL.contains(&source.path.as_str()))
    {
        for (line, text) in source.code() {
            let unchecked = [
                "sqlx::query(",
                "sqlx::query_as(",
                "sqlx::query_scalar(",
                "AssertSqlSafe",
            ]
            .iter()
            .any(|way| text.contains(way));
            if unchecked {
                breaches.push(format!("{}:{line} {}", source.path, text.trim()));
            }
        }
    }
    none(breaches);
}

#[test]
fn one_place_reads_the_clock() {
    let clock = "src/platform/clock.rs";
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| source.path != clock) {
        let reads = source.code().filter(|(_, line)| {
            line.contains("SystemTime::now")
                || line.contains("now_utc")
                || line.contains("now_local")
        });
        breaches.extend(reads.map(|(line, _)| format!("{}:{line}", source.path)));
    }
    none(breaches);
}

#[test]
fn every_class_of_the_style_sheets_is_on_a_page() {
    // words of string literals; a class may end with a value: `due-{tone}`
    let sources = sources();
    let literals = sources
        .iter()
        .flat_map(|source| source.code())
        .flat_map(|(_, line)| line.split('"').skip(1).step_by(2));
    let words: BTreeSet<&str> = literals.flat_map(str::split_whitespace).collect();
    let stems: BTreeSet<&str> = words
        .iter()
        .filter_map(|word| word.split_once("-{"))
        .map(|(stem, _)| stem)
        .collect();
    let of_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_on_a_page = |class: &str| {
        words.contains(class)
            || class
                .rsplit_once('-')
                .is_some_and(|(stem, _)| stems.contains(stem))
    };
    let mut breaches = Vec::new();
    for sheet in sources_in("style", "scss") {
        for (number, line) in sheet
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for part in line
                .split('.')
                .skip(1)
                .filter(|part| part.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                let class = &part[..part.find(|c| !of_name(c)).unwrap_or(part.len())];
                if !is_on_a_page(class) {
                    breaches.push(format!("{}:{} .{class}", sheet.path, number + 1));
                }
            }
        }
    }
    none(breaches);
}

#[test]
fn a_list_of_imports_is_read_whole() {
    let source = |text: &str| Source {
        path: "src/submit/x.rs".to_owned(),
        lines: text.lines().map(str::to_owned).collect(),
    };
    let named = |text: &str| {
        rooms_named(&source(text))
            .into_iter()
            .map(|(_, room)| room)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        named("use crate::{case::{A, B}, error::C};"),
        ["case", "error"]
    );
    assert_eq!(
        named(
            "use crate::{\n    case::{\n        A,\n    },\n    track::X,\n};\nlet x = crate::ui::Y;"
        ),
        ["case", "track", "ui"]
    );
}
