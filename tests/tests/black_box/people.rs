//! What people do who have never seen the program, and what it says to them.

use std::fs;

use cprekey_tests::{Panel, Place, Run};
use rust_xlsxwriter::{Formula, Workbook};

/// `cprekey check` with these arguments.
fn check(place: &Place, arguments: &[&str]) -> Run {
    place.cprekey(["check"]).args(arguments).run()
}

/// That it ended with 2, and said this on standard error.
fn assert_refused(run: &Run, words: &[&str]) {
    assert_eq!(run.code, 2, "{run}");
    for word in words {
        assert!(run.stderr.contains(word), "it should say {word:?}: {run}");
    }
}

#[test]
fn wrong_commands_and_flags_are_named_with_what_was_meant() {
    let place = Place::new();
    place.list("list.csv", 1);
    for (arguments, words) in [
        (vec![], vec!["Usage: cprekey"]),
        (vec!["list.csv"], vec!["list.csv", "Usage: cprekey"]),
        (vec!["chekc", "list.csv"], vec!["chekc", "check"]),
        (vec!["apply", "list.csv", "--exlude", "x"], vec!["--exlude", "--exclude"]),
        (vec!["apply"], vec!["<LIST>"]),
        (vec!["apply", "list.csv", "other.csv"], vec!["other.csv"]),
        (vec!["apply", "list.csv", "--verify", "everything"], vec!["everything", "none, unknown, all"]),
        (vec!["apply", "list.csv", "--columns", "email"], vec!["email", "--columns"]),
        (vec!["apply", "list.csv", "--columns", "mail=A"], vec!["mail", "--columns"]),
        (vec!["apply", "list.csv", "--limit", "-1"], vec!["-1"]),
        (vec!["apply", "list.csv", "--host", "panel.example.com:99999", "--user", "shop"], vec!["--host", "port"]),
    ] {
        assert_refused(&place.cprekey(arguments).run(), &words);
    }
}

#[test]
fn what_is_no_list_is_told_from_one() {
    let place = Place::new();
    fs::create_dir(place.path("folder")).unwrap();
    for (list, words) in [
        ("folder", vec!["folder", "name the list in it"]),
        ("missing.xlsx", vec!["missing.xlsx", "check the path"]),
        (place.fixture("lists/~$plain.xlsx"), vec!["lock file", "without the ~$"]),
        (place.fixture("lists/protected.xlsx"), vec!["protected by a password", "without a password"]),
        (place.fixture("lists/page.xlsx"), vec!["page.xlsx", "help:"]),
        (place.fixture("lists/zip-without-workbook.xlsx"), vec!["zip-without-workbook.xlsx", "help:"]),
        (place.fixture("lists/open-quote.csv"), vec!["line 3 is never closed"]),
    ] {
        assert_refused(&check(&place, &[list]), &words);
    }
}

#[test]
fn a_lock_file_beside_the_workbook_is_no_obstacle() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.fixture("lists/~$plain.xlsx");
    fs::rename(place.path("~$plain.xlsx"), place.path("~$list.xlsx")).unwrap();
    place.may_hold_secrets("~$list.xlsx");
    place.xlsx("list.xlsx", [("user1@example.com", "Tide&Orchard#7")]);
    let run = place.apply("list.xlsx").on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"]), "{run}");
}

#[test]
fn of_several_sheets_all_are_named() {
    let place = Place::new();
    let run = check(&place, &[place.fixture("lists/two-sheets.xlsx")]);
    assert_refused(&run, &["Sheet1", "Others", "--sheet"]);
    assert!(!run.stderr.contains("Nothing"), "an empty sheet is no choice: {run}");
}

