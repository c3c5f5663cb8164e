//! Signs as they are written in [`super::signs`], and whether a text has them.

use super::{
    signs,
    words::{Break, Spelling, Word, spelling, words},
};
use std::{ops::RangeBounds, sync::OnceLock};

/// Words looked back over for a denial.
const DENIED_WITHIN: usize = 4;
/// Words looked back over for a law, a poster or a form that is spoken about.
const TOPIC_WITHIN: usize = 9;
/// Words of an amount at most: "hai trăm năm mươi ngàn đồng".
const NUMERALS: usize = 7;

/// A word or words in a row; none stand for an amount of money.
struct Phrase {
    words: Vec<Spelling>,
    /// Meant only with its accents, even in a text without: too many other words have its letters.
    strictly: bool,
}

enum Step {
    /// One of these.
    OneOf(Vec<Phrase>),
    /// At most so many other words of the same sentence.
    Gap(usize),
    /// The beginning of a sentence.
    Start,
}

/// Steps that follow each other, and which table they are from.
struct Sign {
    table: usize,
    steps: Vec<Step>,
    /// Begins with a negation itself, or is beyond denial.
    undeniable: bool,
}

pub(super) struct Signs {
    signs: Vec<Sign>,
    /// The first words of the signs, by their letters without accents, sorted.
    first: Vec<(u32, usize)>,
    numerals: Vec<Phrase>,
    units: Vec<Phrase>,
    left_out: Vec<Phrase>,
    denials: Vec<Phrase>,
    topics: Vec<Phrase>,
    turns: Vec<Phrase>,
}

/// The signs, read once.
pub(super) fn all() -> &'static Signs {
    static SIGNS: OnceLock<Signs> = OnceLock::new();
    SIGNS.get_or_init(Signs::read)
}

fn phrases(written: &str) -> Vec<Phrase> {
    written.split('|').map(phrase).collect()
}

fn phrase(written: &str) -> Phrase {
    let (strictly, written) = match written.strip_prefix('\'') {
        Some(rest) => (true, rest),
        None => (false, written),
    };
    let words = match written {
        "#" => Vec::new(),
        _ => written.split('_').map(spelling).collect(),
    };
    Phrase { words, strictly }
}

/// The words of a class in place of its name.
fn spelled_out(alternatives: &str) -> Vec<Phrase> {
    let class = |name: &str| signs::CLASSES.iter().find(|(class, _)| *class == name);
    alternatives
        .split('|')
        .flat_map(|one| class(one).map_or_else(|| vec![phrase(one)], |(_, words)| phrases(words)))
        .collect()
}

fn step(written: &str) -> Step {
    if written == "^" {
        Step::Start
    } else if let Some(most) = written.strip_prefix('~') {
        Step::Gap(most.parse().unwrap_or_default())
    } else {
        Step::OneOf(spelled_out(written))
    }
}

/// Every line of `signs.txt`, with its table.
fn written_signs() -> Vec<Sign> {
    let mut signs = Vec::new();
    let tables = signs::SIGNS.split("== ").skip(1);
    for (table, lines) in tables.enumerate() {
        for line in lines.lines().skip(1).filter(|line| !line.is_empty()) {
            let (undeniable, line) = match line.strip_prefix("! ") {
                Some(rest) => (true, rest),
                None => (false, line),
            };
            signs.push(Sign {
                table,
                steps: line.split(' ').map(step).collect(),
                undeniable,
            });
        }
    }
    signs
}

impl Signs {
    fn read() -> Self {
        let signs = written_signs();
        let numerals = phrases(signs::NUMERALS);
        let mut first = Vec::new();
        for (index, sign) in signs.iter().enumerate() {
            let opening = sign.steps.iter().find_map(|step| match step {
                Step::OneOf(phrases) => Some(phrases),
                _ => None,
            });
            for phrase in opening.into_iter().flatten() {
                match phrase.words.first() {
                    Some(word) => first.push((word.bare, index)),
                    // an amount: with a numeral, or with digits, which are filed under 0
                    None => {
                        first.push((0, index));
                        first.extend(numerals.iter().map(|n| (n.words[0].bare, index)));
                    }
                }
            }
        }
        first.sort_unstable();
        first.dedup();
        Self {
            signs,
            first,
            numerals,
            units: phrases(signs::UNITS),
            left_out: phrases(signs::LEFT_OUT),
            denials: phrases(signs::DENIALS),
            topics: phrases(signs::TOPICS),
            turns: phrases(signs::TURNS),
        }
    }

    /// Which tables of [`signs::SIGNS`] have a sign in the text. Words that look like signs and are
    /// none are taken out first; those of money that is owed only where bribes are looked for.
    pub(super) fn found(&self, text: &str) -> [bool; signs::TABLES] {
        let words = words(text);
        let mut text = Text {
            signs: self,
            innocent: vec![false; words.len()],
            words,
        };
        let mut found = [false; signs::TABLES];
        let innocent = text.ranges_of(signs::INNOCENT_TABLE);
        let owed = text.ranges_of(signs::FEES_TABLE);
        text.take_out(&innocent);
        text.look_for(signs::DENUNCIATION_TABLE + 1.., &mut found);
        text.take_out(&owed);
        text.look_for(
            signs::DENUNCIATION_TABLE..=signs::DENUNCIATION_TABLE,
            &mut found,
        );
        found
    }
}

struct Text<'a> {
    signs: &'a Signs,
    words: Vec<Word>,
    /// Words that have another meaning here.
    innocent: Vec<bool>,
}

