//! The columns, shown masked before the first change, and passwords that look as if another column was meant.

use cprekey_tests::{Panel, Place, Run, eventually};

/// The address, the passwords and what is said of them.
const SUSPICIOUS: [(&str, [&str; 3], &str); 5] = [
    ("the same", ["Tide&Orchard#7"; 3], "all 3 new passwords are the same"),
    ("names", ["user1", "Tide&Orchard#7", "USER3"], "2 of 3 new passwords are the address or the name"),
    ("addresses", ["a@example.net", "b@example.net", "Tide&Orchard#7"], "2 of 3 new passwords are e-mail addresses"),
    ("domains", ["example.com", "Example.com", "EXAMPLE.COM"], "3 of 3 new passwords are domains"),
    ("headers", ["Passwort", "password", "mdp"], "every new password is a word that heads a column"),
];

/// A place with a list of three mailboxes with these passwords, and a panel that takes any. Some of them are words that stand anywhere.
fn ready(passwords: [&str; 3]) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::start_with(
        &place,
        "[behaviour]\nrequired_strength = 0\n[[account]]\nname = 'shop'\ndomain = 'example.com'\n\
         generate = [{ count = 3, pattern = 'user{n}', domain = 'example.com', password = 'before-This-1!' }]\n",
        &["--no-hashing"],
    );
    let rows: Vec<_> = passwords.iter().zip(1..).map(|(new, n)| format!("user{n}@example.com,{new}\n")).collect();
    place.private("list.csv", format!("email,password\n{}", rows.concat()));
    (place, panel)
}

/// POL-04: `check` and `plan` warn, `apply` sends nothing where nobody can be asked.
#[test]
fn nothing_is_sent_before_somebody_has_confirmed_it() {
    for (name, passwords, words) in SUSPICIOUS {
        let (place, panel) = ready(passwords);
        let check = place.cprekey(["check", "list.csv"]).run();
        assert!(check.code == 0 && check.stderr.contains(words), "{name}: {check}");
        let plan = place.cprekey(["plan", "list.csv"]).on(&panel).run();
        assert!(plan.code == 0 && plan.stderr.contains(words), "{name}: {plan}");
        panel.reset_counters();
        for options in [&["--yes"][..], &[], &["--yes", "--quiet"]] {
            let run = place.cprekey(["apply", "list.csv"]).args(options.iter().copied()).on(&panel).run();
            assert_eq!((run.code, panel.counters().requests()), (2, 0), "{name}: {run}");
            assert!(run.stderr.contains(words) && run.stderr.contains("nothing was sent"), "{name}: {run}");
            assert!(run.stderr.contains("--columns password=") && run.stderr.contains("--allow-suspicious"), "{run}");
        }
    }
}

/// POL-04: where the user knows it.
#[test]
fn allow_suspicious_sends_them_all_the_same() {
    for (name, passwords, _) in SUSPICIOUS {
        let (place, panel) = ready(passwords);
        let run = place.apply("list.csv").args(["--allow-suspicious"]).on(&panel).run();
        assert_eq!((run.code, panel.changes().len()), (0, 3), "{name}: {run}");
    }
}

/// Runs `apply` at a terminal, and types this at its question.
fn answered(place: &Place, panel: &Panel, typed: &str) -> Run {
    confirmed(place, panel, &["apply", "list.csv"], typed)
}

