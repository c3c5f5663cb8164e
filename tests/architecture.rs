//! Rules of the house, read off the source: who imports whom, where addresses are written, how much is conditional, how
//! long things get. Sizes are those of `src`: a test may tell a long story.
#![expect(clippy::unwrap_used, reason = "a test fails where it must")]

#[path = "architecture/commands.rs"]
mod commands;
#[path = "architecture/reading.rs"]
mod reading;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/tables.rs"]
mod tables;

use source::{class_words, functions, rooms_named, sources, sources_in};
use std::collections::{BTreeMap, BTreeSet};

/// The floors, from the ground up: a room may name rooms of lower floors only.
const FLOORS: &[&[&str]] = &[
    &["error", "rights"],
    &["case"],
    &["calendar"],
    &["routes"],
    &["platform", "ui"],
    &["directory", "records"],
    &["accounts"],
    &[
        "submit",
        "track",
        "casework",
        "identity",
        "statistics",
        "guidance",
    ],
    &["app"],
    &["server"],
];
/// Files that may use `AssertSqlSafe`, each with constants only.
const RAW_SQL: &[&str] = &[
    "src/platform/database/mod.rs",
    "src/platform/database/embedded.rs",
    "src/platform/database/self_test.rs",
];

fn none(breaches: Vec<String>) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

#[test]
fn every_room_has_a_floor() {
    let rooms: BTreeSet<_> = sources()
        .iter()
        .map(|source| source.room().to_owned())
        .collect();
    let homeless = rooms.into_iter().filter(|room| floor(room).is_none());
    none(
        homeless
            .filter(|room| !["lib", "main"].contains(&room.as_str()))
            .collect(),
    );
}

#[test]
fn imports_run_down() {
    let mut breaches = Vec::new();
    for source in sources() {
        let Some(own) = floor(source.room()) else {
            continue;
        };
        for (line, room) in rooms_named(&source) {
            let is_below = floor(&room).is_some_and(|other| other < own);
            if room != source.room() && !is_below {
                breaches.push(format!("{}:{line} names crate::{room}", source.path));
            }
        }
    }
    none(breaches);
}

#[test]
fn a_form_is_pure() {
    let pure = [
        "use crate::",
        "use super::",
        "use serde",
        "use std::",
        "use time::",
    ];
    let mut breaches = Vec::new();
    for source in sources() {
        if !source.path.ends_with("/form.rs") || source.room() == "ui" {
            continue;
        }
        for (line, room) in rooms_named(&source) {
            if ![
                "case",
                "calendar",
                "rights",
                "error",
                "routes",
                source.room(),
            ]
            .contains(&room.as_str())
            {
                breaches.push(format!("{}:{line} names crate::{room}", source.path));
            }
        }
        for (line, text) in source.code().filter(|(_, text)| text.starts_with("use ")) {
            if !pure.iter().any(|start| text.starts_with(start)) {
                breaches.push(format!("{}:{line} {text}", source.path));
            }
        }
    }
    none(breaches);
}

#[test]
fn an_address_is_written_in_routes_only() {
    let routes = sources()
        .into_iter()
        .find(|source| source.path == "src/routes.rs")
        .unwrap();
    let literals = routes
        .code()
        .flat_map(|(_, line)| line.split('"').skip(1).step_by(2));
    let first = |path: &str| path.strip_prefix('/')?.split('/').next().map(str::to_owned);
    let roots: BTreeSet<String> = literals
        .filter_map(first)
        .filter(|root| !root.is_empty())
        .collect();
    assert!(roots.contains("quan-tri") && roots.contains("healthz"));
    let mut breaches = Vec::new();
    for source in sources()
        .iter()
        .filter(|source| source.path != "src/routes.rs" && !source.is_test())
    {
        for (line, text) in source.code() {
            for literal in text.split('"').skip(1).step_by(2) {
                let root = first(literal).unwrap_or_default();
                let root = root.split(['?', '#', '{']).next().unwrap();
                if roots.contains(root) {
                    breaches.push(format!("{}:{line} {literal}", source.path));
                }
            }
        }
    }
    none(breaches);
}

#[test]
fn one_cfg_leads_to_the_server_half_of_a_room() {
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources() {
        let conditional = source
            .code()
            .filter(|(_, line)| line.contains("cfg") && line.contains("feature"));
        for (line, _) in conditional {
            let place = format!("{}:{line}", source.path);
            lines
                .entry(source.room().to_owned())
                .or_default()
                .push(place);
        }
    }
    // the crate's own list of rooms leads to the rooms that are all server
    let many = lines
        .into_iter()
        .filter(|(room, places)| room != "lib" && places.len() > 1);
    none(many.map(|(_, places)| places.join(" ")).collect());
}

#[test]
fn no_file_is_long() {
    let long = sources()
        .into_iter()
        .filter(|source| source.lines.len() > 400);
    none(
        long.map(|source| format!("{} has {} lines", source.path, source.lines.len()))
            .collect(),
    );
}

