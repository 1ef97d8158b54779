//! What the scan has found, and where it has looked.

use std::collections::BTreeSet;
use std::fmt;

use cprekey_tests::Needles;

/// A secret, or what could let one out, where it must not be.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// Which detector found it.
    pub(crate) detector: &'static str,
    /// Where.
    pub(crate) place: String,
    /// What stands there.
    pub(crate) what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}: {}", self.detector, self.place, self.what)
    }
}

/// A search for these secrets: every detector looks through it.
pub(crate) struct Search {
    needles: Needles,
    /// How many places were looked at.
    pub(crate) places: usize,
    /// What was found there.
    pub(crate) findings: Vec<Finding>,
    /// Where a secret stood by right: pipes and files that are there for it.
    pub(crate) by_right: BTreeSet<String>,
}

impl Search {
    /// A search for these, whole or halved: a part of a password is one, too.
    pub(crate) fn new<'a>(secrets: impl IntoIterator<Item = &'a str>) -> Self {
        let needles = Needles::new(&secrets.into_iter().flat_map(parts).collect());
        Self { needles, places: 0, findings: Vec::new(), by_right: BTreeSet::new() }
    }

    /// What it looks for.
    pub(crate) fn needles(&self) -> &Needles {
        &self.needles
    }

    /// Looks at one place; tells whether there is nothing.
    pub(crate) fn look(&mut self, detector: &'static str, place: impl FnOnce() -> String, bytes: &[u8]) -> bool {
        self.places += 1;
        let found = self.needles.found_in(bytes).map(std::borrow::Cow::into_owned);
        let clean = found.is_none();
        self.findings.extend(found.map(|what| Finding { detector, place: place(), what }));
        clean
    }

    /// Whether a secret stands there; then it does so by right.
    pub(crate) fn finds_by_right(&mut self, place: &str, bytes: &[u8]) -> bool {
        self.places += 1;
        let found = self.needles.found_in(bytes).is_some();
        if found {
            self.by_right.insert(place.to_owned());
        }
        found
    }

    /// Something must hold at a place.
    pub(crate) fn require(&mut self, holds: bool, detector: &'static str, place: &str, otherwise: &str) {
        self.places += 1;
        if !holds {
            self.findings.push(Finding { detector, place: place.to_owned(), what: otherwise.to_owned() });
        }
    }
}

/// So many characters tell a secret.
const TELLING: usize = 10;

fn parts(secret: &str) -> Vec<String> {
    let letters: Vec<char> = secret.chars().collect();
    let mut parts = vec![secret.to_owned()];
    if letters.len() >= 2 * TELLING {
        parts.extend([&letters[..TELLING], &letters[letters.len() - TELLING..]].map(|part| part.iter().collect()));
    }
    parts
}
