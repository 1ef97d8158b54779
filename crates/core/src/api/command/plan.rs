//! The words and the input of one run, before any secret is opened. Pure.

use secrecy::SecretString;

use super::arguments;
use super::channel::Channel;
use super::route::Route;
use crate::api::call::Argument;

/// A word of a run.
#[derive(Debug)]
pub(super) enum Word<'a> {
    /// As it is given to the program.
    Plain(String),
    /// `key=value`, where the value is a secret.
    Secret(&'a str, &'a SecretString),
    /// `key=@FILE`, where the file's content is a secret.
    SecretFile(&'a str, &'a SecretString),
}

/// The words of one run, and whether its arguments stand on its standard input instead.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) words: Vec<Word<'a>>,
    pub(super) by_input: bool,
}

/// What one run of the route's program is given, its secrets by this channel.
pub(super) fn plan<'a>(route: &Route<'a>, channel: Channel) -> Plan<'a> {
    let by_input = channel == Channel::Input;
    let input = by_input.then(|| "--input=json".to_owned());
    let options = ["--output=json".to_owned()].into_iter().chain(input);
    let mut words: Vec<_> = options.chain(route.words.iter().map(ToString::to_string)).map(Word::Plain).collect();
    if !by_input {
        let fields = route.fields.iter().map(|(key, value)| plain(key, Argument::Plain((*value).into())));
        words.extend(fields);
        words.extend(route.arguments.iter().map(|(key, value)| match value {
            Argument::Secret(secret) if channel == Channel::Files => Word::SecretFile(key, secret),
            Argument::Secret(secret) => Word::Secret(key, secret),
            Argument::Plain(_) => plain(key, value.clone()),
        }));
    }
    Plan { words, by_input }
}

fn plain<'a>(key: &str, value: Argument<'_>) -> Word<'a> {
    Word::Plain(arguments::word(key, value))
}
