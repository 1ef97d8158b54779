//! One call: find the program, give it its words and its input, judge what it printed.

use std::ffi::OsString;
use std::path::PathBuf;

use secrecy::SecretString;
use tokio::sync::OnceCell;
use zeroize::Zeroizing;

use super::channel::Channel;
use super::error::CommandError;
use super::explain::{self, ExplainedRun};
use super::plan::{Plan, Word, plan};
use super::private_file::PrivateFiles;
use super::probe::{Probe, probes, word};
use super::program::Program;
use super::route::Route;
use super::settings::CommandSettings;
use super::{arguments, child, leftovers, printed, trusted};
use crate::api::answer::Answer;
use crate::api::call::{Argument, Call};
use crate::api::fault::Fault;
use crate::api::field::shown;
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
    /// Looks whether the program is there and safe to start, removes what a killed run left of its private files, and starts nothing.
    ///
    /// # Errors
    ///
    /// Says which file is missing or not safe.
    pub fn new(settings: CommandSettings) -> Result<Self, CommandError> {
        trusted::find(&settings.bin_dir, main_program(settings.scope))?;
        leftovers::sweep(&settings.private_dir);
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
        let secret = SecretString::from(word(program));
        let mut why = String::new();
        for Probe { channel, call, shows } in probes(program, &secret) {
            let Ok(route) = Route::of(&call, self.settings.scope) else { continue };
            why = match self.start(&call, &route, channel).await {
                Ok(answer) if answer.is_done() && shows(&answer) => return Ok(channel),
                Ok(answer) => text::safe(&answer.errors.join("; ")).into_owned(),
                // What does not end is not started again.
                Err(fault @ Fault::Timeout { .. }) => {
                    return Err(CommandError::NoAnswer { program, why: fault.to_string() });
                }
                // It was not started, and whether it reads files was not seen.
                Err(fault @ Fault::Unreachable { .. }) if channel == Channel::Files => {
                    return Err(CommandError::NoAnswer { program, why: fault.to_string() });
                }
                Err(fault) => fault.to_string(),
            };
        }
        Err(CommandError::NoAnswer { program, why })
    }

    async fn start(&self, call: &Call<'_>, route: &Route<'_>, channel: Channel) -> Result<Answer, Fault> {
        let program = self.startable(route, channel).map_err(|error| unsupported(&error))?;
        let Prepared { words, input, files } = self.prepared(route, channel).map_err(|error| Fault::Unreachable {
            detail: format!("no private file can be made in {}: {error}", self.settings.private_dir.display()),
        })?;
        let ended = child::run(&program, words, input, call.answer_limit, self.settings.timeout).await;
        drop(files);
        printed::judge(&ended?, Expected::of(call, route.shape), &secrets(call))
    }

    /// The program of a run, where it is safe to start and may be given its secrets so.
    fn startable(&self, route: &Route<'_>, channel: Channel) -> Result<PathBuf, CommandError> {
        let program = trusted::find(&self.settings.bin_dir, route.program)?;
        if channel == Channel::Arguments && route.holds_secret() && !self.settings.allow_argv {
            return Err(CommandError::ArgumentsOnly(route.program));
        }
        Ok(program)
    }

    /// The words and the input of one run.
    fn prepared(&self, route: &Route<'_>, channel: Channel) -> std::io::Result<Prepared> {
        let Plan { words: planned, by_input } = plan(route, channel);
        let mut files = None;
        let mut words = Vec::with_capacity(planned.len());
        for word in planned {
            words.push(OsString::from(match word {
                Word::Plain(word) => word,
                Word::Secret(key, secret) => arguments::word(key, Argument::Secret(secret)),
                Word::SecretFile(key, secret) => arguments::file_word(key, &self.file(&mut files)?.add(secret)?),
            }));
        }
        let input = by_input.then(|| arguments::json(&route.fields, route.arguments));
        Ok(Prepared { words, input, files })
    }

    /// The files of a run, made with the first of them.
    fn file<'a>(&self, files: &'a mut Option<PrivateFiles>) -> std::io::Result<&'a mut PrivateFiles> {
        Ok(match files {
            Some(files) => files,
            none => none.insert(PrivateFiles::new(&self.settings.private_dir)?),
        })
    }

    /// What a call would start, where the program takes secrets in the best way that is known of it; starts nothing, so that it is not
    /// tried either.
    ///
    /// # Errors
    ///
    /// Gives [`Fault::Unsupported`] where no program makes such a call, and where it would not be started.
    pub fn explain(&self, call: &Call<'_>) -> Result<ExplainedRun, Fault> {
        let route = Route::of(call, self.settings.scope)?;
        let takes_input = route.program == main_program(self.settings.scope);
        let channel = if route.holds_secret() && takes_input { Channel::Input } else { Channel::Arguments };
        let program = self.startable(&route, channel).map_err(|error| unsupported(&error))?;
        let plan = plan(&route, channel);
        let input = plan.by_input.then(|| shown(&route.fields, route.arguments));
        Ok(ExplainedRun { program, words: explain::words(&plan), input })
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

fn unsupported(error: &CommandError) -> Fault {
    Fault::Unsupported { detail: format!("{error}; {}", error.remedy()) }
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
