//! Panics with a secret in their words, wherever the programs hold one.

use cprekey_tests::{Invocation, Person, Run, eventually};
use rust_xlsxwriter::Workbook;
use serde_json::json;

use crate::detectors::panics::{self, PANICS};
use crate::detectors::{files, server};
use crate::ground::{Ground, SHOP, canary};
use crate::tally;
use crate::xlsb::xlsb;

/// The points at which the programs can be told to panic.
const POINTS: &str = include_str!("../../../../fixtures/failpoints.txt");

/// The passwords in the fixture.
const OF_FIXTURE: [&str; 2] = ["p+q&r#s%41 é\"'\\;=@", "<b>&amp;_x0041_"];

/// A call that can be told where its password is.
const CALL: &str = "--api=uapi Email passwd_pop email=user1@example.com --output=json";

/// What gets to a point.
fn reaching<'a>(ground: &'a Ground, point: &str) -> Invocation<'a> {
    let (place, panel) = (&ground.place, &ground.panel);
    let list = |name| place.apply(name).args(["--skip-invalid"]).on(panel);
    let at_terminal = |arguments: &'static str, typed: &str| {
        let apply = place.cprekey(["apply", "list.csv", "--skip-invalid"]).args(arguments.split_whitespace());
        apply.on(panel).env("TERM", "xterm").at_terminal_with("stty -echo; {}", typed)
    };
    let one_call = |source: &str| place.one_call(CALL).args([format!("password={source}")]).on(panel).user("shop");
    match point {
        "token-command" => {
            place.private("token.txt", panel.token("shop"));
            list("list.csv").without_token().args(["--token-command", "cat token.txt"])
        }
        "token-environment" => list("list.csv").without_token().env("CPREKEY_TOKEN", panel.token("shop")),
        "token-prompt" => at_terminal("--yes", "").without_token(),
        "question" => at_terminal("", "y\n"),
        "progress" => at_terminal("--yes", ""),
        "list-simple" => list("list.xlsx"),
        "list-xlsx" => list("sheets.xlsx"),
        "list-xlsb" => list("list.xlsb"),
        "list-grid" => list(place.fixture("lists/plain-libreoffice.ods")),
        "list-problems" => place.cprekey(["check", "list.csv"]),
        "plan-look" => place.cprekey(["plan", "list.csv", "--skip-invalid"]).on(panel),
        "events" => list("list.csv").args(["--output", "json"]),
        "log" => list("list.csv").args(["--log", "log"]),
        "failed-row" | "failed-write" => list("list.csv").args(["--failed", "failed.csv"]),
        "run-batch" => place.apply("list.csv").args(["--skip-invalid"]).through_whm(panel),
        "command-json" | "command-input" | "command-output" => {
            place.apply("list.csv").args(["--skip-invalid"]).locally(panel, Person::Root)
        }
        "command-file" | "command-word" => {
            panel.behaviour(&json!({"local": {"json": []}}));
            place.apply("list.csv").args(["--skip-invalid"]).locally(panel, SHOP)
        }
        "cpapi2-source" => one_call("@new.txt"),
        "cpapi2-input" => {
            let arguments = json!({"email": "user1@example.com", "password": canary(1)}).to_string();
            place.one_call("--api=uapi --input=json Email passwd_pop").on(panel).user("shop").stdin(arguments)
        }
        point if point.starts_with("cpapi2-") => one_call("@-").stdin(canary(1)),
        _ => list("list.csv"),
    }
}

/// A ground with lists of every kind, and a row that the panel refuses in words with its password.
fn ready() -> Ground {
    let ground = Ground::new();
    ground.list();
    ground.place.private("new.txt", canary(1));
    ground.place.secrets(OF_FIXTURE);
    ground.place.xlsx("list.xlsx", [("user1@example.com", canary(1))]);
    ground.place.private("sheets.xlsx", two_sheets(&[["email", "password"], ["user1@example.com", &canary(1)]]));
    ground.place.private("list.xlsb", xlsb(&[["email", "password"], ["user1@example.com", &canary(1)]]));
    let on = json!({"function": "Email::passwd_pop", "address": "user2@example.com"});
    let text = format!("{} is not good", canary(2));
    ground.panel.switch(&json!({"match": on, "answer": "refuse", "text": text}));
    ground
}

/// A workbook with a second sheet, which is not read as simply as one with a single sheet.
fn two_sheets(rows: &[[&str; 2]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    workbook.add_worksheet();
    workbook.save_to_buffer().unwrap()
}

/// The points whose panic is caught and answered: the exit code then, and words of the answer.
const ANSWERED: [(&str, i32, &str); 6] = [
    ("list-simple", 2, "the file is damaged: it cannot be understood"),
    ("list-xlsx", 2, "the file is damaged: it cannot be understood"),
    ("list-xlsb", 2, "the file is damaged: it cannot be understood"),
    ("list-grid", 2, "the file is damaged: it cannot be understood"),
    ("https-body", 1, "the panel cannot be reached: user code panicked"),
    ("question", 130, "a bug in this program, at crates/cli/src/ask.rs:"),
];

/// Runs a program to where it panics.
fn run(ground: &Ground, point: &str) -> Run {
    let invocation = reaching(ground, point).panicking_at(point).env("RUST_BACKTRACE", "full").env("RUST_LOG", "trace");
    if point != "token-prompt" {
        return invocation.start().end();
    }
    // What is typed before somebody asks for it would be seen.
    let mut running = invocation.stdin_left_open().start();
    eventually("the prompt", || running.shown().contains("API token of shop"));
    running.type_in(&format!("{}\n", ground.panel.token("shop")));
    running.end()
}

/// Has a program panic at a point, and searches what it said and left; says what is not as it must be.
fn panicked_at(point: &str) -> Option<String> {
    let ground = ready();
    let run = run(&ground, point);
    let said = format!("{}{}", run.stdout, run.stderr);
    let mut search = ground.search();
    let answer = ANSWERED.into_iter().find(|(answered, ..)| *answered == point);
    let (_, code, words) = answer.unwrap_or((point, 1, "a bug in this program, at crates/"));
    search.require(run.code == code && said.contains(words), PANICS, point, "not reached, or said otherwise");
    panics::search(&said, &mut search);
    server::search(&ground.panel, &mut search);
    files::search(&ground.place, &mut search);
    tally::looked(search.places, search.findings.len());
    let findings: Vec<_> = search.findings.iter().map(ToString::to_string).collect();
    (!findings.is_empty()).then(|| format!("{point}: {findings:#?}: {run}"))
}

/// SEC-09: a panic at any point shows its place and nothing else.
#[test]
fn panics_show_their_place_alone() {
    let points: Vec<_> = POINTS.lines().collect();
    assert!(points.len() >= 20, "{points:?}");
    let wrong: Vec<_> = points.into_iter().filter_map(panicked_at).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
