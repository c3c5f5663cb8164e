//! A command of a page and the server function behind it are written in two places: `endpoint = "…"` takes a literal only.

use super::source::{Source, sources};
use std::collections::{BTreeMap, BTreeSet};

/// The paths of all server functions.
fn endpoints() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources() {
        for (_, line) in source.code() {
            let literal = line.split("endpoint = \"").nth(1);
            found.extend(
                literal
                    .and_then(|rest| rest.split('"').next())
                    .map(str::to_owned),
            );
        }
    }
    found
}

/// The path of each page's server functions below `/api/` by the name of its constant: the page's
/// own without its parameters.
fn pages() -> BTreeMap<String, String> {
    let line_of_page = |line: &str| {
        let (name, rest) = line.trim().split_once(", ")?;
        let path = rest.split('"').nth(1)?;
        let is_name = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        let segments = path
            .split('/')
            .filter(|part| !part.is_empty() && !part.starts_with(':'));
        is_name.then(|| (name.to_owned(), segments.collect::<Vec<_>>().join("/")))
    };
    let routes = file("src/routes.rs");
    routes
        .code()
        .filter_map(|(_, line)| line_of_page(line))
        .collect()
}

fn file(path: &str) -> Source {
    let mut sources = sources().into_iter();
    sources.find(|source| source.path == path).expect("a file")
}

/// The endpoint of every command that is a constant.
fn commands(pages: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for source in sources() {
        for (_, line) in source.code() {
            let Some((_, command)) = line.split_once(": Command = ") else {
                continue;
            };
            let inside = command.split(['(', ')']).nth(1).expect("an argument");
            let (page, name) = inside.split_once(", ").unwrap_or((inside, ""));
            // an action of staff is named by its code
            if name.starts_with("Action::") {
                continue;
            }
            let page = &pages[page.trim_start_matches("routes::")];
            let endpoint = format!("{page}/{}", name.trim_matches('"'));
            found.insert(endpoint.trim_end_matches('/').to_owned());
        }
    }
    found
}

/// The codes that the kernel gives, the actions on a case among them.
fn codes() -> BTreeSet<String> {
    let kernel = file("src/case/status.rs");
    let code = |line: &str| {
        let (_, rest) = line.split_once(" = \"")?;
        rest.split('"').next().map(str::to_owned)
    };
    kernel.code().filter_map(|(_, line)| code(line)).collect()
}

#[test]
fn every_command_has_its_server_function_and_every_one_below_a_page_its_command() {
    let (pages, endpoints, codes) = (pages(), endpoints(), codes());
    let commands = commands(&pages);
    assert!(commands.len() > 20 && endpoints.len() > 50 && codes.len() > 30);
    let without: Vec<_> = commands.difference(&endpoints).collect();
    assert!(without.is_empty(), "no server function: {without:?}");
    // the actions of staff are named by their codes
    let is_action = |endpoint: &str| {
        let code = endpoint.strip_prefix(&pages["CASE"]);
        code.is_some_and(|code| codes.contains(code.trim_start_matches('/')))
    };
    let is_below_a_page = |endpoint: &str| {
        pages.values().filter(|page| !page.is_empty()).any(|page| {
            let rest = endpoint.strip_prefix(page.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let lost: Vec<_> = endpoints
        .iter()
        .filter(|endpoint| is_below_a_page(endpoint) && !is_action(endpoint))
        .filter(|endpoint| !commands.contains(*endpoint))
        .collect();
    assert!(lost.is_empty(), "no command: {lost:?}");
}
