//! Whose token it is, and for which account calls act.

use clap::Args;
use cprekey_core::account::AccountName;

/// Whose token it is, and for which account calls act.
#[derive(Args, Debug)]
#[command(next_help_heading = "Panel")]
pub(crate) struct WhoArgs {
    /// Whose token it is: the cPanel account, or with --as whm root or a reseller
    #[arg(long, value_name = "NAME", conflicts_with = "local")]
    pub(crate) user: Option<String>,

    /// The cPanel account that owns the list's mailboxes, for root and resellers [default: looked up for each domain]
    #[arg(long, value_name = "NAME")]
    pub(crate) account: Option<AccountName>,
}
