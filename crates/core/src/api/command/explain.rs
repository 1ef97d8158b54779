//! What a call would start, without starting it.

use std::path::PathBuf;

use super::arguments;
use super::plan::{Plan, Word};
use crate::api::field::Field;

/// What stands where a secret would.
const MASK: &str = "…";

/// One run of a program.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExplainedRun {
    /// The program.
    pub program: PathBuf,
    /// Its words, each as it is given; `…` where a secret would be, and `@…` where the file that holds it.
    pub words: Vec<String>,
    /// What it is given on standard input as JSON, before it is encoded.
    pub input: Option<Vec<Field>>,
}

/// The words of a run, as they may be shown.
pub(super) fn words(plan: &Plan<'_>) -> Vec<String> {
    let shown = |word: &Word<'_>| match word {
        Word::Plain(word) => word.clone(),
        Word::Secret(key, _) => arguments::open_word(key) + MASK,
        Word::SecretFile(key, _) => arguments::file_word(key, MASK),
    };
    plan.words.iter().map(shown).collect()
}
