//! The programs of the system that the chores start: installed where they are missing and this user may install them.

use std::fs;
use std::os::unix::fs::MetadataExt as _;

use anyhow::{Result, bail};

use crate::shell::{root, run, say, succeeds};

/// A program that a chore starts.
struct Tool {
    /// What it is to people.
    name: &'static str,
    /// A command that ends well where it is there.
    check: &'static [&'static str],
    /// The packages, of Debian and its kin, that have it.
    packages: &'static [&'static str],
}

const TOOLS: &[Tool] = &[
    Tool {
        name: "Python 3.11 or newer, with venv",
        check: &["python3", "-c", "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"],
        packages: &["python3", "python3-venv"],
    },
    Tool {
        name: "Node 18 or newer",
        check: &["node", "-e", "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"],
        packages: &["nodejs"],
    },
    Tool { name: "npm", check: &["npm", "--version"], packages: &["npm"] },
    Tool { name: "curl", check: &["curl", "--version"], packages: &["curl"] },
    Tool { name: "openssl", check: &["openssl", "version"], packages: &["openssl"] },
    Tool { name: "strace", check: &["strace", "--version"], packages: &["strace"] },
    Tool { name: "tmux", check: &["tmux", "-V"], packages: &["tmux"] },
    Tool { name: "mount", check: &["mount", "--version"], packages: &["mount"] },
    Tool { name: "unshare", check: &["unshare", "--version"], packages: &["util-linux"] },
];

/// What the fuzz targets are built with: the library that drives them is C++.
const FUZZING: &[Tool] = &[Tool { name: "a C++ compiler", check: &["c++", "--version"], packages: &["g++"] }];

/// What reads the counters of the programs that `cargo xtask coverage` runs. The compiler's own LLVM is newer, and writes what this one reads.
const LLVM: &[Tool] = &[Tool { name: "LLVM 19", check: &["llvm-cov-19", "--version"], packages: &["llvm-19"] }];

/// What the differential test holds our reader against.
const DIFFERENTIAL: &[Tool] = &[Tool {
    name: "Python 3.11 or newer",
    check: &["python3", "-c", "import sys; sys.exit(sys.version_info < (3, 11))"],
    packages: &["python3"],
}];

/// Beside what, and with what, the benchmarks measure.
const BENCH: &[Tool] = &[
    Tool {
        name: "Python 3.11 or newer, with venv",
        check: &["python3", "-c", "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))"],
        packages: &["python3", "python3-venv"],
    },
    Tool { name: "wrk", check: &["sh", "-c", "command -v wrk"], packages: &["wrk"] },
    Tool { name: "curl", check: &["curl", "--version"], packages: &["curl"] },
    Tool { name: "a C compiler", check: &["cc", "--version"], packages: &["gcc", "libc6-dev"] },
    Tool { name: "taskset", check: &["taskset", "--version"], packages: &["util-linux"] },
];

/// What makes disks in files, and mounts them.
const DISKS: &[Tool] = &[
    Tool { name: "mkfs.ext4", check: &["mkfs.ext4", "-V"], packages: &["e2fsprogs"] },
    Tool { name: "mount", check: &["mount", "--version"], packages: &["mount"] },
];

/// The mail servers that have the last word on a password.
const MAIL: &[Tool] = &[
    Tool {
        name: "Dovecot with IMAP",
        check: &["sh", "-c", "command -v dovecot && test -x /usr/lib/dovecot/imap"],
        packages: &["dovecot-imapd"],
    },
    Tool { name: "Exim", check: &["test", "-x", "/usr/sbin/exim4"], packages: &["exim4-daemon-light"] },
];

/// What counts instructions.
const COUNTING: &[Tool] = &[Tool { name: "valgrind", check: &["valgrind", "--version"], packages: &["valgrind"] }];

/// What opens spreadsheets as users do. It is large, so that only the tests that want it bring it.
const OFFICE: &[Tool] =
    &[Tool { name: "LibreOffice Calc", check: &["soffice", "--version"], packages: &["libreoffice-calc-nogui"] }];

/// Sees to it that every program is there that the tests start.
pub(crate) fn prepare() -> Result<()> {
    bring(TOOLS)
}

/// Sees to it that the fuzz targets can be built.
pub(crate) fn prepare_fuzzing() -> Result<()> {
    bring(FUZZING)
}

/// Sees to it that the other reader of the differential test is there.
pub(crate) fn prepare_differential() -> Result<()> {
    bring(DIFFERENTIAL)
}

/// Sees to it that the benchmarks have what they measure beside.
pub(crate) fn prepare_bench() -> Result<()> {
    bring(BENCH)
}

/// Sees to it that disks can be made of which the power fails.
pub(crate) fn prepare_disks() -> Result<()> {
    bring(DISKS)
}

/// The same for the tests at real mail servers.
pub(crate) fn prepare_mail() -> Result<()> {
    bring(MAIL)
}

/// Sees to it that coverage can be measured, and gives the variables by which cargo-llvm-cov finds what it needs.
pub(crate) fn prepare_coverage() -> Result<[(&'static str, &'static str); 2]> {
    bring(LLVM)?;
    Ok([("LLVM_COV", "llvm-cov-19"), ("LLVM_PROFDATA", "llvm-profdata-19")])
}

/// Sees to it that instructions can be counted.
pub(crate) fn prepare_counting() -> Result<()> {
    bring(COUNTING)
}

/// The same for the tests of spreadsheets.
pub(crate) fn prepare_office() -> Result<()> {
    bring(OFFICE)
}

fn bring(tools: &[Tool]) -> Result<()> {
    let missing = missing(tools);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<_> = missing.iter().flat_map(|tool| tool.packages).copied().collect();
    if !may_install() {
        bail!("{}", told(&missing, &packages));
    }
    say(&format!("tools: installing {}", packages.join(" ")));
    run("apt-get", &["update", "-qq"], &root())?;
    let install = ["install", "--yes", "-qq", "--no-install-recommends"];
    run("apt-get", &[&install[..], &packages].concat(), &root())?;
    let still = self::missing(&missing);
    if still.is_empty() { Ok(()) } else { bail!("{}", told(&still, &packages)) }
}

fn missing(tools: &[Tool]) -> Vec<Tool> {
    let is_there = |tool: &Tool| tool.check.split_first().is_some_and(|(program, words)| succeeds(program, words));
    tools.iter().filter(|tool| !is_there(tool)).map(|tool| Tool { ..*tool }).collect()
}

fn told(missing: &[Tool], packages: &[&str]) -> String {
    let names: Vec<_> = missing.iter().map(|tool| tool.name).collect();
    let packages = packages.join(" ");
    format!("there is no {}: `apt-get install --no-install-recommends {packages}`", names.join(", no "))
}

/// Whether this user may install packages: root, where there is `apt-get`.
fn may_install() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) && succeeds("apt-get", &["--version"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_its_packages() {
        let tool = |name, check| Tool { name, check, packages: &["thing", "libthing"] };
        let tools = [tool("a thing", &["false"]), tool("another", &["true"]), tool("a third", &["/no/such/program"])];
        let missing = missing(&tools);
        let told = told(&missing, &["thing", "libthing"]);
        assert!(told.contains("there is no a thing, no a third:") && told.ends_with("thing libthing`"), "{told}");
    }
}
