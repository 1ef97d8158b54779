//! One API function with its arguments, as somebody; it knows no transport.

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

/// The API that a function is of.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Api {
    /// UAPI.
    Uapi,
    /// cPanel API 2, which cPanel has deprecated; a few functions have no other home.
    Api2,
    /// WHM API 1, which knows no modules.
    Whm1,
}

/// One API function with its arguments, as somebody.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The API that the function is of.
    pub api: Api,
    /// The cPanel account to act for; none for the caller's own. A transport that acts for many accounts needs it for UAPI and
    /// cPanel API 2.
    pub account: Option<Cow<'a, str>>,
    /// For example `Email`; empty for WHM API 1.
    pub module: Cow<'a, str>,
    /// For example `passwd_pop`.
    pub function: Cow<'a, str>,
    /// Keys and values, in the order in which they are sent.
    pub arguments: Vec<(Cow<'a, str>, Argument<'a>)>,
    /// How many bytes of decoded answer are accepted at most.
    pub answer_limit: usize,
    /// Whether doing it twice is as good as doing it once, so that it may be sent again after a fault that leaves open whether it was
    /// done.
    pub repeatable: bool,
    /// Whether the answer keeps the envelope as it came.
    pub keeps_envelope: bool,
}

impl<'a> Call<'a> {
    /// What an answer may hold at most, where the function is not known to answer more.
    pub const ANSWER_LIMIT: usize = 1 << 20;

    /// A call of a UAPI function without arguments.
    #[must_use]
    pub fn uapi(module: impl Into<Cow<'a, str>>, function: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Api::Uapi, module, function)
    }

    /// A call of a function of WHM API 1 without arguments.
    #[must_use]
    pub fn whm1(function: impl Into<Cow<'a, str>>) -> Self {
        Self::new(Api::Whm1, "", function)
    }

    /// A call without arguments, for the caller's own account.
    #[must_use]
    pub fn new(api: Api, module: impl Into<Cow<'a, str>>, function: impl Into<Cow<'a, str>>) -> Self {
        Self {
            api,
            account: None,
            module: module.into(),
            function: function.into(),
            arguments: Vec::new(),
            answer_limit: Self::ANSWER_LIMIT,
            repeatable: true,
            keeps_envelope: false,
        }
    }

    /// Acts for this cPanel account.
    #[must_use]
    pub fn on_behalf_of(mut self, account: impl Into<Cow<'a, str>>) -> Self {
        self.account = Some(account.into());
        self
    }

    /// Is not sent again once it may have been done.
    #[must_use]
    pub fn once(mut self) -> Self {
        self.repeatable = false;
        self
    }

    /// Keeps the envelope as it comes, for those who show it.
    #[must_use]
    pub fn keeping_envelope(mut self) -> Self {
        self.keeps_envelope = true;
        self
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