#[test]
fn every_problem_is_shown_with_its_cell_and_remedy_and_without_the_cells_content() {
    let place = Place::new();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["email", "name", "password"]).unwrap();
    for (row, (address, password)) in (1..).zip([
        ("anna@example.com", "Wrong-Line\nTide#1"),
        ("not-an-address-Harbor!", "Tide&Orchard#2"),
        ("bob@example.com", " Tide&Orchard#3"),
        ("carl@example.com", ""),
        ("", "Tide&Orchard#5"),
        ("dora@example.com", "Tide&Orchard#6"),
        ("dora@example.com", "Tide&Orchard#7"),
    ]) {
        place.secret(address.split('@').next().filter(|name| name.contains("Harbor")).unwrap_or(password));
        sheet.write_string(row, 0, address).unwrap().write_string(row, 2, password).unwrap();
    }
    sheet.write_string(16, 0, "eve@example.com").unwrap().write_number(16, 2, 20_260_719).unwrap();
    sheet.write_string(17, 0, "finn@example.com").unwrap().write_formula(17, 2, Formula::new("=\"Tide\"&A1")).unwrap();
    place.secret("20260719");
    place.private("list.xlsx", workbook.save_to_buffer().unwrap());
    let run = check(&place, &["list.xlsx"]);
    assert_eq!(run.code, 2, "{run}");
    for cell in ["C2", "A3", "C4", "C5", "A6", "A7", "A8", "C17", "C18"] {
        let line = run.stdout.lines().find(|line| line.starts_with(&format!("list.xlsx Sheet1!{cell}: ")));
        assert!(line.is_some(), "{cell} is not named: {run}");
    }
    assert!(run.stdout.lines().filter(|line| line.starts_with("  help: ")).count() >= 7, "{run}");
    assert!(run.stdout.contains("9 rows: 0 to change, 9 wrong"), "{run}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    place.csv("list.csv", (0..2_000).map(|number| (format!("nobody {number}"), "Tide&Orchard#7")));
    let run = place.cprekey(["check", "list.csv", "--quiet"]).in_shell("{ {}; echo $? >code; } | head -1").run();
    assert_eq!((run.stdout.lines().count(), &*run.stderr, &*place.read("code")), (1, "", "2\n"), "{run}");
    for arguments in [vec!["apply", "--help"], vec!["man"], vec!["completions", "zsh"]] {
        let run = place.cprekey(arguments).in_shell("{ {}; echo $? >code; } | true").run();
        assert_eq!((&*run.stdout, &*run.stderr, &*place.read("code")), ("", "", "0\n"), "{run}");
    }
}

#[test]
fn a_closed_standard_output_does_not_keep_a_run_from_its_report() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    place.list("list.csv", 2);
    for line in ["{} >&-", "{} 2>&-", "{} <&- >&- 2>&-", "{} | true"] {
        fs::remove_file(place.path("report.csv")).unwrap_or_default();
        let run = place.apply("list.csv").on(&panel).in_shell(line).run();
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed", "changed"]), "{line}: {run}");
        assert!(!run.stderr.contains("panick"), "{run}");
    }
}

#[test]
fn there_may_be_no_home() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.list("list.csv", 1);
    let without = "unset HOME XDG_CONFIG_HOME XDG_STATE_HOME XDG_CACHE_HOME XDG_DATA_HOME; {}";
    // Its journal would be kept in the home that the system knows of: that of whoever runs the tests.
    let run = place.apply("list.csv").on(&panel).args(["--no-journal"]).in_shell(without).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed"]), "{run}");
    let run = place.cprekey(["check", "list.csv", "--profile", "work"]).in_shell(without).run();
    assert_refused(&run, &["error: "]);
}

#[test]
fn a_list_comes_from_standard_input() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.secret("Tide&Orchard#7");
    let list = "email,password\nuser1@example.com,Tide&Orchard#7\n";
    let run = place.apply("-").stdin(list).on(&panel).run();
    assert!(run.code == 0 && panel.verify("user1@example.com", "Tide&Orchard#7"), "{run}");
    let run = place.cprekey(["check", "-"]).stdin("email,password\nnobody at all,Tide&Orchard#7\n").run();
    assert!(run.code == 2 && run.stdout.starts_with("-:2: "), "{run}");
    let run = place.cprekey(["check", "-"]).stdin("").run();
    assert_refused(&run, &["error: ", "help: "]);
}

#[test]
fn a_list_from_standard_input_can_be_asked_about_at_the_terminal() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.list("list.csv", 1);
    // Within the terminal's shell standard input is the list, and the answer still comes from the terminal.
    let run = place.cprekey(["apply", "-"]).on(&panel).at_terminal_with("{} <list.csv", "y\n").run();
    assert_eq!((run.code, panel.changes().len()), (0, 1), "{run}");
}

