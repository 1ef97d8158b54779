//! The options of `runs` and `report`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use cprekey_frontend::failure::Failure;

use super::files::refuse_twice;
use super::output::{ColorChoice, OutputFormat};

const RUN_HELP: &str = "The run: its id, as much of its beginning as no other has, or last";

/// The options of `runs`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct RunsArgs {
    /// What to do with one of them.
    #[command(subcommand)]
    pub(crate) command: Option<RunsCommand>,

    /// How standard output is written; json is one object a line, one for each run
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = OutputFormat::Human)]
    pub(crate) output: OutputFormat,

    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    pub(crate) color: ColorChoice,
}

/// What to do with a run's journal.
#[derive(Debug, Subcommand)]
pub(crate) enum RunsCommand {
    /// Show who did what, what became of it, and how to go on
    Show {
        #[arg(value_name = "RUN", help = RUN_HELP)]
        run: String,
    },
    /// Verify the journal from its first line to its last, and print who, where, when, with which options and why; no secret
    Audit {
        #[arg(value_name = "RUN", help = RUN_HELP)]
        run: String,
    },
    /// Remove journals: what was done can then neither be resumed nor shown any more
    Remove {
        #[arg(
            value_name = "RUN",
            required = true,
            help = "The runs: their ids, as much of their beginnings as no other has, or last"
        )]
        runs: Vec<String>,
        /// Do not ask
        #[arg(long, short = 'y')]
        yes: bool,
    },
}

/// The options of `report`.
#[derive(Args, Debug)]
pub(crate) struct ReportArgs {
    #[arg(value_name = "RUN", help = RUN_HELP)]
    pub(crate) run: String,

    /// Write what became of every row, without passwords: .csv, .xlsx or .ndjson, by its ending (again for more)
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) report: Vec<PathBuf>,

    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    pub(crate) color: ColorChoice,
}

impl ReportArgs {
    /// Refuses a report that would take the place of another.
    ///
    /// # Errors
    ///
    /// Names the file.
    pub(crate) fn refuse_to_write_over(&self) -> Result<(), Failure> {
        refuse_twice(self.report.iter().map(PathBuf::as_path), "give every --report a name of its own")
    }
}
