//! One API function with its arguments; it knows no transport.

use std::borrow::Cow;

use secrecy::SecretString;

/// An argument's value.
#[derive(Clone, Debug)]
pub enum Argument<'a> {
    /// May be shown.
    Plain(Cow<'a, str>),
    /// Must never be shown: it goes into a request's body and nowhere else.
    Secret(&'a SecretString),
}

/// One UAPI function with its arguments.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// For example `Email`.
    pub module: Cow<'a, str>,
    /// For example `passwd_pop`.
    pub function: Cow<'a, str>,
    /// Keys and values, in the order in which they are sent.
    pub arguments: Vec<(Cow<'a, str>, Argument<'a>)>,
    /// How many bytes of decoded answer are accepted at most.
    pub answer_limit: usize,
}

impl<'a> Call<'a> {
    /// What an answer may hold at most, where the function is not known to answer more.
    pub const ANSWER_LIMIT: usize = 1 << 20;

    /// A call without arguments.
    #[must_use]
    pub fn new(module: impl Into<Cow<'a, str>>, function: impl Into<Cow<'a, str>>) -> Self {
        Self {
            module: module.into(),
            function: function.into(),
            arguments: Vec::new(),
            answer_limit: Self::ANSWER_LIMIT,
        }
    }

    /// Adds an argument that may be shown.
    #[must_use]
    pub fn plain(mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        self.arguments.push((key.into(), Argument::Plain(value.into())));
        self
    }

    /// Adds an argument that must never be shown.
    #[must_use]
    pub fn secret(mut self, key: impl Into<Cow<'a, str>>, value: &'a SecretString) -> Self {
        self.arguments.push((key.into(), Argument::Secret(value)));
        self
    }

    /// Accepts an answer of up to so many bytes.
    #[must_use]
    pub fn answer_limit(mut self, bytes: usize) -> Self {
        self.answer_limit = bytes;
        self
    }
}
