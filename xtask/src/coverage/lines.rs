//! Which lines of a file the tests run.

use std::collections::BTreeMap;

/// The lines of one file that can be run, by number, and whether a test runs them.
pub(super) type Lines = BTreeMap<usize, bool>;

/// Reads a tracefile (lcov, geninfo(1), "TRACEFILE FORMAT"): for each file, under its full path, the lines that can be run.
pub(super) fn by_file(tracefile: &str) -> BTreeMap<String, Lines> {
    let mut files: BTreeMap<String, Lines> = BTreeMap::new();
    let mut current = None;
    for record in tracefile.lines() {
        match record.split_once(':') {
            Some(("SF", path)) => current = Some(files.entry(path.to_owned()).or_default()),
            Some(("DA", line)) => {
                let numbers = line.split_once(',').and_then(|(line, runs)| Some((line.parse().ok()?, runs)));
                if let (Some(lines), Some((line, runs))) = (&mut current, numbers) {
                    *lines.entry(line).or_default() |= runs != "0";
                }
            }
            _ => {}
        }
    }
    files
}

/// Only what stands above the tests, which are the last thing in a file.
pub(super) fn without_tests(mut lines: Lines, text: &str) -> Lines {
    let tests = text.lines().position(|line| line == "mod tests {").map_or(usize::MAX, |index| index + 1);
    lines.split_off(&tests);
    lines
}

/// How much of something was met.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Share {
    pub(super) met: usize,
    pub(super) all: usize,
}

impl Share {
    pub(super) fn of(lines: &Lines) -> Self {
        Self { met: lines.values().filter(|is_run| **is_run).count(), all: lines.len() }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.met += other.met;
        self.all += other.all;
    }

    /// In tenths of a percent, rounded down; all of nothing is nothing.
    pub(super) fn per_mille(self) -> usize {
        (self.met * 1000).checked_div(self.all).unwrap_or(0)
    }
}

/// The lines that no test runs, as `3, 7-9`.
pub(super) fn missing(lines: &Lines) -> String {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (line, is_run) in lines {
        match spans.last_mut() {
            Some((_, end)) if open && !is_run => *end = *line,
            _ if !is_run => spans.push((*line, *line)),
            _ => {}
        }
        open = !is_run;
    }
    let spans = spans.into_iter().map(|(from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") });
    spans.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACEFILE: &str = "SF:/p/a.rs\nFN:1,main\nDA:1,3\nDA:2,0\nDA:4,0\nDA:5,1\nDA:9,0\nDA:12,7\nLF:6\nend_of_record\nSF:/p/b.rs\nDA:1,0\nend_of_record\n";

    #[test]
    fn lines_are_those_of_their_file() {
        let files = by_file(TRACEFILE);
        assert_eq!(files.keys().collect::<Vec<_>>(), ["/p/a.rs", "/p/b.rs"]);
        assert_eq!(Share::of(&files["/p/a.rs"]), Share { met: 3, all: 6 });
        assert_eq!(Share::of(&files["/p/b.rs"]), Share { met: 0, all: 1 });
        assert_eq!(missing(&files["/p/a.rs"]), "2-4, 9");
    }

    #[test]
    fn tests_do_not_count() {
        let text = "fn a() {}\n\nfn b() {}\n\n//\n\n\n\n#[cfg(test)]\nmod tests {\n    fn c() {}\n    fn d() {}\n}\n";
        let lines = by_file(TRACEFILE).remove("/p/a.rs").unwrap_or_default();
        assert_eq!(without_tests(lines.clone(), text).into_keys().collect::<Vec<_>>(), [1, 2, 4, 5, 9]);
        assert_eq!(without_tests(lines, "fn a() {}\n").len(), 6);
    }

    #[test]
    fn shares_are_rounded_down() {
        let mut share = Share { met: 94, all: 95 };
        share.add(Share { met: 0, all: 4 });
        assert_eq!(share.per_mille(), 949);
        assert_eq!(Share::default().per_mille(), 0);
    }
}
