//! How many calls at once, how fast, and how often again: as typed.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use clap::Args;
use cprekey_core::pace::Rate;
use cprekey_core::retry::RetryPolicy;

/// How many calls at once, how fast, and how often again: as typed.
#[derive(Args, Debug)]
#[command(next_help_heading = "Pace")]
pub struct PaceArgs {
    /// Calls under way at once [default: 4, or the number of cores with --local]
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,

    /// Calls a second at most (10, 10/s, 30/m), or none for no limit
    #[arg(long, value_name = "R[/s,/m]", default_value = "10/s")]
    pub rate: Rate,

    /// How often a call is tried again after a passing fault
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub retries: u32,
}

/// Calls at once over HTTPS, unless told otherwise.
const REMOTE_JOBS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(3);

/// The most calls at once: no server wants more, and each needs a connection.
const MOST_JOBS: usize = 512;

/// Processes at once for each core: more of them only wait for each other.
const LOCAL_JOBS_A_CORE: usize = 2;

impl PaceArgs {
    /// How patient the run is.
    #[must_use]
    pub fn retry_policy(&self) -> RetryPolicy {
        RetryPolicy { retries: self.retries, ..RetryPolicy::default() }
    }

    /// How many calls are under way at once. On the server itself each is a process of this machine, and so no more than two for every
    /// core.
    #[must_use]
    pub fn jobs(&self, local: bool) -> NonZeroUsize {
        if !local {
            return self.jobs.unwrap_or(REMOTE_JOBS);
        }
        let cores = available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let most = cores.saturating_mul(NonZeroUsize::MIN.saturating_add(LOCAL_JOBS_A_CORE - 1));
        self.jobs.map_or(cores, |jobs| jobs.min(most))
    }
}

fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .ok()
        .filter(|jobs: &NonZeroUsize| jobs.get() <= MOST_JOBS)
        .ok_or(format!("a number from 1 to {MOST_JOBS}"))
}
