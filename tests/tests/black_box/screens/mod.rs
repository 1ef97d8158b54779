//! Nothing that a list, a panel or a person's words hold steers a terminal, a log or a report.
//!
//! Every payload of `fixtures/payloads.toml` comes from every source that can carry it, and everything that is written is searched.

mod lists;
mod multiplexer;
mod names;
mod one_call;
mod panels;
mod programs;

use cprekey_tests::{Invocation, Payload, Place, Run, harm_at_a_terminal, harm_in, payloads};
use serde_json::Value;

const PASSWORD: &str = "Tide&Orchard#7";

/// What a run is asked to write, so that all of it can be searched.
const FILES: [&str; 5] = ["run.log", "rows.csv", "rows.xlsx", "rows.ndjson", "again.csv"];

/// How something is run.
#[derive(Clone, Copy, Debug)]
enum Look {
    Piped,
    AtTerminal,
    Json,
}

const LOOKS: [Look; 3] = [Look::Piped, Look::AtTerminal, Look::Json];

/// Runs it so, and searches what it shows.
fn see(look: Look, invocation: Invocation<'_>, about: &str) -> Run {
    let run = match look {
        Look::Piped => invocation.run(),
        Look::AtTerminal => invocation.env("TERM", "xterm").at_terminal("").run(),
        Look::Json => invocation.args(["--output", "json"]).run(),
    };
    let harm = match look {
        Look::AtTerminal => harm_at_a_terminal(&run.stdout),
        Look::Piped | Look::Json => harm_in(run.stdout.as_bytes()),
    };
    let harm = harm.or_else(|| harm_in(run.stderr.as_bytes()));
    assert_eq!(harm, None, "{about}, {look:?}");
    assert!(matches!(run.code, 0 | 1 | 2 | 3 | 5 | 6 | 7), "{about}, {look:?}: {}", run.code);
    run
}

/// Runs `apply` in every look, with all files written, and searches them too.
fn see_apply_everywhere<'a>(
    place: &'a Place,
    list: &'a str,
    with: impl Fn(Invocation<'a>) -> Invocation<'a>,
) -> [Run; 3] {
    LOOKS.map(|look| {
        for name in FILES.into_iter().filter(|name| place.path(name).exists()) {
            std::fs::remove_file(place.path(name)).unwrap();
        }
        let [log, csv, xlsx, ndjson, failed] = FILES;
        let files = ["--log", log, "--report", csv, "--report", xlsx, "--report", ndjson, "--failed", failed];
        let apply =
            place.cprekey(["apply", list, "--yes", "--skip-invalid", "--rate", "none", "--verbose"]).args(files);
        let run = see(look, with(apply), "apply");
        assert_files_are_harmless(place);
        run
    })
}

fn assert_files_are_harmless(place: &Place) {
    for name in FILES.into_iter().filter(|name| *name != "rows.xlsx" && place.path(name).exists()) {
        assert_eq!(harm_in(&std::fs::read(place.path(name)).unwrap()), None, "{name}");
    }
    let rows = place.report("rows.ndjson");
    assert!(rows.iter().all(|row| row.detail.chars().count() <= 500), "NET-27");
    for row in rows.iter().chain(&place.report("rows.xlsx")) {
        assert_eq!(harm_in(row.target.as_bytes()).or_else(|| harm_in(row.detail.as_bytes())), None, "{row:?}");
    }
}

/// Every payload with a look, the looks in turn.
fn with_a_look(payloads: Vec<Payload>) -> impl Iterator<Item = (Payload, Look)> {
    payloads.into_iter().zip(LOOKS.into_iter().cycle())
}

/// The payloads that JSON can say, as values.
fn in_json() -> Vec<(Payload, Value)> {
    let text = |payload: &Payload| payload.text().map(Value::from);
    payloads().into_iter().filter_map(|payload| text(&payload).map(|text| (payload, text))).collect()
}
