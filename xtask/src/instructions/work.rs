//! The works whose instructions are counted.

use super::lists::ROWS;

/// A work of cprekey.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Work {
    /// `check` of a text list.
    CheckCsv,
    /// `check` of a workbook.
    CheckWorkbook,
    /// One new password, over HTTPS and with a journal and a report.
    Reset,
}

/// How a reset is asked for, behind the panel's address.
const RESET: &[&str] = &[
    "--user",
    "shop",
    "--token-file",
    "token",
    "--cacert",
    "panel/tls/ca.pem",
    "--yes",
    "--quiet",
    "--rate",
    "none",
    "--report",
    "report.csv",
];

impl Work {
    pub(super) const ALL: [Self; 3] = [Self::CheckCsv, Self::CheckWorkbook, Self::Reset];

    /// Its name in the record, and that of callgrind's file.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::CheckCsv => "check-csv",
            Self::CheckWorkbook => "check-workbook",
            Self::Reset => "reset",
        }
    }

    /// What cprekey is started with, where a panel listens at this address.
    pub(super) fn arguments(self, panel: &str) -> Vec<&str> {
        match self {
            Self::CheckCsv => vec!["check", "list.csv"],
            Self::CheckWorkbook => vec!["check", "list.xlsx"],
            Self::Reset => [&["apply", "one.csv", "--host", panel], RESET].concat(),
        }
    }

    /// Whether it was done, by what cprekey said and what its report says.
    pub(super) fn is_done(self, said: &str, report: &str) -> bool {
        match self {
            Self::CheckCsv | Self::CheckWorkbook => said.contains(&format!("{ROWS} to change")),
            Self::Reset => report.contains(",changed,"),
        }
    }
}
