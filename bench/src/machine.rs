//! On what it was measured: the machine, the compiler, and the versions of the programs beside which it was.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use anyhow::{Context as _, Result};

use crate::bench::Bench;
use crate::shell::output_of;

/// The packages of Python that are peers; the others are what those need.
const PACKAGES: [&str; 5] = ["aiohttp", "fastexcel", "openpyxl", "python-calamine", "requests"];

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
        let peers = [(bench.python(), "--version"), ("wrk".into(), "-v"), ("curl".into(), "--version")];
        let mut peers: Vec<_> = peers.iter().map(|(program, option)| version(program, option)).collect();
        peers.extend(packages(&read(Bench::peer("requirements.txt"))?));
        let facts = vec![
            ("processor", format!("{}, {cores} cores", processor(&read("/proc/cpuinfo")?))),
            ("cores", pins(bench)),
            ("memory", format!("{} GiB", gibibytes(&read("/proc/meminfo")?))),
            ("kernel", read("/proc/sys/kernel/osrelease")?.trim().to_owned()),
            ("compiler", version(Path::new("rustc"), "--version")),
            ("peers", peers.join(", ")),
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

fn read(path: impl AsRef<Path>) -> Result<String> {
    let path = path.as_ref();
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
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

/// Those of Python's packages beside which we measure, with their versions, from the pins.
fn packages(pins: &str) -> Vec<String> {
    let pins = pins.lines().filter_map(|line| line.split(' ').next()?.split_once("=="));
    pins.filter(|(name, _)| PACKAGES.contains(name)).map(|(name, version)| format!("{name} {version}")).collect()
}

/// What a program says of its version, in short: its name and a word. wrk says it and fails.
fn version(program: &Path, option: &str) -> String {
    let said = output_of(Command::new("sh").args(["-c", "\"$0\" \"$1\" 2>&1 || true"]).arg(program).arg(option));
    in_short(&said.unwrap_or_default())
}

fn in_short(version: &str) -> String {
    version.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_understood() {
        assert_eq!(processor("processor\t: 0\nmodel name\t: A Processor 9\nmodel name\t: B\n"), "A Processor 9");
        assert_eq!(processor(""), "a processor that does not say its name");
        assert_eq!(gibibytes("MemTotal:       24618644 kB\nMemFree: 1 kB\n"), 24);
        assert_eq!(in_short("rustc 1.95.0 (59807616e 2026-04-14)\n"), "rustc 1.95.0");
        assert_eq!(
            packages("# Pins.\naiosignal==1.4.0 --hash=sha256:0\nopenpyxl==3.1.5 --hash=sha256:0\n"),
            ["openpyxl 3.1.5"]
        );
    }
}
