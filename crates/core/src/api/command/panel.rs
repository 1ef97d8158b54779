//! One call: find the program, give it its words and its input, judge what it printed.

use std::ffi::OsString;
use std::path::PathBuf;

use secrecy::SecretString;
use tokio::sync::OnceCell;
use zeroize::Zeroizing;

use super::channel::Channel;
use super::error::CommandError;
use super::private_file::PrivateFiles;
use super::probe::{Probe, WORD, probes};
use super::program::Program;
use super::route::Route;
use super::settings::CommandSettings;
use super::{arguments, child, printed, trusted};
use crate::api::answer::Answer;
use crate::api::call::{Argument, Call};
use crate::api::fault::Fault;
use crate::api::panel::{Answering, Panel};
use crate::api::scope::Scope;
use crate::api::wire::Expected;
use crate::text;

/// The server's own programs.
///
/// It must be used within a tokio runtime with I/O and time.
#[derive(Debug)]
pub struct CommandPanel {
    settings: CommandSettings,
    /// How the program takes secrets, once it was tried.
    channel: OnceCell<Channel>,
}

impl CommandPanel {
    /// Looks whether the program is there and safe to start, and starts nothing.
    ///
    /// # Errors
    ///
    /// Says which file is missing or not safe.
    pub fn new(settings: CommandSettings) -> Result<Self, CommandError> {
        trusted::path(&settings.bin_dir, main_program(settings.scope))?;
        Ok(Self { settings, channel: OnceCell::new() })
    }

    /// Tries, by harmless calls, how the program takes secrets, so that no password is needed to find out.
    ///
    /// # Errors
    ///
    /// Gives [`CommandError::ArgumentsOnly`] where it takes them as arguments alone, and those are not allowed to hold any, and
    /// [`CommandError::NoAnswer`] where it gives no usable answer at all.
    pub async fn prepare(&self) -> Result<(), CommandError> {
        let program = main_program(self.settings.scope);
        match self.channel(program).await? {
            Channel::Arguments if !self.settings.allow_argv => Err(CommandError::ArgumentsOnly(program)),
            Channel::Input | Channel::Files | Channel::Arguments => Ok(()),
        }
    }

    async fn answer(&self, call: &Call<'_>) -> Result<Answer, Fault> {
        let route = Route::of(call, self.settings.scope)?;
        let channel = if route.holds_secret() { self.channel(route.program).await } else { Ok(Channel::Arguments) };
        // The call itself was not made.
        let channel = channel.map_err(|error| Fault::Unreachable { detail: error.to_string() })?;
        self.start(call, &route, channel).await
    }

    /// How a program takes secrets.
    async fn channel(&self, program: Program) -> Result<Channel, CommandError> {
        // Of the programs of a scope only the main one is probed: nothing says that `cpapi2` takes anything but arguments.
        if program == main_program(self.settings.scope) {
            self.channel.get_or_try_init(|| self.find_channel(program)).await.copied()
        } else {
            Ok(Channel::Arguments)
        }
    }

    async fn find_channel(&self, program: Program) -> Result<Channel, CommandError> {
        let word = SecretString::from(WORD);
        let mut why = String::new();
        for Probe { channel, call, shows } in probes(program, &word) {
            let Ok(route) = Route::of(&call, self.settings.scope) else { continue };
            why = match self.start(&call, &route, channel).await {
                Ok(answer) if answer.is_done() && shows(&answer) => return Ok(channel),
                Ok(answer) => text::safe(&answer.errors.join("; ")).into_owned(),
                // What does not end is not started again.
                Err(fault @ Fault::Timeout { .. }) => {
                    return Err(CommandError::NoAnswer { program, why: fault.to_string() });
                }
                Err(fault) => fault.to_string(),
            };
        }
        Err(CommandError::NoAnswer { program, why })
    }

    async fn start(&self, call: &Call<'_>, route: &Route<'_>, channel: Channel) -> Result<Answer, Fault> {
        let unsupported = |error: CommandError| Fault::Unsupported { detail: format!("{error}; {}", error.remedy()) };
        let path = trusted::path(&self.settings.bin_dir, route.program).map_err(unsupported)?;
        if channel == Channel::Arguments && route.holds_secret() && !self.settings.allow_argv {
            return Err(unsupported(CommandError::ArgumentsOnly(route.program)));
        }
        let Prepared { words, input, files } = self.prepared(route, channel).map_err(|error| Fault::Unreachable {
            detail: format!("no private file can be made in {}: {error}", self.settings.private_dir.display()),
        })?;
        let ended = child::run(&path, words, input, call.answer_limit, self.settings.timeout).await;
        drop(files);
        printed::judge(&ended?, Expected::of(call, route.shape), &secrets(call))
    }

    /// The words and the input of one run.
    fn prepared(&self, route: &Route<'_>, channel: Channel) -> std::io::Result<Prepared> {
        let mut words: Vec<String> = vec!["--output=json".to_owned()];
        let mut files = None;
        let input = (channel == Channel::Input).then(|| arguments::json(&route.fields, route.arguments));
        words.extend(input.as_ref().map(|_| "--input=json".to_owned()));
        words.extend(route.words.iter().map(ToString::to_string));
        if input.is_none() {
            words
                .extend(route.fields.iter().map(|(key, value)| arguments::word(key, Argument::Plain((*value).into()))));
            for (key, value) in route.arguments {
                words.push(match value {
                    Argument::Secret(secret) if channel == Channel::Files => {
                        let files = match &mut files {
                            Some(files) => files,
                            none => none.insert(PrivateFiles::new(&self.settings.private_dir)?),
                        };
                        arguments::file_word(key, &files.add(secret)?)
                    }
                    Argument::Plain(_) | Argument::Secret(_) => arguments::word(key, value.clone()),
                });
            }
        }
        Ok(Prepared { words: words.into_iter().map(OsString::from).collect(), input, files })
    }

    /// Where a program is looked for.
    #[must_use]
    pub fn path(&self, program: Program) -> PathBuf {
        self.settings.bin_dir.join(program.name())
    }
}

impl Panel for CommandPanel {
    fn call<'a>(&'a self, call: &'a Call<'a>) -> Answering<'a> {
        Box::pin(self.answer(call))
    }
}

/// What one run of a program is given.
struct Prepared {
    words: Vec<OsString>,
    input: Option<Zeroizing<Vec<u8>>>,
    /// The files that its words name; they are there as long as this.
    files: Option<PrivateFiles>,
}

/// The program that nearly everything goes through.
const fn main_program(scope: Scope) -> Program {
    match scope {
        Scope::Account => Program::Uapi,
        Scope::Server => Program::Whmapi1,
    }
}

fn secrets<'a>(call: &'a Call<'a>) -> Vec<&'a SecretString> {
    let secret = |(_, value): &'a (_, Argument<'a>)| match value {
        Argument::Secret(secret) => Some(*secret),
        Argument::Plain(_) => None,
    };
    call.arguments.iter().filter_map(secret).collect()
}
