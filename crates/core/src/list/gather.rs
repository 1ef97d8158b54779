//! From single rows to a list: repeats, conflicts, and the limit.

use std::collections::BTreeMap;
use std::hash::BuildHasher as _;

use hashbrown::DefaultHashBuilder;
use hashbrown::hash_table::{self, HashTable};
use secrecy::ExposeSecret;

use super::error::ListErrorKind;
use super::flaw::{Difference, Flaw};
use super::kept::{Kept, MOST_ROWS};
use crate::change::Passwords;
use crate::entry::{Entry, Task};
use crate::failpoint::failpoint;
use crate::problem::Problem;
use crate::reason::Reason;

/// How many rows a conflict names at most.
const NAMED_ROWS: usize = 8;

/// So many entries are looked up at a time: a large table's memory answers several questions that follow each other at once in little more
/// time than one.
const TOGETHER: usize = 64;

/// The entries so far, and where each target first stands.
#[derive(Default)]
pub(super) struct Gathered {
    entries: Vec<Entry>,
    /// So many of them were looked up among those before them.
    settled: usize,
    first: Firsts,
    /// For an entry that others repeat: which ones.
    repeats: BTreeMap<usize, Vec<usize>>,
    /// The entries that are repeated with something else than they have, and what that is.
    conflicts: BTreeMap<usize, Difference>,
    kept: Kept,
}

impl Gathered {
    /// Makes room for so many entries at once, since what grows is copied again and again.
    pub(super) fn expect(&mut self, rows: usize) {
        let rows = rows.min(usize::try_from(MOST_ROWS).unwrap_or(usize::MAX));
        self.entries.reserve(rows);
        self.first.places.reserve(rows, |(own, _)| whole(*own));
    }

    /// Adds an entry.
    ///
    /// # Errors
    ///
    /// As [`Gathered::settle`].
    pub(super) fn push(&mut self, entry: Entry) -> Result<(), ListErrorKind> {
        failpoint("list-gather", b"");
        self.entries.push(entry);
        if self.entries.len() - self.settled < TOGETHER { Ok(()) } else { self.settle() }
    }

    /// Settles the entries that were added: where an earlier one changes the same target, an entry becomes its repeat.
    ///
    /// # Errors
    ///
    /// Where the list takes more room than any list may.
    pub(super) fn settle(&mut self) -> Result<(), ListErrorKind> {
        let new = self.settled..self.entries.len();
        self.settled = new.end;
        let hashes: Vec<Option<u32>> = self.entries[new.clone()].iter().map(|entry| self.first.hash(entry)).collect();
        let find = |(index, hash): (usize, Option<u32>)| self.first.of(hash?, index, &self.entries);
        let firsts: Vec<Option<usize>> = new.clone().zip(hashes).map(find).collect();
        for (index, first) in new.zip(firsts) {
            if let Some(first) = first {
                self.repeat(index, first);
            }
            self.kept.add(&self.entries[index])?;
        }
        Ok(())
    }

    fn repeat(&mut self, index: usize, first: usize) {
        self.repeats.entry(first).or_default().push(index);
        if let Some(found) = difference(&self.entries[first], &self.entries[index]) {
            self.conflicts.entry(first).and_modify(|known| *known = found.min(*known)).or_insert(found);
        }
        self.entries[index].task = Task::Repeat { first };
    }

    /// Ends the list: conflicts become problems, which `problem` words; what is beyond the limit is skipped.
    ///
    /// # Errors
    ///
    /// Where more is wrong with the list than anybody would read.
    pub(super) fn finish(
        mut self,
        limit: Option<usize>,
        problem: impl Fn(&Entry, &Flaw) -> Problem,
    ) -> Result<Vec<Entry>, ListErrorKind> {
        self.settle()?;
        for (first, difference) in std::mem::take(&mut self.conflicts) {
            let mut group = vec![first];
            group.extend(self.repeats.remove(&first).unwrap_or_default());
            let rows: Vec<u32> = group.iter().map(|index| self.entries[*index].row).collect();
            for index in group {
                let entry = &mut self.entries[index];
                let flaw = Flaw::Conflict(difference, other_rows(&rows, entry.row));
                let problems = vec![problem(entry, &flaw)];
                self.kept.add_problems(&problems)?;
                entry.task = Task::Invalid(problems);
            }
        }
        if let Some(limit) = limit {
            skip_beyond(limit, &mut self.entries);
        }
        Ok(self.entries)
    }
}