#[test]
fn a_french_list_is_read_as_it_is() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    place.secret("Été;à=Nîmes#1");
    place.secret("Marée&Verger#2");
    let text = "\u{feff}Adresse;Domaine;Nouveau mot de passe;Ancien mot de passe\r\n\
        user1;example.com;\"Été;à=Nîmes#1\";x\r\n\r\nUser2@Example.COM;;Marée&Verger#2;y\r\n";
    place.private("liste.csv", text);
    let run = place.apply("liste.csv").on(&panel).run();
    assert_eq!((run.code, run.outcomes()), (0, vec!["changed", "changed"]), "{run}");
    let changed = [("user1@example.com", "Été;à=Nîmes#1"), ("user2@example.com", "Marée&Verger#2")];
    assert_eq!(panel.verify_all(&changed), [true, true]);
    assert_eq!(run.report().iter().map(|row| row.row).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn five_thousand_rows_are_a_small_list() {
    let place = Place::new();
    let rows = place.list("list.csv", 5_000);
    place.xlsx("list.xlsx", rows);
    for list in ["list.csv", "list.xlsx"] {
        let run = check(&place, &[list]);
        assert!(run.code == 0 && run.stdout.contains("5000 rows: 5000 to change"), "{run}");
    }
}

#[test]
fn file_names_may_be_anything() {
    let place = Place::new();
    for name in ["-x.csv", "l'été à \"table\".csv", "new\nline \u{1b}[31m.csv", "=1+1.csv"] {
        place.list(name, 1);
        let path = format!("./{name}");
        let run = check(&place, &[&path]);
        assert!(run.code == 0 && !run.stderr.contains('\u{1b}'), "{run}");
        assert_eq!(run.stderr.lines().count(), 3, "the name and two columns: {run}");
    }
}

#[test]
fn a_name_that_is_not_unicode_is_refused() {
    let place = Place::new();
    place.list("list.csv", 1);
    let run = place.cprekey(["check"]).in_shell("{} list.csv --sheet \"$(printf '\\377')\"").run();
    assert_refused(&run, &["UTF-8"]);
}

#[test]
fn a_files_name_need_not_be_unicode() {
    let place = Place::new();
    fs::write(place.path("list.csv"), "email,password\nanna@example.com,of no importance\n").unwrap();
    let line = "name=$(printf 'l\\351t\\351.csv'); mv list.csv \"$name\"; {} \"$name\"";
    let run = place.cprekey(["check"]).in_shell(line).run();
    assert!(run.code == 0 && run.stdout.contains("1 row: 1 to change"), "{run}");
}

#[test]
fn the_same_run_twice_does_no_harm() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 2);
    place.list("list.csv", 2);
    for _ in 0..2 {
        let run = place.apply("list.csv").on(&panel).run();
        assert_eq!((run.code, run.report().len()), (0, 2), "{run}");
    }
}

#[test]
fn plan_changes_nothing_and_names_who_cannot_be_changed() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.csv("list.csv", [("user1@example.com", "Tide&Orchard#7"), ("nobody@example.com", "Tide&Orchard#8")]);
    let run = place.cprekey(["plan", "list.csv"]).on(&panel).run();
    assert!(run.code == 3 && run.stdout.contains("1 to change"), "{run}");
    assert!(run.stdout.contains("row 3  nobody@example.com"), "{run}");
    assert_eq!((panel.changes().len(), panel.verify("user1@example.com", "before-This-1!")), (0, true));
}

#[test]
fn swapped_columns_are_questioned_before_a_password_is_taken_for_an_address() {
    let place = Place::new();
    let panel = Panel::with_mailboxes(&place, 1);
    place.private("list.csv", "password,email\nuser1@example.com,S3cret-Pass-1\n");
    place.secret("S3cret-Pass-1");
    let run = place.apply("list.csv").on(&panel).args(["--domain", "example.com", "--log", "run.log"]).run();
    assert_eq!((run.code, panel.counters().requests()), (2, 0), "{run}");
    assert!(run.stderr.contains("the columns look swapped"), "{run}");
    let run = place.cprekey(["check", "list.csv", "--columns", "email=B,password=A", "--domain", "example.com"]).run();
    assert_eq!(run.code, 0, "the user's word counts: {run}");
}
