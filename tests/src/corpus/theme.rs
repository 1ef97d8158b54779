//! The files of `fixtures/corpus`: one a theme.

use std::collections::HashSet;
use std::fs;

use serde::Deserialize;

use super::case::{Case, Way};
use super::recipe::fixtures;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Theme {
    case: Vec<Case>,
}

/// The names of the themes, in order.
pub fn themes() -> Vec<String> {
    let files = fs::read_dir(fixtures().join("corpus")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut themes: Vec<_> = names.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect();
    themes.sort();
    themes
}

/// The cases of a theme.
pub fn cases(theme: &str) -> Vec<Case> {
    let path = fixtures().join("corpus").join(theme).with_extension("toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let Theme { case: cases } = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut names = HashSet::new();
    for case in &cases {
        assert!(names.insert(&case.name), "{theme}: two cases are named {}", case.name);
        assert!(!case.faults.is_empty(), "{theme}: {} is for no fault", case.name);
    }
    cases
}

impl Case {
    /// Whether it is a bomb that a file can hold.
    pub fn is_bomb_in_a_file(&self) -> bool {
        self.bomb && self.way == Way::File
    }

    /// The name of the file that the list is in.
    pub fn file_name(&self) -> String {
        self.file.clone().unwrap_or_else(|| format!("list.{}", self.list.ending()))
    }
}
