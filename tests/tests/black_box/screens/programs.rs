//! Payloads in what a local program prints and complains.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use cprekey_tests::{Person, Place, payloads};

use super::see_apply_everywhere;

/// A yes to every question, and to a change of a mailbox of an even number; for one of an odd number its payload, as an answer and as a
/// complaint.
const SCRIPT: &str = r#"#!/bin/sh
case "$0 $*" in *passwd_pop*) ;; *) echo 'YES'; exit;; esac
said="$* $(cat)"
number=${said#*user}; number=${number%%[!0-9]*}
[ -e "$(dirname "$0")/$number" ] || { echo 'YES'; exit; }
cat "$(dirname "$0")/$number"
cat "$(dirname "$0")/$number" >&2
exit 3
"#;

const YES: &str =
    r#"{"result":{"status":1,"data":{"strength":65,"user":"shop","domain":"example.com"},"errors":null}}"#;

/// NET-26: whatever bytes they are.
#[test]
fn nothing_that_a_program_prints_or_complains_steers_a_terminal() {
    let (place, server) = (Place::new(), Place::new());
    let all: Vec<_> = payloads().into_iter().filter(|payload| !payload.bytes.is_empty()).collect();
    place.list("list.csv", 2 * all.len());
    for (index, payload) in all.iter().enumerate() {
        fs::write(server.path(&(2 * index + 1).to_string()), &payload.bytes).unwrap();
    }
    fs::write(server.path("uapi"), SCRIPT.replace("YES", YES)).unwrap();
    fs::set_permissions(server.path("uapi"), Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(server.path(""), Permissions::from_mode(0o755)).unwrap();
    let bin = server.path("");
    let options = ["--local", "--bin-dir", bin.to_str().unwrap(), "--verify", "none", "--retries", "0", "--jobs", "1"];
    let runs = see_apply_everywhere(&place, "list.csv", |apply| apply.started_by(Person::User(60001)).args(options));
    for run in runs {
        assert_eq!(run.code, 7, "{run}");
    }
    let rows = place.report("rows.ndjson");
    let complaints = rows.iter().filter(|row| row.detail.contains("exit status: 3")).count();
    assert!(
        rows.iter().skip(1).step_by(2).all(|row| row.outcome == "changed") && complaints > 40,
        "{complaints}: {rows:#?}"
    );
}
