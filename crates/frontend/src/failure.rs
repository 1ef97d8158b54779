//! Why a program ends before its work is done: the code, what happened and where, and what to do about it.

use std::fmt;

use crate::exit::Exit;

/// An end before the work was done. Shown as two lines: what happened, and what to do.
#[derive(Debug)]
pub struct Failure {
    /// The code to end with.
    pub exit: Exit,
    /// What happened and where; a lower-case fragment.
    pub what: String,
    /// What the user can do about it.
    pub remedy: Option<String>,
}

impl Failure {
    /// A failure that ends with `exit`.
    #[must_use]
    pub fn new(exit: Exit, what: impl fmt::Display) -> Self {
        Self { exit, what: what.to_string(), remedy: None }
    }

    /// What was given is not right.
    #[must_use]
    pub fn bad_input(what: impl fmt::Display) -> Self {
        Self::new(Exit::BadInput, what)
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub fn with_remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.what)
    }
}

impl std::error::Error for Failure {}
