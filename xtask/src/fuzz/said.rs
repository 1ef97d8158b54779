//! What a fuzz target says while it runs (LLVM, "libFuzzer", "Output" and "Startup initialization").

use std::path::Path;

/// What stands in its last words.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Said {
    runs: u64,
    seconds: u64,
    coverage: u64,
    features: u64,
    /// The file with the input over which it crashed.
    input: Option<String>,
    /// What was wrong with that.
    wrong: Option<String>,
}

impl Said {
    /// Reads all that it said.
    pub(super) fn of(text: &str) -> Self {
        let mut said = Self::default();
        let mut panicked = false;
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let behind = |word: &str| {
                let at = words.iter().position(|other| *other == word)?;
                words.get(at + 1)?.parse::<u64>().ok()
            };
            said.coverage = behind("cov:").unwrap_or(said.coverage);
            said.features = behind("ft:").unwrap_or(said.features);
            match words.as_slice() {
                ["stat::number_of_executed_units:", runs] => said.runs = runs.parse().unwrap_or(0),
                ["Done", _, "runs", "in", seconds, ..] => said.seconds = seconds.parse().unwrap_or(0),
                [.., "Test", "unit", "written", "to", path] => said.input = Some((*path).to_owned()),
                _ if panicked || line.contains("SUMMARY: ") => {
                    said.wrong.get_or_insert_with(|| line.trim().to_owned());
                }
                _ => {}
            }
            panicked = line.contains("panicked at ");
        }
        said
    }

    /// A line of what it did.
    pub(super) fn told(&self) -> String {
        let Self { runs, seconds, coverage, features, .. } = self;
        let end = if self.input.is_some() { "a crash" } else { "no crash" };
        format!("{runs} runs in {seconds} s, coverage {coverage}, features {features}, {end}")
    }

    /// Where to look after a crash.
    pub(super) fn crash(&self, log: &Path) -> String {
        let wrong = self.wrong.as_deref().unwrap_or("it ended badly");
        let input = self.input.as_deref().unwrap_or("no input was kept");
        format!("{wrong}\n  input: {input}\n  all that it said: {}", log.display())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const END: &str = "#8\tpulse  cov: 6 ft: 7 corp: 1/1b lim: 4 exec/s: 2 rss: 40Mb\n\
        #3000\tDONE   cov: 2254 ft: 8120 corp: 70/1Kb lim: 4096 exec/s: 50 rss: 90Mb\n\
        Done 3000 runs in 61 second(s)\nstat::number_of_executed_units: 3000\n";

    #[test]
    fn figures_are_those_of_the_end() {
        let said = Said::of(END);
        assert_eq!(said.told(), "3000 runs in 61 s, coverage 2254, features 8120, no crash");
    }

    #[test]
    fn a_crash_is_told_with_its_words_and_its_input() {
        let crash = "thread '<unnamed>' panicked at src/csv.rs:7:5:\nrow 2 comes behind row 3\nnote: run with\n\
            SUMMARY: libFuzzer: deadly signal\n\
            artifact_prefix='found/'; Test unit written to found/crash-1\n";
        let said = Said::of(&format!("{END}{crash}"));
        assert!(said.told().ends_with("a crash"));
        let told = said.crash(Path::new("csv.log"));
        assert_eq!(told, "row 2 comes behind row 3\n  input: found/crash-1\n  all that it said: csv.log");
        let slow = Said::of("SUMMARY: libFuzzer: timeout\nartifact_prefix='./'; Test unit written to ./timeout-1");
        assert!(slow.crash(Path::new("log")).starts_with("SUMMARY: libFuzzer: timeout\n  input: ./timeout-1"));
    }
}
