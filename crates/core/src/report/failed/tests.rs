//! The list of failed rows, read back, and who may read it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;

use super::{FailedList, longest_record, put_record};
use crate::account::AccountName;
use crate::address::Address;
use crate::change::{Change, Passwords};
use crate::entry::Task;
use crate::list::{ListOptions, Source, read};
use crate::report::beside::Placed;
use crate::report::error::ReportError;
use crate::target::Target;

fn read_back(path: &Path) -> Vec<(String, String)> {
    let mut reader = ::csv::Reader::from_path(path).unwrap();
    assert_eq!(reader.headers().unwrap(), vec!["email", "password"]);
    reader.deserialize().map(Result::unwrap).collect()
}

fn add(list: &mut FailedList, index: usize, address: &str, password: &str) {
    let target = Address::parse(address).unwrap().into();
    let passwords = SecretString::from(password).into();
    list.add(index, &Change { target: &target, account: None, passwords: &passwords });
}

fn finished(path: &Path, rows: &[(usize, &str, &str)]) {
    let mut list = FailedList::create(path).unwrap();
    for &(index, address, password) in rows {
        add(&mut list, index, address, password);
    }
    list.finish().unwrap();
}

#[test]
fn rows_stand_in_list_order() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("again.csv");
    finished(&path, &[(4, "c@example.com", "3"), (0, "a@example.com", "1"), (2, "b@example.com", "2")]);
    let rows = [("a@example.com", "1"), ("b@example.com", "2"), ("c@example.com", "3")];
    assert_eq!(read_back(&path), rows.map(|(address, password)| (address.to_owned(), password.to_owned())));
}

#[test]
fn where_nothing_failed_there_is_no_list_and_an_old_one_is_kept_under_another_name() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("again.csv");
    assert_eq!(FailedList::create(&path).unwrap().finish().unwrap(), Placed::default());
    fs::write(&path, "of an earlier run").unwrap();
    let kept = folder.path().join("again.1.csv");
    let placed = FailedList::create(&path).unwrap().finish().unwrap();
    assert_eq!(placed, Placed { path: None, kept: Some(kept.clone()) });
    assert_eq!(fs::read_to_string(kept).unwrap(), "of an earlier run");
    assert!(!path.exists());
}

#[test]
fn a_folder_that_takes_no_file_is_named_before_the_run() {
    let folder = TempDir::new().unwrap();
    let error = FailedList::create(&folder.path().join("missing/again.csv")).unwrap_err();
    assert!(error.to_string().contains("missing"), "{error}");
    assert!(matches!(FailedList::create(folder.path()), Err(ReportError::IsAFolder { .. })));
}

#[test]
fn debug_shows_no_password() {
    let folder = TempDir::new().unwrap();
    let mut list = FailedList::create(&folder.path().join("again.csv")).unwrap();
    add(&mut list, 0, "anna@example.com", "luggage12345");
    let target = AccountName::parse("shop").unwrap().into();
    let passwords = Passwords { new: "x".into(), old: Some("luggage54321".into()) };
    list.add(1, &Change { target: &target, account: None, passwords: &passwords });
    assert!(!format!("{list:?}").contains("luggage"));
}

#[test]
fn a_record_has_room_so_that_no_part_of_it_is_left_elsewhere_in_memory() {
    for cells in [&["\"\"\"", "\"", ""][..], &["anna@example.com", "\"é\"", "mailbox", "", "shop"]] {
        let longest = longest_record(cells.iter().copied());
        let mut record = String::with_capacity(longest);
        let capacity = record.capacity();
        put_record(cells.iter().copied(), &mut record);
        assert!(record.len() <= longest && record.capacity() == capacity, "{record}");
    }
}

#[test]
fn only_the_owner_may_read_it_from_its_first_moment_on() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("again.csv");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();

    let list = FailedList::create(&path).unwrap();
    let modes = |name: &str| {
        let named = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(name);
        let entry = fs::read_dir(&folder).unwrap().map(Result::unwrap).find(named).unwrap();
        entry.metadata().unwrap().permissions().mode() & 0o777
    };
    assert_eq!(modes("."), 0o600);
    drop(list);

    finished(&path, &[(0, "anna@example.com", "luggage12345")]);
    assert_eq!(modes("again.csv"), 0o600);
}

#[test]
fn a_symbolic_link_is_replaced_and_not_followed() {
    let folder = TempDir::new().unwrap();
    let elsewhere = folder.path().join("elsewhere");
    fs::write(&elsewhere, "keep").unwrap();
    let path = folder.path().join("again.csv");
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();

    finished(&path, &[(0, "anna@example.com", "luggage12345")]);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "keep");
    assert!(path.symlink_metadata().unwrap().is_file());

    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    finished(&path, &[]);
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "keep");
    assert!(path.symlink_metadata().is_err());
}

