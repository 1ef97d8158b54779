//! What `apply` and `resume` share: everything but the list's name and the run's.

use clap::Args;
use cprekey_frontend::connection::{ConnectionArgs, PaceArgs};

use super::list::ReadArgs;
use super::output::{OutputArgs, VolumeArgs};
use super::record::WhyArgs;
use super::run::RunArgs;
use super::who::WhoArgs;

/// How a list is applied.
#[derive(Args, Debug)]
pub(crate) struct ChangeArgs {
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Go on without the rows that are wrong; without it nothing is sent while a row is wrong
    #[arg(long, help_heading = "List")]
    pub(crate) skip_invalid: bool,
    /// Send new passwords that look as if another column was meant, as domains or the same again and again do; without it `check`
    /// and `plan` warn of them and end with 0, but `apply --yes` and `resume --yes` refuse them with 2
    #[arg(long, help_heading = "List")]
    pub(crate) allow_suspicious: bool,
    #[command(flatten)]
    pub(crate) who: WhoArgs,
    #[command(flatten)]
    pub(crate) connection: ConnectionArgs,
    #[command(flatten)]
    pub(crate) pace: PaceArgs,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) why: WhyArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
    #[command(flatten)]
    pub(crate) volume: VolumeArgs,
}
