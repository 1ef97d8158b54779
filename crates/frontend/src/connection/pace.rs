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
    /// Rows under way at once [default: 4, or the number of cores with --local, where more than two a core are not started]; over HTTPS they
    /// wait for their retries side by side, while each request leaves when the one before has been answered, unless --overlap is given
    #[arg(long, value_name = "N", value_parser = jobs)]
    pub jobs: Option<NonZeroUsize>,

    /// Let up to --jobs requests be under way at once over HTTPS: quicker on a distant panel, but a token that dies in the middle is refused
    /// once for each
    #[arg(long)]
    pub overlap: bool,

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
const LOCAL_JOBS_A_CORE: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

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
        if local { local_jobs(self.jobs, cores()) } else { self.jobs.unwrap_or(REMOTE_JOBS) }
    }

    /// Whether calls may be under way at once. A local program carries no credential that could be refused.
    #[must_use]
    pub const fn overlaps(&self, local: bool) -> bool {
        self.overlap || local
    }

    /// What was typed, where [`jobs`](Self::jobs) is less.
    #[must_use]
    pub fn lowered_from(&self, local: bool) -> Option<NonZeroUsize> {
        self.jobs.filter(|typed| *typed > self.jobs(local))
    }
}

fn cores() -> NonZeroUsize {
    available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// How many processes are there at once on a machine of so many cores.
fn local_jobs(typed: Option<NonZeroUsize>, cores: NonZeroUsize) -> NonZeroUsize {
    typed.map_or(cores, |typed| typed.min(cores.saturating_mul(LOCAL_JOBS_A_CORE)))
}

fn jobs(text: &str) -> Result<NonZeroUsize, String> {
    text.parse()
        .ok()
        .filter(|jobs: &NonZeroUsize| jobs.get() <= MOST_JOBS)
        .ok_or(format!("a number from 1 to {MOST_JOBS}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_two_processes_a_core() {
        let number = |number: usize| NonZeroUsize::MIN.saturating_add(number - 1);
        for (typed, cores, jobs) in [(None, 4, 4), (Some(3), 4, 3), (Some(8), 4, 8), (Some(9), 4, 8), (Some(16), 1, 2)]
        {
            assert_eq!(local_jobs(typed.map(number), number(cores)), number(jobs), "{typed:?} on {cores}");
        }
    }

    #[test]
    fn only_what_was_typed_is_lowered() {
        let pace = |jobs| PaceArgs { jobs, overlap: false, rate: Rate::UNLIMITED, retries: 3 };
        let many = NonZeroUsize::MAX;
        assert_eq!(pace(Some(many)).lowered_from(true), Some(many));
        assert_eq!(pace(Some(many)).lowered_from(false), None);
        assert_eq!(pace(Some(NonZeroUsize::MIN)).lowered_from(true), None);
        assert_eq!(pace(None).lowered_from(true), None);
    }
}