/// Runs a command at a terminal, and types this at its question.
fn confirmed(place: &Place, panel: &Panel, command: &[&'static str], typed: &str) -> Run {
    let command = place.cprekey(command.iter().copied()).on(panel).env("TERM", "xterm");
    let mut running = command.at_terminal_with("stty cols 200; {}", "").stdin_left_open().start();
    let question = "Type how many changes that are to go on:";
    eventually(question, || running.shown().contains(question));
    running.type_in(&format!("{typed}\n"));
    running.wait()
}

/// POL-04: at a terminal it is confirmed by the number of changes, because a y is typed too easily.
#[test]
fn at_a_terminal_the_number_of_changes_is_to_be_typed() {
    let (place, panel) = ready(["Tide&Orchard#7"; 3]);
    for typed in ["y", "2", ""] {
        let run = answered(&place, &panel, typed);
        assert_eq!((run.code, panel.changes().len()), (130, 0), "{typed:?}: {run}");
    }
    let run = answered(&place, &panel, "3");
    assert_eq!((run.code, panel.changes().len()), (0, 3), "{run}");
    assert!(run.stdout.contains("all 3 new passwords are the same") && run.stdout.contains("no way back"), "{run}");
}

/// POL-04: a run that ended before anybody was asked is no confirmation, and `resume` asks like `apply`.
#[test]
fn a_run_that_nobody_confirmed_is_confirmed_when_it_is_gone_on_with() {
    let (place, panel) = ready(["Tide&Orchard#7"; 3]);
    let apply = place.cprekey(["apply", "list.csv", "--max-changes", "1"]).on(&panel).env("TERM", "xterm");
    let run = apply.at_terminal("").run();
    assert!(run.stdout.contains("3 changes are more than --max-changes 1"), "{run}");
    let resume = ["resume", "last", "--yes", "--max-changes", "1000"];
    let run = place.cprekey(resume).on(&panel).run();
    assert_eq!((run.code, panel.changes().len()), (2, 0), "{run}");
    assert!(run.stderr.contains("all 3 new passwords are the same"), "{run}");
    assert!(run.stderr.contains("say --allow-suspicious") && run.stderr.contains("is another run"), "{run}");
    let asked = ["resume", "last", "--max-changes", "1000"];
    for (typed, code, changes) in [("y", 130, 0), ("3", 0, 3)] {
        let run = confirmed(&place, &panel, &asked, typed);
        assert_eq!((run.code, panel.changes().len()), (code, changes), "{run}");
    }
}

/// POL-04: what was allowed for the run is allowed for what is left of it, and may be allowed later.
#[test]
fn what_was_allowed_stays_allowed() {
    for begun_with in [true, false] {
        let (place, panel) = ready(["Tide&Orchard#7"; 3]);
        let options: &[&str] = if begun_with { &["--allow-suspicious", "--yes"] } else { &[] };
        let apply = place.cprekey(["apply", "list.csv", "--max-changes", "1"]).args(options.iter().copied());
        apply.on(&panel).env("TERM", "xterm").at_terminal("").run();
        let typed: &[&str] = if begun_with { &[] } else { &["--allow-suspicious"] };
        let resume = place.cprekey(["resume", "last", "--yes", "--max-changes", "1000"]).args(typed.iter().copied());
        let run = resume.on(&panel).run();
        assert_eq!((run.code, panel.changes().len()), (0, 3), "{begun_with}: {run}");
    }
}

/// POL-04: the columns are shown before the question, of passwords no more than kinds of signs; POL-05, POL-06: and what is to be known.
#[test]
fn columns_are_shown_masked_before_the_question() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 3, &["--no-hashing"]);
    place.list("list.csv", 3);
    let lines = [
        "  email     column A \"email\"     user1@example.com, user2@example.com …",
        "  password  column B \"password\"  •••••••• (letters, digits, signs)",
    ];
    let apply = place.cprekey(["apply", "list.csv"]).on(&panel).env("TERM", "xterm");
    let mut running = apply.at_terminal_with("stty cols 200; {}", "").stdin_left_open().start();
    eventually("a question", || running.shown().contains("new passwords? [y/N]"));
    assert_eq!(panel.changes(), []);
    running.type_in("n\n");
    let shown = running.wait().stdout;
    let question = shown.find("[y/N]").unwrap();
    for words in lines.into_iter().chain(["There is no way back", "address blocked for a time"]) {
        assert!(shown.find(words).is_some_and(|place| place < question), "{words} in {shown}");
    }
    for command in ["check", "plan", "apply"] {
        let invocation = |options: &'static [&'static str]| {
            let invocation = place.cprekey([command, "list.csv"]).args(options.iter().copied());
            if command == "check" { invocation } else { invocation.on(&panel) }
        };
        let told = invocation(&[]).run().stderr;
        assert!(lines.iter().all(|line| told.contains(line)), "{command}: {told}");
        assert!(!invocation(&["--quiet"]).run().stderr.contains("column A"), "{command}");
    }
}

/// POL-04, POL-05: who is asked sees what a yes means, however quiet the rest is.
#[test]
fn a_question_shows_the_columns_and_that_there_is_no_way_back_with_quiet_too() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 3, &["--no-hashing"]);
    place.list("list.csv", 3);
    let apply = place.cprekey(["apply", "list.csv", "--quiet"]).on(&panel).env("TERM", "xterm");
    let mut running = apply.at_terminal_with("stty cols 200; {}", "").stdin_left_open().start();
    eventually("a question", || running.shown().contains("new passwords? [y/N]"));
    running.type_in("n\n");
    let shown = running.wait().stdout;
    let question = shown.find("[y/N]").unwrap();
    for words in ["column A \"email\"", "column B \"password\"  ••••••••", "There is no way back"] {
        assert!(shown.find(words).is_some_and(|place| place < question), "{words} in {shown}");
    }
}

/// POL-04: and as an event.
#[test]
fn columns_are_an_event() {
    let place = Place::new();
    place.list("list.csv", 3);
    let check = place.cprekey(["check", "list.csv", "--output", "json", "--quiet"]).run();
    let event = &check.events()[0];
    let password = serde_json::json!({
        "field": "password", "column": "B", "header": "password", "sample": "•••••••• (letters, digits, signs)"
    });
    assert_eq!((event["event"].as_str(), &event["columns"][1]), (Some("columns"), &password), "{check}");
    assert_eq!(event["suspicions"], serde_json::json!([]));
}
