//! What the pages and the help show is what people type.

use std::fs;
use std::path::Path;

use cprekey_tests::Place;

/// Every page of ours that shows how to do something: the documentation, the manual pages' source, and the help of each command.
fn pages(place: &Place) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let docs = docs.filter(|path| path.is_file()).chain([root.join("README.md"), root.join("CONTRIBUTING.md")]);
    let files = docs.map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()));
    let helps = [vec!["--help"], vec!["check", "--help"], vec!["plan", "--help"], vec!["apply", "--help"]];
    let helps = helps.into_iter().map(|words| (words.join(" "), place.cprekey(words.iter().copied()).run().stdout));
    let one_call = ("cprekey-cpapi2 --help".to_owned(), place.one_call("--help").run().stdout);
    files.chain(helps).chain([one_call]).collect()
}

/// The words of a page that give a secret: a variable of a token, or an argument whose key says that it is a password.
fn given(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = text.split(|letter: char| letter.is_whitespace() || "`\"'()".contains(letter));
    words.filter_map(|word| word.split_once('=')).filter(|(key, value)| {
        let key = key.trim_start_matches("--").to_ascii_lowercase();
        let named = ["password", "newpass", "oldpass", "pass", "token", "cprekey_token"].contains(&key.as_str());
        // `--columns email=A,password=C` begins with another key.
        named && !value.is_empty()
    })
}

/// SEC-05: no example has a secret in a command line, where the shell's history would keep it.
#[test]
fn no_example_has_a_secret_in_a_command_line() {
    let place = Place::new();
    let pages = pages(&place);
    let found: Vec<_> = pages.iter().flat_map(|(page, text)| given(text).map(move |given| (page, given))).collect();
    let typed: Vec<_> = found.iter().filter(|(_, (_, value))| !value.starts_with(['@', '…', '%'])).collect();
    assert!(typed.is_empty(), "{typed:?}");
    assert!(found.len() >= 6, "the examples of passwords from elsewhere are seen: {found:?}");
}
