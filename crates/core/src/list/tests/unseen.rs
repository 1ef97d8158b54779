//! Lists of which the sheet does not show everything as it is, and what else is told of lists that are read.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{lines, read_bytes, read_fixture};
use crate::list::ListOptions;

const FORMATS: [&str; 4] =
    ["unseen.xlsx", "unseen-libreoffice.xlsx", "unseen-libreoffice.xls", "unseen-libreoffice.ods"];

fn told(warnings: &[String], part: &str) -> bool {
    warnings.iter().any(|warning| warning.contains(part))
}

/// INP-17: hidden rows and columns in every format that free programs write. INP-19: merged cells.
#[test]
fn what_the_sheet_does_not_show_is_told() {
    for name in FORMATS {
        let list = read_fixture(name, &ListOptions::default()).unwrap();
        let expected = [
            "2 anna@example.com = annaanna",
            "3 bob@example.com ! hidden-row@",
            "4 carl@example.com ! hidden-row@",
            "5 dan@example.com ! merged-cells@B",
            "6 - ! no-domain@A merged-cells@B",
            "7 fred@example.com = fredfred",
        ];
        let found = lines(&list);
        assert_eq!(found[..4], expected[..4], "{name}");
        assert!(found[4] == expected[4] || found[4] == "6 eve@example.com ! merged-cells@B", "{name}: {}", found[4]);
        assert_eq!(found[5..], expected[5..], "{name}");
        assert_eq!(list.facts.hidden_rows, 2, "{name}");
        assert!(told(&list.facts.warnings, "2 row(s) are hidden in the sheet"), "{name}: {:?}", list.facts.warnings);
        assert!(told(&list.facts.warnings, "column C, which was taken for the password, is hidden"), "{name}");
    }
}

/// INP-17: the user's word for it takes hidden rows; nothing takes rows that merged cells reach into.
#[test]
fn hidden_rows_are_taken_where_the_user_says_so() {
    for name in FORMATS {
        let options = ListOptions { include_hidden: true, ..ListOptions::default() };
        let list = read_fixture(name, &options).unwrap();
        assert_eq!(lines(&list)[1..3], ["3 bob@example.com = bobbob", "4 carl@example.com = carlcarl"], "{name}");
        assert!(lines(&list)[3].contains("merged-cells"), "{name}");
        assert!(told(&list.facts.warnings, "2 row(s) that are hidden in the sheet were taken"), "{name}");
    }
}

/// INP-17: a row that the user's own filters leave out is not met, hidden or not.
#[test]
fn what_is_left_out_is_not_counted_as_hidden() {
    let selection = crate::selection::Selection::new(&["anna@*".to_owned()], &[], None).unwrap();
    let list = read_fixture("unseen.xlsx", &ListOptions { selection, ..ListOptions::default() }).unwrap();
    assert_eq!(list.facts.hidden_rows, 0);
    assert!(!told(&list.facts.warnings, "row(s)"), "{:?}", list.facts.warnings);
}

/// INP-14, INP-15, INP-16: signs that may stand for others are told with their places, and never changed.
#[test]
fn doubtful_passwords_are_taken_as_they_stand_and_told() {
    let text = "email,password\na@example.com,\u{201c}x\u{201d}\nb@example.com,plain\nc@example.com,\u{ff21}\u{a0}b\nd@example.com,cafe\u{301}\n";
    let list = read_bytes(text.as_bytes(), &ListOptions::default()).unwrap();
    let expected = [
        "2 a@example.com = \u{201c}x\u{201d}",
        "3 b@example.com = plain",
        "4 c@example.com = \u{ff21}\u{a0}b",
        "5 d@example.com = cafe\u{301}",
    ];
    assert_eq!(lines(&list), expected);
    let warnings = &list.facts.warnings;
    assert!(told(warnings, "2 password(s) hold signs") && told(warnings, "row 2, row 4; they"), "{warnings:?}");
    assert!(warnings.iter().all(|warning| !warning.contains(['\u{201c}', '\u{ff21}'])), "{warnings:?}");
}

/// INP-15, INP-31: what is no plain letter in a local part is a bad address.
#[test]
fn local_parts_are_plain() {
    for local in ["a\u{2019}b", "a\u{2013}b", "\u{ff41}nna", "o\u{fb03}ce", "\u{430}nna", "a\u{ad}b"] {
        let list =
            read_bytes(format!("email,password\n{local}@example.com,x\n").as_bytes(), &ListOptions::default()).unwrap();
        assert_eq!(lines(&list), ["2 - ! bad-address@A"], "{local}");
    }
}

/// INP-29: an international domain is sent as its A-label; one of several scripts is told in both forms, one that is none is refused.
#[test]
fn international_domains_are_told_where_they_may_deceive() {
    let text = "email,password\na@p\u{430}ypal.example,x\nb@B\u{dc}CHER.example,x\nc@a\u{200d}b.example,x\nd@xn--0.example,x\ne@\u{301}a.example,x\n";
    let list = read_bytes(text.as_bytes(), &ListOptions::default()).unwrap();
    assert_eq!(
        lines(&list),
        [
            "2 a@xn--pypal-4ve.example = x",
            "3 b@xn--bcher-kva.example = x",
            "4 - ! bad-address@A",
            "5 - ! bad-address@A",
            "6 - ! bad-address@A"
        ]
    );
    let warnings = &list.facts.warnings;
    assert!(
        told(warnings, "p\u{430}ypal.example (xn--pypal-4ve.example) mixes letters") && warnings.len() == 1,
        "{warnings:?}"
    );
}

/// INP-26, INP-27: two rows that are one address only when it is normalised are a conflict all the same. INP-28: case is ignored.
#[test]
fn addresses_that_are_the_same_conflict_however_they_are_written() {
    for (one, other) in [
        ("Anna@example.com", "anna@example.com"),
        ("anna@EXAMPLE.com", "anna@example.com"),
        ("anna@b\u{fc}cher.example", "anna@xn--bcher-kva.example"),
        ("anna@bu\u{308}cher.example", "anna@B\u{dc}CHER.example"),
        ("anna@\u{ff45}xample.com", "anna@example.com"),
        ("anna@example\u{3002}com", "anna@example.com"),
        (" anna@example.com\u{a0}", "anna@example.com"),
    ] {
        let text = format!("email,password\n{one},x\n{other},y\n{other},x\n");
        let found = lines(&read_bytes(text.as_bytes(), &ListOptions::default()).unwrap());
        assert!(found.iter().all(|line| line.ends_with("! conflict@A")), "{one} {other}: {found:?}");
    }
}