impl Text<'_> {
    /// Where the words of every sign of a table are.
    fn ranges_of(&self, table: usize) -> Vec<(usize, usize)> {
        let mut ranges = Vec::new();
        self.each(|sign, at| {
            if sign.table == table {
                self.follow(&sign.steps, at, &mut ranges);
            }
        });
        ranges
    }

    fn take_out(&mut self, ranges: &[(usize, usize)]) {
        for (from, to) in ranges {
            self.innocent[*from..*to].fill(true);
        }
    }

    fn look_for(&self, tables: impl RangeBounds<usize>, found: &mut [bool]) {
        self.each(|sign, at| {
            let sought = tables.contains(&sign.table) && !found[sign.table];
            found[sign.table] |= sought
                && self.follow(&sign.steps, at, &mut Vec::new())
                && (sign.undeniable || !self.is_denied(at));
        });
    }

    /// Every place with every sign that may begin there.
    fn each(&self, mut visit: impl FnMut(&Sign, usize)) {
        for (at, word) in self.words.iter().enumerate() {
            let letters = if word.is_number {
                0
            } else {
                word.spelling.bare
            };
            let first = self.signs.first.partition_point(|(key, _)| *key < letters);
            for (_, sign) in self.signs.first[first..]
                .iter()
                .take_while(|(key, _)| *key == letters)
            {
                visit(&self.signs.signs[*sign], at);
            }
        }
    }

    /// Whether the steps lead on from the word `at`; the ranges of their words are added to `used`.
    fn follow(&self, steps: &[Step], at: usize, used: &mut Vec<(usize, usize)>) -> bool {
        let Some((step, rest)) = steps.split_first() else {
            return true;
        };
        match step {
            Step::Start => {
                self.words
                    .get(at)
                    .is_some_and(|word| word.after == Break::Sentence || at == 0)
                    && self.follow(rest, at, used)
            }
            Step::Gap(most) => {
                let is = |at: usize, of: &[Phrase]| of.iter().any(|p| self.end_of(p, at).is_some());
                let inside = |more: &usize| {
                    let from = at.min(self.words.len());
                    let to = (at + more).min(self.words.len());
                    at + more < self.words.len()
                        && self.words[from..=to]
                            .iter()
                            .all(|word| word.after != Break::Sentence)
                        && (from..to).all(|at| !is(at, &self.signs.denials))
                };
                (0..=*most)
                    .take_while(inside)
                    .any(|more| self.follow(rest, at + more, used))
            }
            Step::OneOf(phrases) => phrases.iter().any(|phrase| {
                let end = self.end_of(phrase, at);
                end.is_some_and(|end| self.follow_from(rest, at, end, used))
            }),
        }
    }

    fn follow_from(
        &self,
        rest: &[Step],
        at: usize,
        end: usize,
        used: &mut Vec<(usize, usize)>,
    ) -> bool {
        // a sentence that ends here leads nowhere, unless nothing more is asked for
        let goes_on = rest.is_empty()
            || self
                .words
                .get(end)
                .is_some_and(|word| word.after != Break::Sentence);
        let follows = goes_on && self.follow(rest, end, used);
        if follows {
            used.push((at, end));
        }
        follows
    }

    /// Where the phrase that begins `at` ends.
    fn end_of(&self, phrase: &Phrase, at: usize) -> Option<usize> {
        if phrase.words.is_empty() {
            return self.end_of_amount(at);
        }
        let end = at + phrase.words.len();
        let words = self.words.get(at..end)?;
        let joined = words
            .iter()
            .skip(1)
            .all(|word| word.after != Break::Sentence);
        let spelt = words
            .iter()
            .zip(&phrase.words)
            .all(|(word, s)| word.is(*s, phrase.strictly));
        (joined && spelt && !self.innocent[at..end].contains(&true)).then_some(end)
    }

    /// "3 triệu", "hai trăm ngàn", "500k", "2tr5".
    fn end_of_amount(&self, at: usize) -> Option<usize> {
        let is = |at: usize, of: &[Phrase]| of.iter().any(|p| self.end_of(p, at) == Some(at + 1));
        let numeral = |at: &usize| {
            self.words
                .get(*at)
                .is_some_and(|word| word.is_number && !self.innocent[*at])
                || is(*at, &self.signs.numerals)
        };
        if !numeral(&at) {
            return None;
        }
        let part = |at: &usize| numeral(at) || is(*at, &self.signs.units);
        let end = (at + 1..at + NUMERALS)
            .find(|at| !part(at))
            .unwrap_or(at + NUMERALS);
        let said = (at + 1..end).any(|at| is(at, &self.signs.units));
        let left_out = || {
            is(end - 1, &self.signs.left_out)
                && self
                    .words
                    .get(end)
                    .is_none_or(|word| word.after != Break::None)
        };
        (said || left_out()).then_some(end)
    }

    /// Whether what begins `at` is denied, or spoken about as a rule, in the words before it.
    fn is_denied(&self, at: usize) -> bool {
        let is = |at: usize, of: &[Phrase]| of.iter().any(|p| self.end_of(p, at).is_some());
        for back in 0..=TOPIC_WITHIN {
            let Some(here) = at.checked_sub(back) else {
                return false;
            };
            if back > 0 && is(here, &self.signs.turns) {
                return false;
            }
            let denied = back <= DENIED_WITHIN && is(here, &self.signs.denials);
            if back > 0 && (denied || is(here, &self.signs.topics)) {
                return true;
            }
            if self.words[here].after != Break::None {
                return false;
            }
        }
        false
    }
}