#[test]
fn lines_are_narrow() {
    let sources = sources();
    let lines = || {
        sources
            .iter()
            .flat_map(|source| source.lines.iter().zip(1..).map(move |line| (source, line)))
    };
    let width = |line: &str| line.chars().count();
    let over = |most: usize| lines().filter(move |(_, (line, _))| width(line) > most);
    none(
        over(140)
            .map(|(source, (_, number))| format!("{}:{number}", source.path))
            .collect(),
    );
    let (wide, all) = (over(100).count(), lines().count());
    assert!(
        wide * 100 <= all,
        "{wide} of {all} lines are wider than 100 characters"
    );
}

/// Vietnamese has two ways to place the tone of these endings; the site has one.
#[test]
fn words_on_screen_are_spelt_one_way() {
    const OTHER: &[&str] = &[
        "oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ",
    ];
    // what these compare is spelt in both ways
    const COMPARED: &[&str] = &["text.rs", "search.rs", "form_data.rs", "tests.rs"];
    let is_other = |word: &str| {
        let word = word.to_lowercase();
        let ending = |ending: &&&str| word.ends_with(**ending);
        let found = OTHER.iter().find(ending);
        found.is_some_and(|ending| !word.trim_end_matches(*ending).ends_with('q'))
    };
    let mut breaches = Vec::new();
    for source in sources() {
        if COMPARED.iter().any(|file| source.path.ends_with(file)) {
            continue;
        }
        for (line, number) in source.lines.iter().zip(1..) {
            let mut words = line.split(|letter: char| !letter.is_alphabetic());
            if let Some(word) = words.find(|word| is_other(word)) {
                breaches.push(format!("{}:{number}: {word}", source.path));
            }
        }
    }
    none(breaches);
}

/// One thing has one name on screen, and no name is given that says more than is true.
#[test]
fn one_thing_has_one_word_on_screen() {
    // the word that is not used, and the one that is
    const WORDS: &[(&str, &str)] = &[
        ("biên nhận", "phiếu tiếp nhận"),
        ("bị phản ánh", "được phản ánh"),
        ("bị nêu tên", "được phản ánh"),
        ("trang đầu", "trang chủ"),
        ("kết quả công khai", "số liệu công khai"),
        ("hộp việc", "hồ sơ cần xử lý"),
        ("tiếp nhận hộ", "nhập phản ánh"),
        ("người giữ", "người xử lý"),
        ("số điện thoại tiếp nhận", "đường dây nóng"),
        ("nói lại", "đề nghị xem xét lại"),
        ("thoát khỏi hồ sơ", "quên trên máy này"),
        ("vu khống", "no accusation: the law does not allow it here"),
        (
            "sở vẫn trả lời theo cách",
            "only what the chosen way can do",
        ),
    ];
    // names of stored things, and what staff choose from
    const ALLOWED: &[&str] = &[
        "nguoi_bi_phan_anh",
        "Nội dung xúc phạm, đe dọa, vu khống, quảng cáo, trái pháp luật",
    ];
    let mut breaches = Vec::new();
    for source in sources().into_iter().filter(|source| !source.is_test()) {
        let lines = source.lines.iter().zip(1..);
        for (line, number) in lines.filter(|(line, _)| !line.trim_start().starts_with("//")) {
            let read = ALLOWED
                .iter()
                .fold(line.clone(), |line, allowed| line.replace(allowed, ""));
            let read = read.to_lowercase();
            let found = WORDS.iter().filter(|(word, _)| read.contains(word));
            breaches.extend(
                found.map(|(word, instead)| {
                    format!("{}:{number}: “{word}”: {instead}", source.path)
                }),
            );
        }
    }
    none(breaches);
}

#[test]
fn functions_are_short() {
    let mut sizes: Vec<(usize, String)> = sources().iter().flat_map(functions).collect();
    sizes.sort();
    let at = |percent: usize| sizes[(sizes.len() - 1) * percent / 100].0;
    let long = sizes.iter().filter(|(size, _)| *size > 80);
    none(
        long.map(|(size, place)| format!("{place} has {size} lines"))
            .collect(),
    );
    assert!(at(50) <= 15, "the median function has {} lines", at(50));
    assert!(
        at(90) <= 50,
        "one function in ten has over {} lines",
        at(90)
    );
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
    let words: BTreeSet<String> = sources().iter().flat_map(class_words).collect();
    // a class may end with a value: `due-{tone}`
    let stems = words.iter().filter_map(|word| word.split_once("-{"));
    let stems: BTreeSet<&str> = stems.map(|(stem, _)| stem).collect();
    let of_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_on_a_page = |class: &str| {
        let stem = class.rsplit_once('-').map(|(stem, _)| stem);
        words.contains(class) || stem.is_some_and(|stem| stems.contains(stem))
    };
    let mut breaches = Vec::new();
    for sheet in sources_in("style", "scss") {
        let rules = sheet.lines.iter().zip(1..);
        for (line, number) in rules.filter(|(line, _)| !line.trim_start().starts_with("//")) {
            for part in line
                .split('.')
                .skip(1)
                .filter(|part| part.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                let class = &part[..part.find(|c| !of_name(c)).unwrap_or(part.len())];
                if !is_on_a_page(class) {
                    breaches.push(format!("{}:{number} .{class}", sheet.path));
                }
            }
        }
    }
    none(breaches);
}
