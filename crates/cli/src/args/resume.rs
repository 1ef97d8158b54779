//! The options of `resume`: those of `apply`, behind those that the run was begun with.

use std::ffi::OsString;

use clap::{Args, FromArgMatches as _};
use cprekey_frontend::failure::Failure;
use cprekey_frontend::profile::{self, ParseEnd};

use super::change::ChangeArgs;
use super::{Cli, Command, NOT_KEPT, command};

/// What is typed again beside what the run was begun with, and takes the place of nothing.
const ADDED: [&str; 1] = ["report"];

/// The options of `resume`.
#[derive(Args, Debug)]
pub(crate) struct ResumeArgs {
    /// The run: its id, as much of its beginning as no other has, or last
    #[arg(value_name = "RUN")]
    pub(crate) name: String,

    /// The list, where it is not where it was; a run that read standard input needs it
    #[arg(value_name = "LIST")]
    pub(crate) list: Option<OsString>,

    /// Try rows again that were refused
    #[arg(long, help_heading = "Run")]
    pub(crate) failed_too: bool,

    #[command(flatten)]
    pub(crate) change: ChangeArgs,

    /// Everything that was typed, its profile filled in.
    #[arg(skip)]
    pub(crate) typed: Vec<OsString>,

    /// The options that were typed, as they would be typed again, for the journal.
    #[arg(skip)]
    pub(crate) words: Vec<String>,
}

impl ResumeArgs {
    /// The same with the options that the run was begun with, where what was typed does not say otherwise.
    ///
    /// # Errors
    ///
    /// Where this program does not have them, or they do not go with what was typed.
    pub(crate) fn behind(self, recorded: &[String]) -> Result<Self, Failure> {
        let never_kept = |word: &&String| NOT_KEPT.iter().any(|name| word.trim_start_matches("--").starts_with(name));
        if let Some(word) = recorded.iter().find(never_kept) {
            return Err(Failure::bad_input(format!("the journal has an option that no journal keeps: {word}"))
                .with_remedy("it was not written by this program; look who did"));
        }
        let parsed = profile::parse_again(&command(), &self.typed, recorded, &ADDED);
        let again = parsed.and_then(|parsed| Ok(Cli::from_arg_matches(&parsed.matches)?));
        match again {
            Ok(Cli { command: Command::Resume(again) }) => Ok(Self { typed: self.typed, words: self.words, ..*again }),
            Ok(_) => Ok(self),
            Err(ParseEnd::Profile(failure)) => Err(failure),
            Err(ParseEnd::Clap(error)) => Err(Failure::bad_input(first_line(&error.to_string())).with_remedy(
                "this goes not together with the options that the run was begun with; cprekey runs show names them",
            )),
        }
    }
}

fn first_line(error: &str) -> String {
    error.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned()
}
