//! The fixtures, with the entries that each must give; and what is written must come back byte for byte.

mod accounts;
mod binary;
mod fixtures;
mod forms;
mod handmade;
mod hostile;
mod roundtrips;
mod unseen;

use std::path::PathBuf;

use secrecy::ExposeSecret;

use super::{List, ListError, ListOptions, Source, read};
use crate::change::Passwords;
use crate::entry::{Entry, Task};
use crate::target::Target;

fn fixture(name: &str) -> Source {
    Source::File(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/lists")).join(name))
}

fn read_fixture(name: &str, options: &ListOptions) -> Result<List, ListError> {
    read(&fixture(name), options)
}

fn read_bytes(bytes: &[u8], options: &ListOptions) -> Result<List, ListError> {
    read(&Source::Bytes { name: "-".into(), bytes: bytes.to_vec().into() }, options)
}

/// One line an entry: `2 anna@example.com = PASSWORD`, `3 - ! no-address@A3, …`, `4 … repeats 0`, `5 … skipped filtered`. An account
/// stands as `account shop`, its old password as `= NEW (was OLD)`, the account of a mailbox as `anna@example.com of shop`.
fn lines(list: &List) -> Vec<String> {
    list.entries.iter().map(line).collect()
}

fn line(entry: &Entry) -> String {
    let mut target = match &entry.target {
        None => "-".to_owned(),
        Some(Target::Mailbox(address)) => address.to_string(),
        Some(Target::Account(name)) => format!("account {name}"),
    };
    if let Some(owner) = &entry.account {
        target = format!("{target} of {owner}");
    }
    let task = match &entry.task {
        Task::Change(Passwords { new, old: None }) => format!("= {}", new.expose_secret()),
        Task::Change(Passwords { new, old: Some(old) }) => {
            format!("= {} (was {})", new.expose_secret(), old.expose_secret())
        }
        Task::Repeat { first } => format!("repeats {first}"),
        Task::Skipped(reason) => format!("skipped {reason}"),
        Task::Settled(line) => format!("settled {}", line.outcome),
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
