//! The list of failed rows, read back, and who may read it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use secrecy::SecretString;
use tempfile::TempDir;

use super::FailedList;
use crate::address::Address;
use crate::change::Change;
use crate::report::beside::Placed;
use crate::report::error::ReportError;

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
    assert!(!format!("{list:?}").contains("luggage12345"));
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
}
