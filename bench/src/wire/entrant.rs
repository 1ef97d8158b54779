//! Who takes part, and the proof that each did what it was asked to.

use std::cell::RefCell;

use anyhow::{Context as _, Result, ensure};

use super::meeting::Meeting;
use super::results::Results;
use super::site::Site;
use crate::contest::{Contender, contest};
use crate::sample::{Process, Sample};

/// One who sets passwords.
pub(crate) struct Entrant {
    pub(super) name: &'static str,
    pub(super) process: Process,
    pub(super) asked: Asked,
    pub(super) before: Box<dyn Fn() -> Result<()>>,
}

/// What it is asked to do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Asked {
    /// So many rows, each once.
    Rows(usize),
    /// As much as it can within its time; it says `N requests in`, and may leave as many unfinished as it has connections.
    Time {
        /// How many connections.
        connections: usize,
    },
}

impl Entrant {
    /// One that is run so.
    pub(super) fn new(name: &'static str, process: Process, asked: Asked) -> Self {
        Self { name, process, asked, before: Box::new(|| Ok(())) }
    }

    /// The same, with something to be done before each time.
    pub(super) fn after(mut self, before: impl Fn() -> Result<()> + 'static) -> Self {
        self.before = Box::new(before);
        self
    }

    /// The same, with one more argument.
    pub(crate) fn argument(mut self, argument: &str) -> Self {
        self.process = self.process.argument(argument);
        self
    }

    fn run(&self, site: &Site) -> Result<Meeting> {
        (self.before)()?;
        site.clear()?;
        let panel_cpu = site.panel.cpu()?;
        let sample = self.process.measure()?.ended(0)?;
        let meeting = Meeting::ask(site, sample, panel_cpu)?;
        self.asked.check(meeting.changes as usize, &meeting.sample)?;
        Ok(meeting)
    }
}

impl Asked {
    /// Whether so many changes are what was asked for.
    fn check(self, changes: usize, sample: &Sample) -> Result<()> {
        match self {
            Self::Rows(rows) => ensure!(changes == rows, "it set {changes} passwords, not {rows}"),
            Self::Time { connections } => {
                let told = requests(&sample.said).context("it does not say how many requests it made")?;
                let most = told + connections;
                ensure!((told..=most).contains(&changes), "it tells of {told} requests, and set {changes} passwords");
                ensure!(!sample.said.contains("Socket errors"), "it tells of errors: {}", sample.said.trim());
            }
        }
        Ok(())
    }
}

/// How many requests wrk says that it made.
fn requests(said: &str) -> Option<usize> {
    said.lines().find_map(|line| line.trim().split_once(" requests in ")?.0.parse().ok())
}

/// Lets all of them set passwords at the panel by turns.
///
/// # Errors
///
/// Where one did not do what it was asked to.
pub(crate) fn compete(site: &Site, entrants: &[Entrant]) -> Result<Results> {
    let results = RefCell::new(Results::default());
    let contenders: Vec<_> = entrants.iter().map(|entrant| contender(site, entrant, &results)).collect();
    contest(site.bench.rounds, &contenders)?;
    drop(contenders);
    Ok(results.into_inner())
}

fn contender<'a>(site: &'a Site, entrant: &'a Entrant, results: &'a RefCell<Results>) -> Contender<'a> {
    let run = move || {
        let meeting = entrant.run(site)?;
        let sample = meeting.sample.clone();
        results.borrow_mut().add(entrant.name, meeting);
        Ok(sample)
    };
    Contender::new(entrant.name, run)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn saying(said: &str) -> Sample {
        let (wall, cpu) = (Duration::ZERO, Duration::ZERO);
        Sample { wall, cpu, peak: 0, exit: 0, said: said.to_owned(), complained: String::new() }
    }

    #[test]
    fn whoever_does_less_or_more_than_asked_is_out() {
        let is_fair = |changes| Asked::Rows(100).check(changes, &saying("")).is_ok();
        assert_eq!([99, 100, 101].map(is_fair), [false, true, false]);
    }

    #[test]
    fn what_was_done_within_a_time_agrees_with_what_is_said() {
        let asked = Asked::Time { connections: 32 };
        let said = "Running 1s test\n  1 threads and 32 connections\n  1000 requests in 1.00s, 5MB read\n";
        let is_fair = |changes| asked.check(changes, &saying(said)).is_ok();
        assert_eq!([999, 1000, 1032, 1033].map(is_fair), [false, true, true, false]);
        let failed = format!("{said}  Socket errors: connect 0, read 3, write 0, timeout 0\n");
        assert!(asked.check(1000, &saying(&failed)).is_err());
        assert!(asked.check(0, &saying("")).is_err());
    }
}