/// Where each target first stands. It keeps no targets of its own, which would take as much memory as all entries.
#[derive(Default)]
struct Firsts {
    /// Each with half of its target's hash, by which it is put elsewhere where the table grows.
    places: HashTable<(u32, u32)>,
    hasher: DefaultHashBuilder,
}

impl Firsts {
    /// Half of the hash of an entry's target; of changes alone, since nothing else has repeats.
    #[expect(clippy::cast_possible_truncation, reason = "half of it is wanted")]
    fn hash(&self, entry: &Entry) -> Option<u32> {
        let is_change = entry.target.is_some() && matches!(entry.task, Task::Change(_));
        is_change.then(|| self.hasher.hash_one(&entry.target) as u32)
    }

    /// The earlier entry of the same target as the one with this hash; where there is none, that one is the first.
    #[expect(clippy::cast_possible_truncation, reason = "no list has 4 billion entries")]
    fn of(&mut self, half: u32, index: usize, entries: &[Entry]) -> Option<usize> {
        let target = &entries[index].target;
        let is_same = |(own, first): &(u32, u32)| *own == half && entries[*first as usize].target == *target;
        match self.places.entry(whole(half), is_same, |(own, _)| whole(*own)) {
            hash_table::Entry::Occupied(first) => Some(first.get().1 as usize),
            hash_table::Entry::Vacant(vacant) => {
                vacant.insert((half, index as u32));
                None
            }
        }
    }
}

/// A hash of which both halves are this one: the table looks at both ends of it.
fn whole(half: u32) -> u64 {
    u64::from(half) << 32 | u64::from(half)
}

/// In what two changes of one target differ.
fn difference(one: &Entry, other: &Entry) -> Option<Difference> {
    match (&one.task, &other.task) {
        (Task::Change(own), Task::Change(new)) => {
            different_passwords(own, new).or_else(|| (one.account != other.account).then_some(Difference::Account))
        }
        _ => None,
    }
}

fn old(passwords: &Passwords) -> Option<&str> {
    passwords.old.as_ref().map(ExposeSecret::expose_secret)
}

fn different_passwords(one: &Passwords, other: &Passwords) -> Option<Difference> {
    if one.new.expose_secret() != other.new.expose_secret() {
        return Some(Difference::Password);
    }
    (old(one) != old(other)).then_some(Difference::OldPassword)
}

/// The rows of a conflict but one, as a phrase; a group can be as long as the list, so no more of it is looked at than is named.
fn other_rows(rows: &[u32], own: u32) -> String {
    let named: Vec<String> = rows.iter().filter(|row| **row != own).take(NAMED_ROWS).map(ToString::to_string).collect();
    match (rows.len().saturating_sub(1 + named.len()), named.as_slice()) {
        (0, [one]) => format!("row {one}"),
        (0, some) => format!("rows {}", some.join(", ")),
        (more, some) => format!("rows {} and {more} more", some.join(", ")),
    }
}

