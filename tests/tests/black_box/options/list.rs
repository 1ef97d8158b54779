//! Options of how the list is read.

use cprekey_tests::{Panel, Place};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

/// What `check` counts with these arguments.
fn checked(place: &Place, arguments: &[&str]) -> Value {
    let run = place.cprekey(["check", "--output", "json"]).args(arguments).run();
    let last = run.events().pop();
    assert!(last.as_ref().is_some_and(|event| event["event"] == "checked"), "{run}");
    last.unwrap()
}

#[test]
fn sheet_chooses_one_of_several() {
    let place = Place::new();
    let list = place.fixture("lists/two-sheets.xlsx");
    assert_eq!(checked(&place, &[list, "--sheet", "Others"])["changes"], 1);
    assert_eq!(checked(&place, &[list, "--sheet", "Sheet1"])["changes"], 4);
    let run = place.cprekey(["check", list, "--sheet", "Staff"]).run();
    assert!(run.code == 2 && run.stderr.contains("Sheet1, Others"), "{run}");
}

#[test]
fn columns_are_named_by_letter_number_or_header() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.secret("Tide&Orchard#7");
    place.private("list.csv", "a,b,c\nx,user1@example.com,Tide&Orchard#7\n");
    for columns in ["email=B,password=C", "email=2,password=3", "email=b,password=c"] {
        assert_eq!(checked(&place, &["list.csv", "--columns", columns])["changes"], 1, "{columns}");
    }
    let run = place.apply("list.csv").args(["--columns", "email=B,password=C"]).on(&panel).run();
    assert!(run.code == 0 && panel.verify("user1@example.com", "Tide&Orchard#7"), "{run}");
    let run = place.cprekey(["check", "list.csv", "--columns", "email=nowhere,password=C"]).run();
    assert!(run.code == 2 && run.stderr.contains("there is no column"), "{run}");
}

#[test]
fn columns_hold_old_passwords_and_accounts() {
    let place = Place::new();
    place.secret("Tide&Orchard#7");
    place.private("list.csv", "a,b,c,d\nshop,Tide&Orchard#7, luggage12345,no name\n");
    let columns = "email=A,password=B,old-password=C,account=D";
    let run = place.cprekey(["check", "list.csv", "--kind", "account", "--columns", columns]).run();
    assert!(run.code == 2 && run.stdout.contains("the old password begins or ends with a space"), "{run}");
    assert!(run.stdout.contains("not one that an account can have") && run.stdout.contains("account=-"), "{run}");
    assert!(run.stderr.contains("old-password  column C"), "{run}");
    let unread = "email=A,password=B,old-password=-,account=-";
    assert_eq!(checked(&place, &["list.csv", "--kind", "account", "--columns", unread])["changes"], 1);
    let mailboxes = ["list.csv", "--domain", "example.com", "--columns", "email=A,password=B,old-password=C"];
    assert_eq!(checked(&place, &mailboxes)["changes"], 1, "nobody looks at the old password of a mailbox");
}

#[test]
fn kind_says_what_rows_are_of() {
    let place = Place::new();
    place.csv("accounts.csv", [("shop", "Tide&Orchard#7"), ("blog", "Tide&Orchard#8")]);
    place.csv("mailboxes.csv", [("user1@example.com", "Tide&Orchard#7")]);
    assert_eq!(checked(&place, &["accounts.csv", "--kind", "account"])["changes"], 2);
    let run = place.cprekey(["check", "accounts.csv"]).run();
    assert!(run.code == 2 && run.stdout.contains("--kind account"), "{run}");
    for arguments in [vec!["mailboxes.csv"], vec!["mailboxes.csv", "--kind", "mailbox"]] {
        assert_eq!(checked(&place, &arguments)["changes"], 1);
    }
    let run = place.cprekey(["check", "mailboxes.csv", "--kind", "account"]).run();
    assert!(run.code == 2 && run.stdout.contains("the account's name is not one that an account can have"), "{run}");
    let run = place.cprekey(["check", "accounts.csv", "--kind", "user"]).run();
    assert!(run.code == 2 && run.stderr.contains("possible values: mailbox, account"), "{run}");
}

#[test]
fn a_column_kind_goes_before_the_option() {
    let place = Place::new();
    let list = place.fixture("lists/accounts.csv");
    let first = checked(&place, &[list]);
    let counts = ["rows", "changes", "repeats", "invalid"].map(|count| first[count].as_u64());
    assert_eq!(counts, [12, 4, 1, 7].map(Some), "{first}");
    let of_accounts = checked(&place, &[list, "--include", "shop*"]);
    assert_eq!((of_accounts["changes"].as_u64(), of_accounts["repeats"].as_u64()), (Some(2), Some(1)));
    let second = checked(&place, &[list, "--kind", "account"]);
    assert_eq!((second["changes"].as_u64(), second["invalid"].as_u64()), (Some(3), Some(8)), "{second}");
}

#[test]
fn no_header_takes_the_first_row_too() {
    let place = Place::new();
    let list = place.fixture("lists/no-header.csv");
    let columns = ["--columns", "email=A,password=B"];
    assert_eq!(checked(&place, &[list, "--no-header", columns[0], columns[1]])["changes"], 2);
    for arguments in [vec![list], vec![list, "--no-header"]] {
        let run = place.cprekey(["check"]).args(arguments).run();
        assert!(run.code == 2 && run.stderr.contains("--no-header --columns"), "{run}");
    }
}

