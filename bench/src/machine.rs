//! On what it was measured: the machine, the compiler, and the versions of the programs beside which it was.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use anyhow::{Context as _, Result};

use crate::bench::Bench;
use crate::shell::output_of;

/// A machine and what is installed on it.
pub(crate) struct Machine {
    facts: Vec<(&'static str, String)>,
}

impl Machine {
    /// Looks at this machine.
    ///
    /// # Errors
    ///
    /// Where it does not say what it is.
    pub(crate) fn look(bench: &Bench) -> Result<Self> {
        let cores = thread::available_parallelism().context("nothing says how many cores there are")?;
        let python = bench.python();
        let facts = vec![
            ("processor", format!("{}, {cores} cores", processor(&read("/proc/cpuinfo")?))),
            ("cores", pins(bench)),
            ("memory", format!("{} GiB", gibibytes(&read("/proc/meminfo")?))),
            ("kernel", read("/proc/sys/kernel/osrelease")?.trim().to_owned()),
            ("compiler", version(Path::new("rustc"), "--version")),
            ("Python", version(&python, "--version")),
            ("wrk", version(Path::new("wrk"), "-v")),
            ("curl", version(Path::new("curl"), "--version")),
        ];
        Ok(Self { facts })
    }

    /// What it is, a line each, as a list in Markdown.
    pub(crate) fn text(&self) -> String {
        let lines: Vec<_> = self.facts.iter().map(|(name, fact)| format!("- {name}: {fact}")).collect();
        lines.join("\n")
    }
}

fn pins(bench: &Bench) -> String {
    match bench.server_core().zip(bench.client_core()) {
        Some((server, client)) => format!("servers run on core {server}, clients and all else on core {client}"),
        None => "nothing is held to a core, because there is no core for either side".to_owned(),
    }
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{path} cannot be read"))
}

/// The model that stands in `/proc/cpuinfo`.
fn processor(cpuinfo: &str) -> &str {
    let fact = |line: &'static str| cpuinfo.lines().find_map(|found| found.strip_prefix(line)?.split(": ").nth(1));
    fact("model name").unwrap_or("a processor that does not say its name").trim()
}

/// The memory that stands in `/proc/meminfo`.
fn gibibytes(meminfo: &str) -> u64 {
    let total = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB"));
    total.and_then(|kibibytes| kibibytes.parse::<u64>().ok()).unwrap_or_default().div_ceil(1 << 20)
}

/// What a program says of its version, in short. wrk says it and then that it did nothing.
fn version(program: &Path, option: &str) -> String {
    let said = output_of(Command::new("sh").args(["-c", "\"$0\" \"$1\" 2>&1 || true"]).arg(program).arg(option));
    let first = said.unwrap_or_default().lines().next().unwrap_or_default().to_owned();
    let short: Vec<_> = first.split(' ').take_while(|word| !word.starts_with("Copyright")).take(3).collect();
    short.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_understood() {
        assert_eq!(processor("processor\t: 0\nmodel name\t: A Processor 9\nmodel name\t: B\n"), "A Processor 9");
        assert_eq!(processor(""), "a processor that does not say its name");
        assert_eq!(gibibytes("MemTotal:       24618644 kB\nMemFree: 1 kB\n"), 24);
    }
}