/// A row that a list can hold, as it was added or as it was read back.
#[derive(Clone, Debug, PartialEq)]
struct Plain {
    target: Target,
    account: Option<String>,
    new: String,
    old: Option<String>,
}

/// A mailbox with or without its account, or an account with or without its old password, each with nasty passwords.
fn plain() -> impl Strategy<Value = Plain> {
    let password = || prop_oneof!["[ -~]{1,24}", r#"["',;|=+@ 0-9-]{1,12}"#, r"\PC{1,16}"];
    let name = || "[a-zA-Z0-9][a-z0-9._-]{0,15}";
    let mailbox = ("[a-z0-9+]{1,12}", prop::option::of(name()), password()).prop_map(|(local, account, new)| {
        let target = Address::new(&local, "example.com").unwrap().into();
        Plain { target, account: account.map(|account| account.to_lowercase()), new, old: None }
    });
    let account = (name(), password(), prop::option::of(password())).prop_map(|(name, new, old)| {
        let target = AccountName::parse(&name).unwrap().into();
        Plain { target, account: None, new, old }
    });
    prop_oneof![mailbox, account]
}

fn add_plain(list: &mut FailedList, index: usize, row: &Plain) {
    let account = row.account.as_deref().map(|account| AccountName::parse(account).unwrap());
    let passwords = Passwords { new: row.new.as_str().into(), old: row.old.as_deref().map(SecretString::from) };
    list.add(index, &Change { target: &row.target, account: account.as_ref(), passwords: &passwords });
}

/// What the reader of lists makes of a list of failed rows, each of another target.
fn entries(path: &Path) -> Vec<Plain> {
    let options = ListOptions { allow_spaces: true, ..ListOptions::default() };
    let list = read(&Source::File(path.to_owned()), &options).unwrap();
    let plain = list.entries.into_iter().map(|entry| {
        let Task::Change(passwords) = entry.task else { panic!("row {} is no change: {:?}", entry.row, entry.task) };
        Plain {
            target: entry.target.unwrap(),
            account: entry.account.map(|account| account.to_string()),
            new: passwords.new.expose_secret().to_owned(),
            old: passwords.old.map(|old| old.expose_secret().to_owned()),
        }
    });
    plain.collect()
}

#[test]
fn columns_stand_there_where_a_row_needs_them() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("again.csv");
    let mailbox = |account: Option<&str>, old: Option<&str>| Plain {
        target: Address::parse("anna@example.com").unwrap().into(),
        account: account.map(str::to_owned),
        new: "a\"b".to_owned(),
        old: old.map(str::to_owned),
    };
    let shop = |account, old| Plain { target: AccountName::parse("shop").unwrap().into(), ..mailbox(account, old) };
    let plain = "\"email\",\"password\"\n\"anna@example.com\",\"a\"\"b\"\n";
    for (rows, text) in [
        (vec![mailbox(None, None)], plain),
        (vec![mailbox(None, Some("nobody reads it"))], plain),
        (
            vec![mailbox(Some("shop"), None)],
            "\"email\",\"password\",\"account\"\n\"anna@example.com\",\"a\"\"b\",\"shop\"\n",
        ),
        (vec![shop(Some("shop"), None)], "\"email\",\"password\",\"kind\"\n\"shop\",\"a\"\"b\",\"account\"\n"),
        (
            vec![mailbox(Some("blog"), None), shop(None, Some("o,"))],
            "\"email\",\"password\",\"kind\",\"old password\",\"account\"\n\
             \"anna@example.com\",\"a\"\"b\",\"mailbox\",\"\",\"blog\"\n\
             \"shop\",\"a\"\"b\",\"account\",\"o,\",\"\"\n",
        ),
    ] {
        let mut list = FailedList::create(&path).unwrap();
        for (index, row) in rows.iter().enumerate() {
            add_plain(&mut list, index, row);
        }
        list.finish().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "{rows:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_password_is_read_back_exactly(passwords in prop::collection::vec(any::<String>(), 1..12)) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("again.csv");
        let mut list = FailedList::create(&path).unwrap();
        for (index, password) in passwords.iter().enumerate().rev() {
            add(&mut list, index, "anna@example.com", password);
        }
        prop_assert_eq!(list.finish().unwrap().path, Some(path.clone()));
        let back: Vec<_> = read_back(&path).into_iter().map(|row| row.1).collect();
        prop_assert_eq!(back, passwords);
    }

    #[test]
    fn what_is_to_be_tried_again_is_read_back_as_it_was(rows in prop::collection::vec(plain(), 1..12)) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("again.csv");
        let mut list = FailedList::create(&path).unwrap();
        let mut known = HashSet::new();
        let rows: Vec<_> = rows.into_iter().filter(|row| known.insert(row.target.clone())).collect();
        for (index, row) in rows.iter().enumerate().rev() {
            add_plain(&mut list, index, row);
        }
        list.finish().unwrap();
        prop_assert_eq!(entries(&path), rows);
    }
}
