//! A place of a test's own: a folder, a home, and what is secret there.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::files;
use crate::invocation::Invocation;
use crate::leaks::{Needles, Searched, search_files};
use crate::report::{self, Row};

/// A fresh folder in which programs run, with a home of its own; gone at the end.
pub struct Place {
    folder: TempDir,
    /// What must be seen nowhere.
    secrets: RefCell<BTreeSet<String>>,
    /// The files that are there to hold secrets.
    private: RefCell<BTreeSet<PathBuf>>,
    folders: Cell<usize>,
}

impl Default for Place {
    fn default() -> Self {
        Self::new()
    }
}

impl Place {
    /// A new place.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("cprekey-test-").tempdir().unwrap();
        let place = Self { folder, secrets: RefCell::default(), private: RefCell::default(), folders: Cell::new(0) };
        fs::create_dir(place.path("home")).unwrap();
        place
    }

    /// The path of a file in the place.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `cprekey` with these arguments, to be run in the place.
    pub fn cprekey<'a>(&'a self, arguments: impl IntoIterator<Item = &'a str>) -> Invocation<'a> {
        Invocation::new(self, "cprekey").args(arguments)
    }

    /// `cprekey-cpapi2` with this line of words, to be run in the place.
    pub fn one_call<'a>(&'a self, line: &str) -> Invocation<'a> {
        Invocation::new(self, "cprekey-cpapi2").args(line.split_whitespace())
    }

    /// `cprekey apply LIST --yes` without a limit of pace, and with the report `report.csv`.
    pub fn apply<'a>(&'a self, list: &'a str) -> Invocation<'a> {
        self.cprekey(["apply", list, "--yes", "--rate", "none", "--report", "report.csv"])
    }

    /// Writes a file that is allowed to hold secrets, readable by its owner alone, and gives its path.
    pub fn private(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        self.may_hold_secrets(name);
        path
    }

    /// Writes a CSV list with the columns `email` and `password`, whose passwords are secret from now on.
    pub fn csv<A: AsRef<str>, P: AsRef<str>>(&self, name: &str, rows: impl IntoIterator<Item = (A, P)>) -> PathBuf {
        let rows = self.keep_secret(rows);
        self.private(name, files::csv(&rows))
    }

    /// Writes a CSV list for the mailboxes `user1@example.com` and so on, and gives its rows: good passwords, secret from now on.
    pub fn list(&self, name: &str, count: usize) -> Vec<(String, String)> {
        let row = |number| (format!("user{number}@example.com"), format!("Tide&Orchard#{number}"));
        let rows: Vec<_> = (1..=count).map(row).collect();
        self.csv(name, rows.clone());
        rows
    }

    /// Writes a workbook with the columns `email` and `password`, whose passwords are secret from now on.
    pub fn xlsx<A: AsRef<str>, P: AsRef<str>>(&self, name: &str, rows: impl IntoIterator<Item = (A, P)>) -> PathBuf {
        let rows = self.keep_secret(rows);
        self.private(name, files::xlsx(&rows))
    }

    /// Copies a file of the repository's `fixtures` folder into the place, under its own name, and gives that name.
    pub fn fixture(&self, path: &'static str) -> &'static str {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(path);
        let name = path.rsplit('/').next().unwrap();
        self.private(name, fs::read(&source).unwrap_or_else(|error| panic!("{}: {error}", source.display())));
        name
    }

    /// From now on this text must be seen nowhere.
    pub fn secret(&self, text: impl Into<String>) {
        self.secrets.borrow_mut().insert(text.into());
    }

    /// From now on each of these texts must be seen nowhere.
    pub fn secrets<S: Into<String>>(&self, texts: impl IntoIterator<Item = S>) {
        self.secrets.borrow_mut().extend(texts.into_iter().map(Into::into));
    }

    /// This file is there to hold secrets, as lists and the list of failed rows are.
    pub fn may_hold_secrets(&self, name: &str) {
        self.private.borrow_mut().insert(self.path(name));
    }

    /// The text of a file in the place.
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The permission bits of a file in the place, as in `0o600`.
    pub fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).unwrap().permissions().mode() & 0o777
    }

    /// The rows of a report in the place, read by its ending.
    pub fn report(&self, name: &str) -> Vec<Row> {
        report::read(&self.path(name))
    }

    /// The rows of a report by their target.
    pub fn report_by_target(&self, name: &str) -> BTreeMap<String, Row> {
        self.report(name).into_iter().map(|row| (row.target.clone(), row)).collect()
    }

    /// Panics where one of the secrets stands in one of the texts, or in a file that is not there to hold secrets. Every run
    /// does this at its end.
    pub fn assert_no_leak(&self, texts: &[(&str, &[u8])]) {
        let needles = Needles::new(&self.known_secrets());
        let mut leaks: Vec<_> =
            texts.iter().filter_map(|(name, text)| Some(format!("{name}: {}", needles.found_in(text)?))).collect();
        leaks.extend(self.search_files(&needles).leaks);
        assert!(leaks.is_empty(), "secrets came to light in {leaks:#?}");
    }

    /// All that must be seen nowhere.
    pub fn known_secrets(&self) -> BTreeSet<String> {
        self.secrets.borrow().clone()
    }

    /// Searches the files of the place, but for those that are there to hold secrets.
    pub fn search_files(&self, needles: &Needles) -> Searched {
        search_files(needles, self.folder.path(), &self.private.borrow())
    }

    /// Makes a folder whose name begins so, and gives its name.
    pub fn new_folder(&self, begin: &str) -> String {
        self.folders.set(self.folders.get() + 1);
        let name = format!("{begin}-{}", self.folders.get());
        fs::create_dir(self.path(&name)).unwrap();
        name
    }

    fn keep_secret<A: AsRef<str>, P: AsRef<str>>(
        &self,
        rows: impl IntoIterator<Item = (A, P)>,
    ) -> Vec<(String, String)> {
        let rows =
            rows.into_iter().map(|(address, password)| (address.as_ref().to_owned(), password.as_ref().to_owned()));
        let rows: Vec<_> = rows.collect();
        self.secrets(rows.iter().map(|(_, password)| password));
        rows
    }
}
