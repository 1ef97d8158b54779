//! The page of faults as data: one line of a table for each number.

use anyhow::{Result, bail};

/// What can go wrong, and what shows that it does no harm.
#[derive(Debug, PartialEq)]
pub(super) struct Fault {
    /// Its number, such as `INP-05`.
    pub(super) number: String,
    /// What can go wrong.
    pub(super) what: String,
    /// What cprekey does.
    pub(super) answer: String,
    pub(super) proof: Proof,
}

/// What shows that a fault does no harm.
#[derive(Debug, PartialEq)]
pub(super) enum Proof {
    /// Tests, each as `path/of/file.rs::name`.
    Tests(Vec<String>),
    /// Why it cannot concern us.
    NoConcern(String),
}

/// The faults of the page, in its order.
///
/// # Errors
///
/// Names the line that is not `| number | what | answer | tests, or none: why |`.
pub(super) fn faults(text: &str) -> Result<Vec<Fault>> {
    text.lines().filter(|line| is_of_a_fault(line)).map(fault).collect()
}

/// Whether a line of the page begins with a number such as `INP-05`.
fn is_of_a_fault(line: &str) -> bool {
    let first = line.trim_start_matches(['|', ' ']);
    let bytes = first.as_bytes();
    line.starts_with('|')
        && bytes.len() > 6
        && bytes[..3].iter().all(u8::is_ascii_uppercase)
        && bytes[3] == b'-'
        && bytes[4..6].iter().all(u8::is_ascii_digit)
}

fn fault(line: &str) -> Result<Fault> {
    let cells: Vec<&str> = line.trim().trim_matches('|').split(" | ").map(str::trim).collect();
    let [number, what, answer, proof] = cells[..] else { bail!("not four cells: {line}") };
    if what.is_empty() || answer.is_empty() {
        bail!("an empty cell: {line}");
    }
    let proof = self::proof(proof).ok_or_else(|| anyhow::anyhow!("neither tests nor a reason: {line}"))?;
    Ok(Fault { number: number.to_owned(), what: what.to_owned(), answer: answer.to_owned(), proof })
}

fn proof(cell: &str) -> Option<Proof> {
    if let Some(reason) = cell.strip_prefix("none:") {
        let reason = reason.trim();
        return (reason.len() > 20).then(|| Proof::NoConcern(reason.to_owned()));
    }
    // Backticks stand around each name: the odd pieces are names.
    let names: Vec<String> = cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    (!names.is_empty()).then_some(Proof::Tests(names))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_tests_or_a_reason() {
        let page = "# Faults\n| number | what |\n|--|--|\n\
            | INP-05 | cells far apart | streamed | `a/b.rs::c`, `d.rs::e` |\n\
            | SEC-28 | weak generated passwords | nothing is generated | none: cprekey generates no passwords |\n";
        let faults = faults(page).unwrap();
        assert_eq!(faults[0].number, "INP-05");
        assert_eq!(faults[0].proof, Proof::Tests(vec!["a/b.rs::c".into(), "d.rs::e".into()]));
        assert_eq!(faults[1].proof, Proof::NoConcern("cprekey generates no passwords".into()));
    }

    #[test]
    fn a_line_that_says_nothing_is_refused() {
        for line in [
            "| INP-05 | what | answer | |",
            "| INP-05 | what | answer | none: no |",
            "| INP-05 | what | answer | a/b.rs::c |",
            "| INP-05 | what |  | `a.rs::b` |",
            "| INP-05 | what | `a.rs::b` |",
        ] {
            assert!(faults(line).is_err(), "{line}");
        }
    }
}
