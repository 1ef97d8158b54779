//! `cargo xtask fuzz`: the fuzz targets in `fuzz/`, built and run with the stable toolchain.

mod build;
mod campaign;
mod corpus;
mod said;
mod target;

use std::num::NonZero;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::shell::say;
use campaign::Campaign;
use target::Target;

/// Runs each of these targets for so long, or all of them; as many at a time as there are processors.
pub(crate) fn run(seconds: u64, names: &[String]) -> Result<()> {
    let targets = target::chosen(names)?;
    let programs = build::build()?;
    let campaign = Campaign { programs, time: Duration::from_secs(seconds) };
    let crashes = run_all(&campaign, &targets)?;
    let said = format!("fuzz: {} targets of {seconds} s each", targets.len());
    if crashes.is_empty() {
        say(&format!("{said}, no crash"));
        return Ok(());
    }
    bail!("{said}, {} crashed:\n{}", crashes.len(), crashes.join("\n"))
}

/// Says a line for each target as it ends, and gives one for each that crashed.
fn run_all(campaign: &Campaign, targets: &[&Target]) -> Result<Vec<String>> {
    let waiting = Mutex::new(targets.iter());
    let next = || waiting.lock().ok().and_then(|mut waiting| waiting.next());
    let work = || {
        let mut crashes = Vec::new();
        while let Some(target) = next() {
            let end = campaign.run(target)?;
            say(&format!("fuzz: {}: {}", target.name, end.told));
            crashes.extend(end.crash.map(|crash| format!("{}: {crash}", target.name)));
        }
        Ok(crashes)
    };
    let jobs = thread::available_parallelism().map_or(1, NonZero::get).min(targets.len());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
        let ends = workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| bail!("a worker panicked")));
        ends.collect::<Result<Vec<Vec<_>>>>().map(|crashes| crashes.concat())
    })
}
