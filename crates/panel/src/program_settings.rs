//! What the local programs do where real ones differ, or where it is not known what they do.

use serde::{Deserialize, Serialize};

/// The local programs.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Program {
    /// Calls UAPI for an account.
    Uapi,
    /// Calls cPanel API 2 for an account.
    Cpapi2,
    /// Calls WHM API 1 for root or a reseller.
    Whmapi1,
}

impl Program {
    /// The program that goes by this file name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Uapi, Self::Cpapi2, Self::Whmapi1].into_iter().find(|program| program.name() == name)
    }

    /// Its file name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Uapi => "uapi",
            Self::Cpapi2 => "cpapi2",
            Self::Whmapi1 => "whmapi1",
        }
    }
}

/// What a program makes of `--input=json` when it does not take it.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum JsonOff {
    /// It reads nothing, and calls the function without arguments.
    #[default]
    Ignore,
    /// It complains about an option that it does not know.
    Usage,
}

/// What becomes of the newline at the end of a file that is given as a value.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LastNewline {
    /// It is part of the value.
    #[default]
    Keep,
    /// One is cut off.
    Cut,
}

/// Where a program warns of something that has nothing to do with the call.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Noise {
    /// Nowhere.
    #[default]
    None,
    /// On standard error.
    Stderr,
    /// On standard output, before the answer.
    StdoutBefore,
    /// On both.
    Both,
}

impl Noise {
    /// Whether it is heard on standard error.
    pub(crate) fn is_on_stderr(self) -> bool {
        matches!(self, Self::Stderr | Self::Both)
    }

    /// Whether it is heard on standard output.
    pub(crate) fn is_on_stdout(self) -> bool {
        matches!(self, Self::StdoutBefore | Self::Both)
    }
}

/// The settings of the local programs.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ProgramSettings {
    /// Those that take `--input=json`.
    pub(crate) json: Vec<Program>,
    /// What the others make of it.
    pub(crate) json_off: JsonOff,
    /// Those for which a value that begins with `@` names a file.
    pub(crate) at_file: Vec<Program>,
    /// What becomes of such a file's last newline.
    pub(crate) at_file_newline: LastNewline,
    /// Those for which `+` is a space.
    pub(crate) plus_is_space: Vec<Program>,
    /// Where they warn of something else.
    pub(crate) warnings: Noise,
    /// The code that they end with when the call was refused.
    pub(crate) exit_code: u8,
}

impl Default for ProgramSettings {
    /// What is known of real ones; where nothing is, what a careful client has to live with.
    fn default() -> Self {
        let all = vec![Program::Uapi, Program::Cpapi2, Program::Whmapi1];
        Self {
            json: vec![Program::Uapi, Program::Whmapi1],
            json_off: JsonOff::default(),
            at_file: all.clone(),
            at_file_newline: LastNewline::default(),
            plus_is_space: all,
            warnings: Noise::default(),
            exit_code: 0,
        }
    }
}
