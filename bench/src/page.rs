//! `docs/BENCHMARKS.md`. What is measured stands between marks, and is replaced work by work; what people write around them stays.

use std::fs;

use anyhow::{Context as _, Result};
use jiff::Timestamp;

use crate::bench::Bench;
use crate::machine::Machine;
use crate::shell::say;
use crate::work::Work;

/// The page, from the project's root.
const PAGE: &str = "docs/BENCHMARKS.md";

/// The name of the part that says on what it was measured.
const MACHINE: &str = "machine";

/// What stands in the place of figures that were measured on another machine, or by another compiler.
const ELSEWHERE: &str = "Not measured on this machine yet.";

/// Writes what was found in one work. Where the machine is not that of the page, the figures of all others are taken out of it.
///
/// # Errors
///
/// Where the page cannot be read or written.
pub(crate) fn write(bench: &Bench, machine: &Machine, work: &Work, table: &str) -> Result<()> {
    let path = Bench::root().join(PAGE);
    let page = fs::read_to_string(&path).unwrap_or_else(|_| "# Benchmarks\n\n## The machine\n".to_owned());
    let date = Timestamp::now().to_string();
    let date = date.split('T').next().unwrap_or_default();
    let command = format!(
        "Measured on {date} by `cargo xtask bench {}`: {} rounds, unless a line says another number.",
        work.name, bench.rounds
    );
    let page = with_machine(&page, &machine.text());
    let page = with_part(&page, work.name, &work.heading(), &format!("{table}\n{command}"));
    fs::write(&path, page).with_context(|| format!("{PAGE} cannot be written"))?;
    say(&format!("written into {PAGE}"));
    Ok(())
}

/// The page of this machine.
fn with_machine(page: &str, machine: &str) -> String {
    let is_the_same = part(page, MACHINE).is_some_and(|(_, of_the_page, _)| of_the_page.trim() == machine);
    let mut page = with_part(page, MACHINE, "## The machine", machine);
    if !is_the_same {
        for name in names(&page).into_iter().filter(|name| name != MACHINE) {
            page = with_part(&page, &name, "", ELSEWHERE);
        }
    }
    page
}

/// The page with this text in the part of this name. Where there is no such part, it stands at the end, below this heading.
fn with_part(page: &str, name: &str, heading: &str, text: &str) -> String {
    let (begin, end) = marks(name);
    let text = text.trim_end();
    match part(page, name) {
        Some((before, _, after)) => format!("{before}{begin}\n\n{text}\n\n{end}{after}"),
        None if page.contains(&format!("{heading}\n")) => {
            page.replacen(&format!("{heading}\n"), &format!("{heading}\n\n{begin}\n\n{text}\n\n{end}\n"), 1)
        }
        None => format!("{}\n\n{heading}\n\n{begin}\n\n{text}\n\n{end}\n", page.trim_end()),
    }
}

/// What stands before the part of this name, in it, and after it.
fn part<'a>(page: &'a str, name: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let (begin, end) = marks(name);
    let (before, rest) = page.split_once(&begin)?;
    let (within, after) = rest.split_once(&end)?;
    Some((before, within, after))
}

/// The names of all parts.
fn names(page: &str) -> Vec<String> {
    let name = |line: &str| Some(line.strip_prefix("<!-- ")?.strip_suffix(":begin -->")?.to_owned());
    page.lines().filter_map(name).collect()
}

fn marks(name: &str) -> (String, String) {
    (format!("<!-- {name}:begin -->"), format!("<!-- {name}:end -->"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of the machine `A`, with two works and what was written below the first.
    fn page() -> String {
        let page = with_machine("# Benchmarks\n\nWords.\n\n## The machine\n", "- processor: A");
        let page = with_part(&page, "workbook", "## 1. Workbooks", "| 1.05 |\n");
        with_part(&format!("{page}\nWhy it is so.\n"), "csv", "## 2. CSV", "| 2.4 |")
    }

    #[test]
    fn a_part_is_replaced_and_the_rest_stays() {
        let new = with_part(&page(), "workbook", "## 1. Workbooks", "| 1.01 |");
        assert_eq!(new, page().replace("| 1.05 |", "| 1.01 |"));
        assert_eq!(with_part(&new, "workbook", "## 1. Workbooks", "| 1.05 |"), page());
    }

    #[test]
    fn a_part_that_is_not_there_yet_stands_below_its_heading_or_at_the_end() {
        assert!(page().starts_with("# Benchmarks\n\nWords.\n\n## The machine\n\n<!-- machine:begin -->\n"));
        assert!(page().ends_with("Why it is so.\n\n## 2. CSV\n\n<!-- csv:begin -->\n\n| 2.4 |\n\n<!-- csv:end -->\n"));
    }

    #[test]
    fn another_machine_takes_the_figures_of_the_first_away() {
        assert_eq!(with_machine(&page(), "- processor: A"), page());
        let other = with_machine(&page(), "- processor: B");
        let expected = page().replace(": A", ": B").replace("| 1.05 |", ELSEWHERE).replace("| 2.4 |", ELSEWHERE);
        assert_eq!(other, expected);
        assert_eq!(names(&other), ["machine", "workbook", "csv"]);
    }
}