#[test]
fn delimiter_wins_over_what_is_detected() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.secret("Tide,Orchard;7&");
    place.private("list.csv", "email|password\nuser1@example.com|Tide,Orchard;7&\n");
    let run = place.apply("list.csv").args(["--delimiter", "|"]).on(&panel).run();
    assert!(run.code == 0 && panel.verify("user1@example.com", "Tide,Orchard;7&"), "{run}");
    let run = place.cprekey(["check", "list.csv", "--delimiter", ","]).run();
    assert_eq!(run.code, 2, "{run}");
}

#[test]
fn encoding_decides_what_the_bytes_are() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    // The same bytes are é in Windows-1252 and й in Windows-1251.
    place.private("list.csv", b"email,password\nuser1@example.com,Tide&Orchard#\xe9\n");
    for (encoding, password) in [("windows-1252", "Tide&Orchard#é"), ("windows-1251", "Tide&Orchard#й")] {
        place.secret(password);
        let run = place.apply("list.csv").args(["--encoding", encoding]).on(&panel).run();
        assert!(run.code == 0 && panel.verify("user1@example.com", password), "{run}");
    }
    let run = place.cprekey(["check", "list.csv", "--encoding", "utf-8"]).run();
    assert!(run.code == 2 && run.stderr.contains("line 2"), "{run}");
}

#[test]
fn domain_completes_bare_names() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1", "Tide&Orchard#7")]);
    let run = place.apply("list.csv").args(["--domain", "example.com"]).on(&panel).run();
    assert!(run.code == 0 && panel.verify("user1@example.com", "Tide&Orchard#7"), "{run}");
    assert_eq!(run.report()[0].target, "user1@example.com");
    let run = place.cprekey(["check", "list.csv"]).run();
    assert!(run.code == 2 && run.stdout.contains("nothing says its domain"), "{run}");
}

#[test]
fn allow_numeric_takes_whole_numbers() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["email", "password"]).unwrap();
    sheet.write_string(1, 0, "user1@example.com").unwrap().write_number(1, 1, 90_817_263_541_f64).unwrap();
    place.private("list.xlsx", workbook.save_to_buffer().unwrap());
    place.secret("90817263541");
    let run = place.apply("list.xlsx").on(&panel).run();
    assert!(run.code == 2 && run.stderr.contains("Sheet1!B2") && run.stderr.contains("--allow-numeric"), "{run}");
    let run = place.apply("list.xlsx").args(["--allow-numeric"]).on(&panel).run();
    assert!(run.code == 0 && panel.verify("user1@example.com", "90817263541"), "{run}");
}

#[test]
fn allow_spaces_takes_them_as_they_are() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", " Tide&Orchard#7  ")]);
    let run = place.apply("list.csv").on(&panel).run();
    assert!(run.code == 2 && run.stderr.contains("--allow-spaces"), "{run}");
    let run = place.apply("list.csv").args(["--allow-spaces"]).on(&panel).run();
    assert!(run.code == 0 && panel.verify("user1@example.com", " Tide&Orchard#7  "), "{run}");
}

/// INP-17: a row that a filter or a hand hid is no change, until the user says that it is.
#[test]
fn include_hidden_takes_rows_that_the_sheet_does_not_show() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["email", "password"]).unwrap();
    sheet.write_row(1, 0, ["user1@example.com", "Tide&Orchard#7"]).unwrap();
    sheet.write_row(2, 0, ["user2@example.com", "Brook!Lantern#8"]).unwrap();
    sheet.set_row_hidden(2).unwrap();
    place.private("list.xlsx", workbook.save_to_buffer().unwrap());
    place.secrets(["Tide&Orchard#7", "Brook!Lantern#8"]);
    let run = place.apply("list.xlsx").on(&panel).run();
    assert!(run.code == 2 && run.stderr.contains("Sheet1!3") && run.stderr.contains("--include-hidden"), "{run}");
    let run = place.apply("list.xlsx").args(["--include-hidden"]).on(&panel).run();
    assert!(run.code == 0 && panel.verify("user2@example.com", "Brook!Lantern#8"), "{run}");
    assert!(run.stderr.contains("1 row(s) that are hidden in the sheet were taken"), "{run}");
}

#[test]
fn include_and_exclude_choose_addresses() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 4);
    place.list("list.csv", 4);
    let patterns = ["--include", "USER[12]@*", "--include", "user3@*", "--exclude", "*2@example.com"];
    let run = place.apply("list.csv").args(patterns).on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed", "skipped", "changed", "skipped"]), "{run}");
    assert!(run.report().iter().all(|row| row.outcome == "changed" || row.reason == "filtered"), "{run}");
    let run = place.cprekey(["check", "list.csv", "--include", "[z-a]"]).run();
    assert!(run.code == 2 && run.stderr.contains("is not a pattern"), "{run}");
}

#[test]
fn limit_takes_the_first_changes() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 4);
    place.list("list.csv", 4);
    let run = place.apply("list.csv").args(["--limit", "1", "--exclude", "user1@*"]).on(&panel).run();
    assert_eq!(run.outcomes(), ["skipped", "changed", "skipped", "skipped"], "{run}");
    let reasons: Vec<_> = run.report().iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(reasons, ["filtered", "", "over-limit", "over-limit"]);
}
