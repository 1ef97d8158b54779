//! Which fuzz targets there are.

use anyhow::{Context as _, Result};

/// A fuzz target: a program of `fuzz/fuzz_targets`, with seeds in `fuzz/seeds` and a dictionary in `fuzz/dictionaries` of the same name.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    /// Files that are seeds too.
    pub(super) fixtures: Option<Fixtures>,
    /// How many bytes an input has at most.
    pub(super) longest: usize,
}

/// Files of the project that are seeds of a target once there are some zero bytes before them: as many as the target takes for its options.
#[derive(Clone, Copy)]
pub(super) struct Fixtures {
    pub(super) folder: &'static str,
    /// How their names end; an empty one is every name's.
    pub(super) endings: &'static [&'static str],
    pub(super) options: usize,
}

const TARGETS: &[Target] = &[
    Target {
        name: "workbook",
        fixtures: Some(Fixtures { folder: "fixtures/lists", endings: &[".xlsx", ".xls", ".ods", ".xlsb"], options: 2 }),
        longest: 32 << 10,
    },
    Target {
        name: "csv",
        fixtures: Some(Fixtures { folder: "fixtures/lists", endings: &[".csv"], options: 2 }),
        longest: 4 << 10,
    },
    Target {
        name: "answers",
        fixtures: Some(Fixtures { folder: "fixtures/answers", endings: &[""], options: 3 }),
        longest: 4 << 10,
    },
    Target { name: "terminal_text", fixtures: None, longest: 256 },
    Target { name: "report_round_trip", fixtures: None, longest: 4 << 10 },
];

/// The targets of these names, or all of them.
pub(super) fn chosen(names: &[String]) -> Result<Vec<&'static Target>> {
    if names.is_empty() {
        return Ok(TARGETS.iter().collect());
    }
    let known = || TARGETS.iter().map(|target| target.name).collect::<Vec<_>>().join(", ");
    let find = |name: &String| {
        let target = TARGETS.iter().find(|target| target.name == name);
        target.with_context(|| format!("there is no fuzz target {name}; there are {}", known()))
    };
    names.iter().map(find).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::corpus;
    use super::*;
    use crate::shell::root;

    #[test]
    fn every_target_has_a_program_seeds_and_a_dictionary() {
        let fuzz = root().join("fuzz");
        for target in TARGETS {
            assert!(fuzz.join(format!("fuzz_targets/{}.rs", target.name)).is_file(), "{}", target.name);
            assert!(corpus::dictionary(target).is_file(), "{}", target.name);
            assert!(corpus::seeds(target).unwrap().len() >= 3, "{}", target.name);
        }
        let programs = fuzz.join("fuzz_targets").read_dir().unwrap().count();
        assert_eq!(programs, TARGETS.len());
    }

    #[test]
    fn a_target_that_is_not_there_is_told_with_those_that_are() {
        let error = chosen(&["books".to_owned()]).err().unwrap().to_string();
        assert!(error.contains("books") && error.contains("workbook, csv"), "{error}");
        assert_eq!(chosen(&[]).unwrap().len(), TARGETS.len());
    }
}
