//! How much of a list is kept in memory while it is read: a small file can ask for a great deal of it.

use secrecy::ExposeSecret;

use super::error::ListErrorKind;
use crate::entry::{Entry, Task};
use crate::problem::Problem;
use crate::target::Target;

/// The most rows that a list may have: as many as a sheet of Excel.
pub(super) const MOST_ROWS: u64 = 1_048_576;

/// The most problems that are told; nobody reads more, and each takes some hundred bytes.
const MOST_PROBLEMS: usize = 100_000;

/// The bytes of names and passwords that any list may have, and those that it may have besides for each of its rows. One long text of a
/// workbook can be the password of every row.
const FREE_TEXT: u64 = 16 << 20;
const TEXT_OF_A_ROW: u64 = 128;

/// What was kept so far.
#[derive(Default)]
pub(super) struct Kept {
    rows: u64,
    text: u64,
    problems: usize,
    /// The first thing that is wrong with the list.
    first: Option<Problem>,
}

impl Kept {
    /// Counts a row.
    ///
    /// # Errors
    ///
    /// Where it is one too many, or too long for so many.
    pub(super) fn add(&mut self, entry: &Entry) -> Result<(), ListErrorKind> {
        self.rows += 1;
        if self.rows > MOST_ROWS {
            return Err(ListErrorKind::TooBig("it has more than 1,048,576 rows"));
        }
        self.text = self.text.saturating_add(text(entry));
        if self.text > FREE_TEXT.saturating_add(self.rows.saturating_mul(TEXT_OF_A_ROW)) {
            return Err(ListErrorKind::TooBig("its passwords are too long for so many rows"));
        }
        match &entry.task {
            Task::Invalid(problems) => self.add_problems(problems),
            _ => Ok(()),
        }
    }

    /// Counts what is wrong with a row.
    ///
    /// # Errors
    ///
    /// Where that is more than anybody would read.
    pub(super) fn add_problems(&mut self, problems: &[Problem]) -> Result<(), ListErrorKind> {
        self.problems = self.problems.saturating_add(problems.len());
        if self.first.is_none() {
            self.first = problems.first().cloned();
        }
        match self.first.take_if(|_| self.problems > MOST_PROBLEMS) {
            Some(first) => Err(ListErrorKind::Hopeless { first: Box::new(first) }),
            None => Ok(()),
        }
    }
}

fn text(entry: &Entry) -> u64 {
    let name = match &entry.target {
        Some(Target::Mailbox(address)) => address.as_str().len(),
        _ => 0,
    };
    let passwords = match &entry.task {
        Task::Change(passwords) => {
            let old = passwords.old.as_ref().map_or(0, |old| old.expose_secret().len());
            passwords.new.expose_secret().len() + old
        }
        Task::Repeat { .. } | Task::Invalid(_) | Task::Skipped(_) | Task::Settled(_) => 0,
    };
    u64::try_from(name + passwords).unwrap_or(u64::MAX)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::address::Address;
    use crate::place::Place;
    use crate::reason::Reason;

    fn change(password: &str) -> Entry {
        let target = Some(Address::parse("anna@example.com").unwrap().into());
        Entry { row: 2, target, account: None, task: Task::Change(secrecy::SecretString::from(password).into()) }
    }

    fn problem(row: u32) -> Problem {
        let place = Place { file: "list.csv".into(), sheet: None, row, column: None };
        Problem { place, reason: Reason::NoPassword, what: "it is bad".into(), remedy: "mend it".into() }
    }

    /// The first row, from 1, that is one too many of this kind, and why.
    fn ends_at(entry: impl Fn() -> Entry) -> (u64, String) {
        let mut kept = Kept::default();
        loop {
            if let Err(error) = kept.add(&entry()) {
                return (kept.rows, error.to_string());
            }
        }
    }

    /// INP-37: as many rows as a sheet can have, and no more: a text of 256 MiB has room for a hundred million.
    #[test]
    fn a_list_has_as_many_rows_as_a_sheet() {
        let skipped = || Entry { row: 2, target: None, account: None, task: Task::Skipped(Reason::Filtered) };
        assert_eq!(
            ends_at(skipped),
            (MOST_ROWS + 1, "it is too big for a list: it has more than 1,048,576 rows".into())
        );
    }

    /// INP-03: one long text of the shared table may stand in every row.
    #[test]
    fn a_long_password_may_not_stand_in_every_row() {
        let long = "x".repeat(32_767);
        let (row, error) = ends_at(|| change(&long));
        assert!((500..600).contains(&row) && error.contains("too long for so many rows"), "{row}: {error}");
        let mut kept = Kept::default();
        for _ in 0..200_000 {
            kept.add(&change("an ordinary password of some length, or a sentence of several words")).unwrap();
        }
    }

    #[test]
    fn a_list_that_is_wrong_throughout_is_given_up_with_what_is_wrong_first() {
        let mut kept = Kept::default();
        kept.add_problems(&[problem(7)]).unwrap();
        for row in 8..100_007 {
            kept.add_problems(&[problem(row)]).unwrap();
        }
        let error = kept.add_problems(&[problem(100_008)]).unwrap_err().in_file("list.csv");
        assert_eq!(
            error.to_string(),
            "list.csv: more than 100,000 things are wrong with its rows; the first, list.csv:7: it is bad"
        );
        assert_eq!(error.remedy().as_deref(), Some("mend it"));
    }
}