fn skip_beyond(limit: usize, entries: &mut [Entry]) {
    let mut changes = 0;
    for index in 0..entries.len() {
        let beyond = match entries[index].task {
            Task::Change(_) => {
                changes += 1;
                changes > limit
            }
            Task::Repeat { first } => matches!(entries[first].task, Task::Skipped(_)),
            Task::Invalid(_) | Task::Skipped(_) | Task::Settled(_) => false,
        };
        if beyond {
            entries[index].task = Task::Skipped(Reason::OverLimit);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::account::AccountName;
    use crate::address::Address;
    use crate::place::Place;

    fn change(row: u32, address: &str, password: &str) -> Entry {
        let target = Some(Address::parse(address).unwrap().into());
        Entry { row, target, account: None, task: Task::Change(SecretString::from(password).into()) }
    }

    fn with_old(old: &str, mut entry: Entry) -> Entry {
        if let Task::Change(passwords) = &mut entry.task {
            passwords.old = Some(old.into());
        }
        entry
    }

    fn account(row: u32, name: &str, password: &str) -> Entry {
        Entry { target: Some(AccountName::parse(name).unwrap().into()), ..change(row, "x@example.com", password) }
    }

    fn owned(owner: &str, entry: Entry) -> Entry {
        Entry { account: Some(AccountName::parse(owner).unwrap()), ..entry }
    }

    fn problem(entry: &Entry, flaw: &Flaw) -> Problem {
        let place = Place { file: "list.csv".into(), sheet: None, row: entry.row, column: None };
        let Flaw::Conflict(difference, rows) = flaw else { unreachable!() };
        let what = if *difference == Difference::Password { rows.clone() } else { format!("{rows}: {difference:?}") };
        Problem { place, reason: Reason::Conflict, what, remedy: String::new() }
    }

    /// Each entry as a word: `change`, `repeat 0`, `row 3` for a conflict with it, a reason.
    fn words(entries: Vec<Entry>, limit: Option<usize>) -> Vec<String> {
        let mut gathered = Gathered::default();
        for entry in entries {
            gathered.push(entry).unwrap();
        }
        let word = |entry: &Entry| match &entry.task {
            Task::Change(_) => "change".to_owned(),
            Task::Repeat { first } => format!("repeat {first}"),
            Task::Invalid(problems) => problems[0].what.clone(),
            Task::Skipped(reason) => reason.to_string(),
            Task::Settled(line) => line.outcome.to_string(),
        };
        gathered.finish(limit, problem).unwrap().iter().map(word).collect()
    }

    #[test]
    fn one_password_twice_is_a_repeat_and_two_are_a_conflict() {
        let list = vec![
            change(2, "anna@example.com", "a"),
            change(3, "ANNA@example.com", "a"),
            change(4, "bob@example.com", "a"),
            change(5, "bob@example.com", "b"),
            change(6, "bob@example.com", "a"),
        ];
        assert_eq!(words(list, None), ["change", "repeat 0", "rows 5, 6", "rows 4, 6", "rows 4, 5"]);
    }

    #[test]
    fn a_mailbox_and_an_account_are_two_targets() {
        let mut list = vec![change(2, "shop@example.com", "a"), account(3, "shop", "b"), account(4, "SHOP", "b")];
        list.push(owned("shop", change(5, "anna@example.com", "a")));
        list.push(owned("shop", change(6, "anna@example.com", "a")));
        list.push(with_old("o", account(7, "blog", "b")));
        list.push(with_old("o", account(8, "blog", "b")));
        assert_eq!(words(list, None), ["change", "change", "repeat 1", "change", "repeat 3", "change", "repeat 5"]);
    }

    #[test]
    fn one_password_with_another_old_password_or_account_is_a_conflict() {
        let mail = |row| change(row, "anna@example.com", "a");
        for (one, other, named) in [
            (account(2, "shop", "a"), with_old("o", account(3, "shop", "a")), "OldPassword"),
            (with_old("p", account(2, "shop", "a")), with_old("o", account(3, "shop", "a")), "OldPassword"),
            (mail(2), owned("shop", mail(3)), "Account"),
            (owned("blog", mail(2)), owned("shop", mail(3)), "Account"),
        ] {
            assert_eq!(words(vec![one, other], None), [format!("row 3: {named}"), format!("row 2: {named}")]);
        }
    }

    #[test]
    fn rows_that_differ_in_more_conflict_over_the_password() {
        let mail = |row| change(row, "anna@example.com", "a");
        let list = vec![mail(2), owned("shop", mail(3)), change(4, "anna@example.com", "b"), owned("blog", mail(5))];
        assert_eq!(words(list, None)[0], "rows 3, 4, 5");
    }

    #[test]
    fn a_long_conflict_names_some_rows() {
        let list = (2..=12).map(|row| change(row, "anna@example.com", &row.to_string())).collect();
        assert_eq!(words(list, None)[0], "rows 3, 4, 5, 6, 7, 8, 9, 10 and 2 more");
    }

    /// INP-10: no list makes the conflicts of a target a matter of its length squared.
    #[test]
    fn a_conflict_of_a_whole_list_is_soon_told() {
        let list = (2..50_002).map(|row| change(row, "anna@example.com", &row.to_string())).collect();
        assert_eq!(words(list, None)[49_999], "rows 2, 3, 4, 5, 6, 7, 8, 9 and 49991 more");
    }

    #[test]
    fn the_limit_counts_changes_and_repeats_follow_their_first() {
        let list = vec![
            change(2, "anna@example.com", "a"),
            change(3, "bob@example.com", "a"),
            change(4, "anna@example.com", "a"),
            change(5, "bob@example.com", "a"),
            change(6, "eve@example.com", "a"),
            change(7, "eve@example.com", "b"),
        ];
        assert_eq!(words(list, Some(1)), ["change", "over-limit", "repeat 0", "over-limit", "row 7", "row 6"]);
    }
}
