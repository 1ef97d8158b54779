//! What holds of every list that was read, or refused.

use cprekey_core::ExposeSecret;
use cprekey_core::entry::{Entry, Task};
use cprekey_core::list::{self, Format, List, ListError, ListOptions, Source};
use cprekey_core::problem::Problem;

use crate::harmless::assert_harmless;

/// How the user calls the list.
const NAME: &str = "list";

/// Reads a list, and holds what comes of it to the laws of lists.
pub(crate) fn read(bytes: &[u8], options: &ListOptions) -> Result<List, ListError> {
    let source = Source::Bytes { name: NAME.to_owned(), bytes: bytes.to_vec().into() };
    match list::read(&source, options) {
        Ok(list) => {
            check(&list, options);
            Ok(list)
        }
        Err(error) => {
            refused(&error);
            Err(error)
        }
    }
}

/// A refusal names the list and says so on one harmless line.
fn refused(error: &ListError) {
    let said = error.to_string();
    assert!(said.starts_with(NAME), "{said}");
    assert_harmless(&said);
    assert_harmless(error.remedy().as_deref().unwrap_or_default());
}

fn check(list: &List, options: &ListOptions) {
    let facts = &list.facts;
    assert_eq!(facts.sheet.is_none(), facts.format == Format::Csv);
    for said in facts.warnings.iter().chain(&facts.sheet).chain(facts.columns.iter().filter_map(|c| c.header.as_ref()))
    {
        assert_harmless(said);
    }
    assert_eq!(facts.rows, list.entries.len());
    let repeats = list.entries.iter().filter(|entry| matches!(entry.task, Task::Repeat { .. })).count();
    assert_eq!(facts.repeats, repeats);
    let mut above = facts.header_row.unwrap_or(0);
    for entry in &list.entries {
        assert!(entry.row > above, "row {} comes behind row {above}", entry.row);
        above = entry.row;
        check_entry(entry, list, options);
    }
}

fn check_entry(entry: &Entry, list: &List, options: &ListOptions) {
    match &entry.task {
        Task::Change(passwords) => {
            assert!(entry.target.is_some(), "a change has a target");
            for password in passwords.all() {
                check_password(password.expose_secret(), options);
            }
        }
        Task::Repeat { first } => {
            let first = &list.entries[*first];
            assert!(first.row < entry.row && matches!(first.task, Task::Change(_)));
            assert!(first.target.is_some() && entry.target.is_some());
        }
        Task::Invalid(problems) => {
            assert!(!problems.is_empty(), "an invalid row says why");
            for problem in problems {
                check_problem(problem, entry, list);
            }
        }
        Task::Skipped(_) => {}
        Task::Settled(_) => panic!("no list that is read has a row that is settled"),
    }
}

fn check_password(password: &str, options: &ListOptions) {
    assert!(!password.is_empty() && !password.contains(char::is_control));
    let spaced = password.starts_with(char::is_whitespace) || password.ends_with(char::is_whitespace);
    assert!(options.allow_spaces || !spaced);
}

/// Every problem has its place, and no line break.
fn check_problem(problem: &Problem, entry: &Entry, list: &List) {
    let place = &problem.place;
    assert_eq!((place.file.as_str(), &place.sheet, place.row), (NAME, &list.facts.sheet, entry.row));
    for said in [problem.to_string(), problem.what.clone(), problem.remedy.clone()] {
        assert!(!said.is_empty());
        assert_harmless(&said);
    }
}
