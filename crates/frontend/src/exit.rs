//! The exit codes: one table, and the one place where a summary becomes a code.

use std::process::ExitCode;

use cprekey_core::brake::Cause;
use cprekey_core::outcome::Outcome;
use cprekey_core::summary::Summary;

/// How a program ends. Scripts depend on the numbers.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Exit {
    /// Every row is changed or unchanged (or skipped); for `check` and `plan`: nothing is wrong.
    Done = 0,
    /// The run could not be done: disk, network, a bug.
    Failed = 1,
    /// What was given is not right: flags, or a list with problems; nothing was sent.
    BadInput = 2,
    /// Done, but some rows were refused, or left invalid by `--skip-invalid`.
    SomeRefused = 3,
    /// The panel did not let us in.
    AccessDenied = 4,
    /// A stop rule ended it.
    StopRule = 5,
    /// There was nothing to do.
    NothingToDo = 6,
    /// Rows remain unknown.
    SomeUnknown = 7,
    /// Interrupted; what was done is recorded.
    Interrupted = 130,
}

impl Exit {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 9] = [
        Self::Done,
        Self::Failed,
        Self::BadInput,
        Self::SomeRefused,
        Self::AccessDenied,
        Self::StopRule,
        Self::NothingToDo,
        Self::SomeUnknown,
        Self::Interrupted,
    ];

    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// What it means, in a line of the help text.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "every row is changed or unchanged (or skipped); nothing is wrong",
            Self::Failed => "the run could not be done (disk, network, a bug)",
            Self::BadInput => "what was given is not right: flags, or a list with problems; nothing was sent",
            Self::SomeRefused => "done, but some rows were refused, or left invalid by --skip-invalid",
            Self::AccessDenied => "the panel did not let us in",
            Self::StopRule => "a stop rule ended it",
            Self::NothingToDo => "there was nothing to do",
            Self::SomeUnknown => "rows remain unknown",
            Self::Interrupted => "interrupted; what was done is recorded",
        }
    }

    /// How bad it is, beside others: of several the worst is the one that counts.
    const fn weight(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NothingToDo => 1,
            Self::SomeRefused => 2,
            Self::SomeUnknown => 3,
            Self::Failed => 4,
            Self::StopRule => 5,
            Self::Interrupted => 6,
            Self::AccessDenied => 7,
            Self::BadInput => 8,
        }
    }

    /// The worse of two.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        if self.weight() >= other.weight() { self } else { other }
    }

    /// The code of a run.
    #[must_use]
    pub fn of_summary(summary: &Summary) -> Self {
        let ended = summary.cause.map_or(Self::Done, Self::of_cause);
        Outcome::ALL
            .into_iter()
            .filter(|&outcome| summary.counts.of(outcome) > 0)
            .map(Self::of_outcome)
            .fold(ended, Self::or)
    }

    /// The code of what ended a run early.
    #[must_use]
    pub const fn of_cause(cause: Cause) -> Self {
        match cause {
            Cause::Unreachable | Cause::NoAnswer | Cause::Untrusted | Cause::Unrecorded => Self::Failed,
            Cause::StopRule => Self::StopRule,
            Cause::Interrupted => Self::Interrupted,
            Cause::AccessDenied => Self::AccessDenied,
        }
    }

    const fn of_outcome(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Changed | Outcome::Unchanged | Outcome::Skipped => Self::Done,
            Outcome::Refused | Outcome::Invalid => Self::SomeRefused,
            Outcome::Unknown => Self::SomeUnknown,
            Outcome::NotTried => Self::Failed,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_number() {
        assert_eq!(Exit::ALL.map(Exit::code), [0, 1, 2, 3, 4, 5, 6, 7, 130]);
    }

    #[test]
    fn the_worse_wins_in_the_documented_order() {
        let worst_first = [
            Exit::AccessDenied,
            Exit::Interrupted,
            Exit::StopRule,
            Exit::Failed,
            Exit::SomeUnknown,
            Exit::SomeRefused,
            Exit::Done,
        ];
        for (position, worse) in worst_first.iter().enumerate() {
            for better in &worst_first[position..] {
                assert_eq!((worse.or(*better), better.or(*worse)), (*worse, *worse));
            }
        }
    }
}
