//! Why a program calls nothing; it says so in its own words and without an envelope.

use super::usage::usage;
use crate::dialogue::{Ending, Manner, Raw};
use crate::program_settings::Program;

/// What is not right.
#[derive(Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum Complaint {
    /// Help was asked for, and nothing is wrong.
    #[error("help was asked for")]
    Help,
    /// There is no such option.
    #[error("there is no option {0}")]
    UnknownOption(String),
    /// An option stands where arguments are expected.
    #[error("options stand before the function, and {0} stands behind it")]
    LateOption(String),
    /// An option has a value that it cannot have.
    #[error("the option {0} cannot be {1:?}")]
    BadValue(&'static str, String),
    /// No function is named.
    #[error("no function is named")]
    NoFunction,
    /// Arguments stand beside `--input=json`.
    #[error("with --input=json the arguments come on standard input alone")]
    TwoInputs,
    /// Root does not say for which account it calls.
    #[error("root is no account; name one with --user=ACCOUNT")]
    RootWithoutUser,
    /// XML was asked for.
    #[error("this rehearsal panel writes no XML; ask for json, jsonpretty or yaml")]
    NoXml,
    /// The program goes by a name of its own.
    #[error("there is no program called {0:?}; there are uapi, cpapi2 and whmapi1")]
    UnknownProgram(String),
    /// The caller is nobody that the panel knows.
    #[error("there is no account for the user number {0}")]
    UnknownUser(u32),
    /// There is no such account.
    #[error("there is no account named {0:?}")]
    NoAccount(String),
    /// The caller names somebody else.
    #[error("only root may call for {0:?}")]
    NotYours(String),
    /// The account is no reseller's.
    #[error("{0:?} is neither root nor a reseller")]
    NoReseller(String),
    /// A file that holds a value cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        reason: String,
    },
    /// Standard input holds no JSON object.
    #[error("standard input holds no JSON object")]
    NoJson,
    /// The call cannot be written into the log.
    #[error("the rehearsal panel cannot write its log")]
    NoLog,
}

impl Complaint {
    /// What the program writes, and its end. What it is not told how to do, it explains.
    pub(super) fn ending(&self, name: &str) -> Ending {
        let explained = if self.wants_usage() { Program::named(name).map(usage) } else { None };
        let stdout = Raw::from(explained.unwrap_or_default());
        if *self == Self::Help {
            return Ending { stdout, ..Ending::default() };
        }
        Ending { stderr: Raw::from(format!("{name}: {self}\n")), stdout, manner: Manner::Exit { code: 1 } }
    }

    fn wants_usage(&self) -> bool {
        matches!(
            self,
            Self::Help
                | Self::UnknownOption(_)
                | Self::LateOption(_)
                | Self::BadValue(..)
                | Self::NoFunction
                | Self::TwoInputs
                | Self::RootWithoutUser
        )
    }
}
