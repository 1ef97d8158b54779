//! What is shown, and how.

use clap::{Args, ValueEnum};

/// How standard output is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// for people
    Human,
    /// one event a line, and nothing else
    Json,
}

/// When colours are used.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// where there is a terminal that wants them
    Auto,
    /// everywhere
    Always,
    /// nowhere
    Never,
}

/// What is shown, and how.
#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// How standard output is written; json is one event a line
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = OutputFormat::Human)]
    pub(crate) output: OutputFormat,

    /// Show errors only, and what is to be known before a question
    #[arg(long, short = 'q')]
    pub(crate) quiet: bool,

    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    pub(crate) color: ColorChoice,

    /// Take options from this profile of ~/.config/cprekey/config.toml; a flag wins over it
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
}

/// How much is told.
#[derive(Args, Debug)]
#[command(next_help_heading = "Output")]
pub(crate) struct VolumeArgs {
    /// Show every row as it is settled, and every retry
    #[arg(long, short = 'v', conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}
