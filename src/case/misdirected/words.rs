//! A text as words: what a sign is compared with, and where sentences and clauses end.

/// The vowels by quality, each in the six tones; the place in the row is the tone.
const VOWELS: [&str; 12] = [
    "aàáảãạ",
    "ăằắẳẵặ",
    "âầấẩẫậ",
    "eèéẻẽẹ",
    "êềếểễệ",
    "iìíỉĩị",
    "oòóỏõọ",
    "ôồốổỗộ",
    "ơờớởỡợ",
    "uùúủũụ",
    "ưừứửữự",
    "yỳýỷỹỵ",
];
/// The letters of these rows without marks.
const BARE: &[u8; 12] = b"aaaeeiooouuy";
/// Combining tone marks, in the order of the rows.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{309}', '\u{303}', '\u{323}'];
/// Letters of a word that count; no Vietnamese syllable is half as long.
const LONGEST: usize = 16;
/// A line is written without accents if fewer than one of so many words has one: of ordinary
/// Vietnamese words two in three have.
const ACCENTED_SHARE: usize = 4;

/// What stands before a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    #[default]
    None,
    Clause,
    Sentence,
}

/// How a word is spelt: with its accents, and without. Where the tone mark is set
/// and `i` or `y` at the end (`kí`, `ký`) make no difference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    pub exact: u32,
    pub bare: u32,
}

/// One word of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    pub spelling: Spelling,
    /// Written without accents in a line without accents: any word of these letters may be meant.
    pub is_bare: bool,
    pub is_number: bool,
    pub after: Break,
}

impl Word {
    /// Whether this word may be `other`.
    pub(super) fn is(&self, other: Spelling, strictly: bool) -> bool {
        self.spelling.exact == other.exact
            || (self.is_bare && !strictly && self.spelling.bare == other.bare)
    }
}

/// The spelling of one word of a sign.
pub(super) fn spelling(word: &str) -> Spelling {
    words(word)
        .first()
        .map_or_else(Spelling::default, |word| word.spelling)
}

/// The words of a text, in one pass; letters and digits that touch are two words (`3tr`).
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut reader = Reader::default();
    let mut before = ' ';
    let mut rest = text.chars().flat_map(char::to_lowercase).peekable();
    while let Some(c) = rest.next() {
        let inside_number =
            before.is_ascii_digit() && rest.peek().is_some_and(char::is_ascii_digit);
        reader.read(c, inside_number);
        before = c;
    }
    reader.end_line();
    reader.words
}

#[derive(Default)]
struct Reader {
    words: Vec<Word>,
    /// The first word of this line.
    line: usize,
    letters: [(u8, u8); LONGEST],
    length: usize,
    tone: u8,
    accented: bool,
    number: bool,
    after: Break,
}

impl Reader {
    fn read(&mut self, c: char, inside_number: bool) {
        match c {
            'a'..='z' => self.letter(c as u8, c as u8, false),
            '0'..='9' => self.digit(c),
            '.' | ',' if inside_number => self.end_word(),
            '\n' => self.end_line(),
            '.' | '!' | '?' | ';' | '…' => self.end(Break::Sentence),
            ',' | ':' | '(' | ')' => self.end(Break::Clause),
            'đ' | 'ð' => self.letter(b'D', b'd', true),
            _ if c.is_ascii() => self.end_word(),
            _ => self.accent(c),
        }
    }

    fn accent(&mut self, c: char) {
        let place = |row: &&str| row.chars().position(|vowel| vowel == c);
        let vowel = (0_u8..)
            .zip(VOWELS)
            .find_map(|(row, tones)| Some((row, place(&tones)?)));
        if let Some((row, tone)) = vowel {
            self.letter(quality(row), BARE[usize::from(row)], true);
            if tone > 0 {
                self.tone = tone as u8;
            }
        } else if let Some(tone) = TONES.iter().position(|mark| *mark == c) {
            (self.tone, self.accented) = (tone as u8 + 1, true);
        } else if let Some(mark) = ['\u{306}', '\u{302}', '\u{31b}']
            .iter()
            .position(|m| *m == c)
        {
            self.compose(mark);
        } else if c.is_alphanumeric() {
            // of another script: a word that no sign has
            self.letter(b'?', b'?', false);
        } else {
            self.end_word();
        }
    }

    /// A mark that came after its letter: breve, circumflex or horn.
    fn compose(&mut self, mark: usize) {
        let Some((exact, bare)) = self
            .length
            .checked_sub(1)
            .and_then(|i| self.letters.get_mut(i))
        else {
            return;
        };
        let row = match (mark, *bare) {
            (0, b'a') => 1,
            (1, b'a') => 2,
            (1, b'e') => 4,
            (1, b'o') => 7,
            (2, b'o') => 8,
            (2, b'u') => 10,
            _ => return,
        };
        *exact = quality(row);
        self.accented = true;
    }

    fn letter(&mut self, exact: u8, bare: u8, accented: bool) {
        if self.number {
            self.end_word();
        }
        if let Some(place) = self.letters.get_mut(self.length) {
            *place = (exact, bare);
        }
        self.length += 1;
        self.accented |= accented;
    }

    fn digit(&mut self, c: char) {
        if !self.number {
            self.end_word();
        }
        self.number = true;
        if let Some(place) = self.letters.get_mut(self.length) {
            *place = (c as u8, c as u8);
        }
        self.length += 1;
    }

    fn end_word(&mut self) {
        if self.length > 0 {
            let letters = &mut self.letters[..self.length.min(LONGEST)];
            if let [.., (before, _), last] = letters
                && *last == (b'y', b'y')
                && before.is_ascii_lowercase()
                && !b"aeiouy".contains(before)
            {
                *last = (b'i', b'i');
            }
            let exact = letters.iter().map(|(exact, _)| *exact).chain([self.tone]);
            let bare = letters.iter().map(|(_, bare)| *bare).chain([0]);
            self.words.push(Word {
                spelling: Spelling {
                    exact: hash(exact),
                    bare: hash(bare),
                },
                is_bare: !self.accented,
                is_number: self.number,
                after: self.after,
            });
            self.after = Break::None;
        }
        (self.length, self.tone) = (0, 0);
        (self.accented, self.number) = (false, false);
    }

    fn end(&mut self, after: Break) {
        self.end_word();
        self.after = self.after.max(after);
    }

    fn end_line(&mut self) {
        self.end(Break::Sentence);
        let line = &mut self.words[self.line..];
        let accented = line.iter().filter(|word| !word.is_bare).count();
        if accented * ACCENTED_SHARE >= line.len() {
            line.iter_mut().for_each(|word| word.is_bare = false);
        }
        self.line = self.words.len();
    }
}

/// The vowels of a row as a byte of their own: plain letters stay what they are.
const fn quality(row: u8) -> u8 {
    match row {
        0 => b'a',
        3 => b'e',
        5 => b'i',
        6 => b'o',
        9 => b'u',
        11 => b'y',
        row => b'A' + row,
    }
}

/// FNV-1a: the signs are few, and a word that collides with one of them is a hint too many.
fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
