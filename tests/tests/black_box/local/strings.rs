//! Whatever stands in an address or a password arrives as it is.

use cprekey_tests::{Panel, Person, Place};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use super::ground::SHOP;

/// How many passwords.
const CASES: usize = 200;

/// What shells, URIs, JSON and the programs themselves take for something else.
const NASTIES: &[&str] = &[
    "$(touch x)",
    "`touch x`",
    "; rm -rf x",
    "| cat",
    "> x",
    "&& x &",
    "'\"\\",
    "\\n\\0",
    "@/etc/passwd",
    "@",
    "%40file",
    "a+b c",
    "50%25off",
    "%zz%",
    "--user=root",
    "-h",
    "key=value",
    "key-0=x&y=z",
    "{\"result\":{\"status\":1}}",
    "[1]",
    "null",
    "true",
    "1",
    "*?[a-z]",
    "~root",
    "$HOME",
    "${IFS}",
    "!!",
    "été €",
    "日本語",
    "🔑🔑",
    "\u{202e}abc",
    "a\u{301}b",
    "#x",
    "a  b",
];

/// Local parts that a mailbox can have.
const LOCAL_PARTS: &[&str] =
    &["o'brien", "a+b", "a&b", "a=b", "a$b", "a|b", "a*b", "a?b", "a!b", "a#b", "a~b", "a^b", "{a}", "-a", "--user"];

fn passwords() -> Vec<String> {
    let mut runner = TestRunner::deterministic();
    let strategy = "[ -~éß€\u{1f511}]{1,24}|[$`;&|<>\"'\\\\@%+=*?#{}()!~ ]{1,16}";
    let mut random = || {
        let text = proptest::string::string_regex(strategy).unwrap().new_tree(&mut runner).unwrap().current();
        format!("{text}.")
    };
    let fixed = NASTIES.iter().map(|text| (*text).to_owned());
    let drawn: Vec<_> = std::iter::repeat_with(&mut random).take(CASES - NASTIES.len()).collect();
    fixed.chain(drawn).collect()
}

/// Applies the list with these settings of the programs, and holds what arrived against what was listed.
fn assert_arrives(person: Person, local: &Value, options: &[&str]) {
    let place = Place::new();
    let passwords = passwords();
    let locals =
        (0..passwords.len()).map(|at| LOCAL_PARTS.get(at).map_or(format!("user{at}"), |part| (*part).to_owned()));
    let rows: Vec<_> = locals.map(|part| format!("{part}@example.com")).zip(passwords).collect();
    let mailboxes: Vec<_> = rows.iter().map(|(address, _)| json!({"address": address, "password": "x"})).collect();
    let config = mailboxes.iter().map(|mailbox| format!("{{ address = {}, password = 'x' }}", mailbox["address"]));
    let config = format!(
        "behaviour = {{ required_strength = 0 }}\n[[account]]\nname = 'shop'\ndomain = 'example.com'\nuid = 60001\nmailboxes = [{}]\n",
        config.collect::<Vec<_>>().join(", ")
    );
    let panel = Panel::start_with(&place, &config, &["--no-hashing"]);
    panel.behaviour(&json!({"local": local}));
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let lines = rows.iter().map(|(address, password)| format!("{},{}\n", quoted(address), quoted(password)));
    place.private("list.csv", format!("email,password\n{}", lines.collect::<String>()));
    place.may_hold_secrets("panel-1/state/command_log");
    let run = place.apply("list.csv").locally(&panel, person).args(["--allow-spaces"]).args(options).run();
    assert_eq!(run.code, 0, "{person:?} {local}: {run}");
    let set = panel.verify_all(&rows);
    let lost: Vec<_> = rows.iter().zip(set).filter(|(_, is_set)| !is_set).collect();
    assert!(lost.is_empty(), "{person:?} {local}: {lost:#?}");
}

#[test]
fn as_json_of_an_owner() {
    assert_arrives(SHOP, &json!({}), &[]);
}

#[test]
fn from_files_of_an_owner() {
    assert_arrives(SHOP, &json!({"json": []}), &[]);
}

#[test]
fn as_arguments_of_an_owner() {
    assert_arrives(SHOP, &json!({"json": [], "at_file": ["cpapi2"]}), &["--allow-argv"]);
    // They are taken for files where files are known, and `+` may be a plus.
    assert_arrives(SHOP, &json!({"json": [], "json_off": "usage", "plus_is_space": []}), &["--allow-argv"]);
}

#[test]
fn as_json_of_root() {
    assert_arrives(Person::Root, &json!({}), &[]);
}

#[test]
fn as_arguments_of_root() {
    assert_arrives(Person::Root, &json!({"json": []}), &["--allow-argv"]);
}
