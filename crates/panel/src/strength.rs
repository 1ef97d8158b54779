//! A password's strength on cPanel's scale from 0 to 100, by a formula of our own.
//!
//! cPanel does not publish its formula. This one keeps the order of the samples in its knowledge base ("How to determine
//! password strength"); of the two scores published there for `12345luggage` it is near the lower.

/// The applications that have a required strength (cPanel API documentation, `PasswdStrength::get_required_strength`).
pub(crate) const APPS: &[&str] =
    &["createacct", "ftp", "htaccess", "mysql", "passwd", "pop", "postgres", "sshkey", "webdisk", "virtual"];

/// Words that make a password easy to guess; each counts as little more than one letter.
const WORDS: &[&str] = &[
    "password",
    "passwort",
    "motdepasse",
    "welcome",
    "bienvenue",
    "luggage",
    "cpanel",
    "great",
    "admin",
    "login",
    "letmein",
    "qwerty",
    "azerty",
    "summer",
    "winter",
    "spring",
    "autumn",
    "dragon",
    "monkey",
    "secret",
    "hello",
    "master",
    "football",
    "sunshine",
    "princess",
    "changeme",
    "company",
    "mail",
];

const LETTER: u32 = 5;
const DIGIT: u32 = 11;
const SYMBOL: u32 = 13;
const WORD: u32 = 7;
/// From this many units on, a password gains by its length alone.
const LONG: u32 = 8;

/// The score of `password`, from 1 to 100; 0 for none.
pub(crate) fn score(password: &str) -> u8 {
    let characters: Vec<char> = password.chars().collect();
    if characters.is_empty() {
        return 0;
    }
    let mut tally = Tally::default();
    let mut at = 0;
    while at < characters.len() {
        at += tally.take(&characters[at..]);
    }
    u8::try_from(tally.total().min(100)).unwrap_or(100)
}

/// What a password is made of, counted from its front to its end.
#[derive(Default)]
struct Tally {
    points: u32,
    units: u32,
    runs: u32,
    kinds: [bool; 4],
}

/// The kinds of characters, by their places in [`Tally::kinds`].
#[derive(Clone, Copy)]
enum Kind {
    Lower,
    Upper,
    Digit,
    Symbol,
}

impl Kind {
    fn of(character: char) -> Self {
        match character {
            'a'..='z' => Self::Lower,
            'A'..='Z' => Self::Upper,
            '0'..='9' => Self::Digit,
            _ => Self::Symbol,
        }
    }

    fn weight(self) -> u32 {
        match self {
            Self::Lower | Self::Upper => LETTER,
            Self::Digit => DIGIT,
            Self::Symbol => SYMBOL,
        }
    }
}

impl Tally {
    /// Counts the word, run or character in front of `rest`, and tells how long it is.
    fn take(&mut self, rest: &[char]) -> usize {
        self.units += 1;
        if let Some(length) = word_length(rest) {
            self.points += WORD;
            self.kinds[Kind::Lower as usize] = true;
            return length;
        }
        let length = run_length(rest);
        let kind = Kind::of(rest[0]);
        self.kinds[kind as usize] = true;
        self.points += kind.weight();
        if length > 1 {
            self.runs += 1;
            self.points += 1;
        }
        length
    }

    fn total(&self) -> u32 {
        if self.units == 1 && self.runs == 1 {
            return 1;
        }
        self.points + self.mixture() + 3 * self.units.saturating_sub(LONG)
    }

    /// What is gained by mixing kinds of characters.
    fn mixture(&self) -> u32 {
        let [lower, upper, digit, symbol] = self.kinds;
        let kinds = u32::from(lower || upper) + u32::from(digit) + u32::from(symbol);
        let both_cases = lower && upper;
        match (kinds, both_cases) {
            (3, true) if self.units >= LONG => 26,
            (3, true) => 13,
            (3, false) | (2, true) => 5,
            (2, false) => 2,
            _ => 0,
        }
    }
}

fn word_length(rest: &[char]) -> Option<usize> {
    WORDS.iter().find(|word| begins_with(rest, word)).map(|word| word.len())
}

fn begins_with(rest: &[char], word: &str) -> bool {
    rest.len() >= word.len() && rest.iter().zip(word.chars()).all(|(have, want)| have.to_ascii_lowercase() == want)
}

/// How many characters in front are all the same, or follow one another up or down; 1 when fewer than three do.
fn run_length(rest: &[char]) -> usize {
    let step = |pair: &[char]| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]));
    let Some(first) = rest.windows(2).next().map(step).filter(|step| step.abs() <= 1) else { return 1 };
    let length = 1 + rest.windows(2).take_while(|pair| step(pair) == first).count();
    if length < 3 { 1 } else { length }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_samples_keep_their_order() {
        let ladder = [
            "aaaaaaaa",
            "aA",
            "a1",
            "a#",
            "12345luggage",
            "cpanelisgreat",
            "1#",
            "a#1",
            "A1b2c3%",
            "18273645",
            "A1b2c3%?",
        ];
        for pair in ladder.windows(2) {
            assert!(score(pair[0]) < score(pair[1]), "{} {} {} {}", pair[0], score(pair[0]), pair[1], score(pair[1]));
        }
        assert_eq!(score("123456"), 1);
        assert_eq!(score("a1"), score("A1"));
        assert_eq!(score("cP4n3LIsGr3aT"), 100);
        assert_eq!(score("A1b2c3%?"), 100);
    }

    #[test]
    fn the_default_limit_parts_good_from_bad() {
        for weak in ["", "password1!", "Password123!", "abc123", "welcome2024", "qwerty!!!", "aaaaaaaaaaaaaaaaaa"] {
            assert!(score(weak) < 65, "{weak} {}", score(weak));
        }
        for strong in ["Kx9#mQ2$vL7!pR4&", "fj38ah-K2ms.9sTq", "jR7!kd03+q", "Ünïcödé-2026-x9", "vQxZ7m3bNw5t"] {
            assert!(score(strong) >= 65, "{strong} {}", score(strong));
        }
    }
}
