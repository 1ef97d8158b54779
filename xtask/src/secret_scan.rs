//! `cargo xtask secret-scan`: every way by which a secret may get out of the programs, searched.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt as _;

use anyhow::{Context as _, Result, bail};

use crate::shell::{cargo, programs, say};
use crate::tools;

/// The variable that tells the tests where to note what they have looked at.
const TALLY: &str = "CPREKEY_SCAN_TALLY";

/// Builds the programs, and once more with the points at which they can be told to panic; then has everything searched, and says the sum.
/// Further arguments go to the test program.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() != 0) {
        bail!("only root sees all that the programs do, because they shut others out: run it as root, or with sudo");
    }
    tools::prepare()?;
    say("secret-scan: building the programs, with points to panic at and as they are");
    cargo(&["build", "--workspace", "--bins", "--features", "cprekey/failpoints,cprekey-cpapi2/failpoints"], &[])?;
    set_aside()?;
    cargo(&["build", "--workspace", "--bins"], &[])?;
    let tally = env::temp_dir().join(format!("cprekey-scan-{}", std::process::id()));
    let test = ["test", "--package", "cprekey-tests", "--test", "secret_scan", "--"];
    let arguments: Vec<_> = test.into_iter().chain(arguments.iter().map(String::as_str)).collect();
    let ended = cargo(&arguments, &[(TALLY, tally.to_str().context("the temporary folder's path is not UTF-8")?)]);
    let sum = Sum::of(&fs::read_to_string(&tally).unwrap_or_default());
    let _there_is_none = fs::remove_file(&tally);
    say(&format!("secret-scan: {sum}"));
    ended
}

/// Copies the programs to where the tests look for those with points to panic at. A target folder of their own would build every library once
/// more.
fn set_aside() -> Result<()> {
    let built = programs()?;
    let aside = built.with_file_name("failpoints").join("debug");
    fs::create_dir_all(&aside).with_context(|| format!("{} cannot be made", aside.display()))?;
    for program in ["cprekey", "cprekey-cpapi2"] {
        let copy = aside.join(program);
        // One that is there may be running.
        let _there_is_none = fs::remove_file(&copy);
        fs::copy(built.join(program), &copy).with_context(|| format!("{} cannot be written", copy.display()))?;
    }
    Ok(())
}

/// What all tests together noted.
#[derive(Debug, Default, Eq, PartialEq)]
struct Sum {
    places: usize,
    leaks: usize,
    found: usize,
    planted: usize,
}

impl Sum {
    fn of(tally: &str) -> Self {
        tally.lines().fold(Self::default(), Self::with)
    }

    fn with(mut self, line: &str) -> Self {
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["looked", places, leaks] => {
                self.places += places.parse::<usize>().unwrap_or_default();
                self.leaks += leaks.parse::<usize>().unwrap_or_default();
            }
            ["planted", found] => {
                self.planted += 1;
                self.found += usize::from(found == "found");
            }
            _ => {}
        }
        self
    }
}

impl std::fmt::Display for Sum {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { places, leaks, found, planted } = self;
        write!(formatter, "{places} places looked at, {leaks} leaks; {found} of {planted} planted leaks found")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_of_all_tests() {
        let sum = Sum::of("looked 10 0\nplanted found\nlooked 5 2\nplanted missed\nplanted found\n");
        assert_eq!(sum, Sum { places: 15, leaks: 2, found: 2, planted: 3 });
        assert_eq!(sum.to_string(), "15 places looked at, 2 leaks; 2 of 3 planted leaks found");
    }
}
