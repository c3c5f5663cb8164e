//! The source as the rules of the house read it: files, rooms named, functions, words in markup.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

pub struct Source {
    /// Path from the root of the package.
    pub path: String,
    /// Every line.
    pub lines: Vec<String>,
}

impl Source {
    /// Lines of code, without comments and without what is there for tests only.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut lines = self.lines.iter().map(String::as_str).zip(1..);
        let mut code = Vec::new();
        while let Some((line, number)) = lines.next() {
            if line.trim() == "#[cfg(test)]" {
                pass_item(&mut lines);
            } else if !line.trim_start().starts_with("//") {
                code.push((number, line));
            }
        }
        code.into_iter()
    }

    /// Whether the whole file is tests.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("tests.rs") || self.path.contains("/tests/")
    }

    /// The room a file belongs to: `submit` of `src/submit/form.rs`.
    pub fn room(&self) -> &str {
        let inside = self.path.trim_start_matches("src/");
        inside.split('/').next().unwrap().trim_end_matches(".rs")
    }
}

/// Passes one item, as rustfmt sets it: to its semicolon, or to the brace that closes at its indent.
fn pass_item<'a>(lines: &mut impl Iterator<Item = (&'a str, usize)>) {
    let is_attribute = |line: &str| line.trim_start().starts_with("#[");
    let Some((first, _)) = lines.find(|(line, _)| !is_attribute(line)) else {
        return;
    };
    if first.ends_with([';', '}']) {
        return;
    }
    let indent = &first[..first.len() - first.trim_start().len()];
    let close = format!("{indent}}}");
    lines.find(|(line, _)| *line == close);
}

pub fn sources() -> Vec<Source> {
    sources_in("src", "rs")
}

pub fn sources_in(folder: &str, extension: &str) -> Vec<Source> {
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

pub fn collect(folder: &Path, wanted: &str, files: &mut Vec<PathBuf>) {
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

/// Rooms of ours that a file names: `crate::x`, also within `use crate::{a::…, b::…}`, and `super::super::…` does not occur.
pub fn rooms_named(source: &Source) -> Vec<(usize, String)> {
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

pub fn braces(line: &str) -> i32 {
    line.matches('{').count() as i32 - line.matches('}').count() as i32
}

pub fn word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The first words of the entries of a one-line `{a::b, c::{d, e}}`.
pub fn top_level(inner: &str) -> Vec<String> {
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

/// Length of every function: from its `fn` to the brace that closes at the same indent, as rustfmt sets it.
pub fn functions(source: &Source) -> Vec<(usize, String)> {
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

/// Words of the string literals that stand in markup as classes: in the statement, attribute or arm that follows the
/// word `class`, and in what `tone` and `Tone` give.
pub fn class_words(source: &Source) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut near = 0;
    for (_, line) in source.code() {
        if ["class", "tone", "Tone"]
            .iter()
            .any(|sign| line.contains(sign))
        {
            near = 12;
        }
        if near > 0 {
            near -= 1;
            let literals = line.split('"').skip(1).step_by(2);
            words.extend(literals.flat_map(str::split_whitespace).map(str::to_owned));
        }
    }
    words
}
