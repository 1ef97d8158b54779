//! The fixtures, with the entries that each must give; and what is written must come back byte for byte.

mod binary;
mod fixtures;
mod handmade;
mod roundtrips;

use std::path::PathBuf;

use secrecy::ExposeSecret;

use super::{List, ListError, ListOptions, Source, read};
use crate::entry::{Entry, Task};

fn fixture(name: &str) -> Source {
    Source::File(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/lists")).join(name))
}

fn read_fixture(name: &str, options: &ListOptions) -> Result<List, ListError> {
    read(&fixture(name), options)
}

fn read_bytes(bytes: &[u8], options: &ListOptions) -> Result<List, ListError> {
    read(&Source::Bytes { name: "-".into(), bytes: bytes.to_vec().into() }, options)
}

/// One line an entry: `2 anna@example.com = PASSWORD`, `3 - ! no-address@A3, …`, `4 … repeats 0`, `5 … skipped filtered`.
fn lines(list: &List) -> Vec<String> {
    list.entries.iter().map(line).collect()
}

fn line(entry: &Entry) -> String {
    let target = entry.target.as_ref().map_or("-", |target| target.as_str());
    let task = match &entry.task {
        Task::Change(passwords) => format!("= {}", passwords.new.expose_secret()),
        Task::Repeat { first } => format!("repeats {first}"),
        Task::Skipped(reason) => format!("skipped {reason}"),
        Task::Invalid(problems) => {
            let problems: Vec<String> = problems
                .iter()
                .map(|problem| {
                    let column = problem.place.column.map_or(String::new(), crate::place::column_letters);
                    assert_eq!(problem.place.row, entry.row);
                    assert!(!problem.remedy.is_empty());
                    format!("{}@{column}", problem.reason)
                })
                .collect();
            format!("! {}", problems.join(" "))
        }
    };
    format!("{} {target} {task}", entry.row)
}
