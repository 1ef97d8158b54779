//! How it ends where there is no usable answer, and what is said then.

use cprekey_tests::{Person, Run, eventually};
use serde_json::json;

use super::ready;

const CALL: &str = "--api=uapi Email passwd_pop email=user password=12345luggage --quiet";

/// Nothing on standard output, and on standard error what happened and what to do.
fn assert_failed(run: &Run, code: i32, words: &[&str]) {
    let lines: Vec<_> = run.stderr.lines().collect();
    assert_eq!((run.code, &*run.stdout, lines.len()), (code, "", 2), "{run}");
    assert!(lines[0].starts_with("error: ") && lines[1].starts_with(" help: "), "{run}");
    assert!(words.iter().all(|word| run.stderr.contains(word)), "{words:?}: {run}");
}

#[test]
fn seven_where_it_may_have_been_done_and_once_is_once() {
    for answer in ["reset-after", "truncated", "status-503", "garbage", "no-status", "string-status"] {
        let (place, panel) = ready();
        panel.switch(&json!({"answer": answer}));
        let run = place.one_call(CALL).on(&panel).user("example").run();
        if answer == "string-status" {
            assert_eq!(run.code, 0, "{run}");
        } else {
            assert_failed(&run, 7, &["may have been done"]);
        }
        assert_eq!(panel.counters().calls("Email::passwd_pop"), 1, "{answer}");
    }
}

#[test]
fn seven_where_the_data_of_a_yes_does_not_say_that_the_password_was_changed() {
    let line = "Passwd change_password user=example oldpass=luggage12345 newpass=luggage54321 --quiet";
    let url = "--api=whmapi1 --quiet cpanel cpanel_jsonapi_user=example cpanel_jsonapi_apiversion=2 cpanel_jsonapi_module=Passwd \
               cpanel_jsonapi_func=change_password user=example oldpass=luggage12345 newpass=luggage54321";
    for (data, word) in [
        (json!([{"status": 1, "reason": "The old password is wrong."}]), "a reason why not"),
        (json!([]), "does not say that the password was changed"),
    ] {
        let (place, panel) = ready();
        let body = json!({"cpanelresult": {"event": {"result": 1}, "data": data}}).to_string();
        panel.switch(&json!({"answer": "raw", "body": body}));
        assert_failed(&place.one_call(line).on(&panel).user("example").run(), 7, &[word, "with the new password"]);
        assert_failed(&place.one_call(url).through_whm(&panel).run(), 7, &[word]);
    }
}

#[test]
fn four_where_the_panel_does_not_let_us_in() {
    let (place, panel) = ready();
    let run = place.one_call(CALL).on(&panel).user("example").token("NOT-THE-TOKEN").run();
    assert_failed(&run, 4, &["did not let us in", "--token-user"]);
    assert_eq!(panel.counters().failed_authentications(), 1);
}

#[test]
fn one_where_nobody_is_there_or_is_trusted() {
    let (place, panel) = ready();
    let run = place.one_call(CALL).on(&panel).user("example").without_trust().run();
    assert_failed(&run, 1, &["certificate", "--pin"]);
    let nobody = ["--resolve", "nobody.example.com:2083:127.98.76.54", "--host=nobody.example.com"];
    let run = place.one_call(CALL).args(nobody).on(&panel).user("example").run();
    assert_failed(&run, 1, &["nobody.example.com", "nothing was done"]);
}

#[test]
fn two_where_it_cannot_be_called_so() {
    let (place, panel) = ready();
    for (line, word) in [
        ("Email", "function is missing"),
        ("--api=whmapi1 --as=cpanel listaccts", "WHM API 1 is not on the cPanel face"),
        ("--user=other Email listpops", "token is that of example"),
        ("Email ../list_pops", "no API function has such a name"),
        ("Email listpops cpanel_jsonapi_user=other", "cpanel_jsonapi_"),
    ] {
        let run = place.one_call(line).on(&panel).user("example").run();
        assert!(run.code == 2 && run.stderr.contains(word) && run.stdout.is_empty(), "{word}: {run}");
    }
    let run = place.one_call("--api=uapi Email list_pops").through_whm(&panel).run();
    assert_failed(&run, 2, &["--user=ACCOUNT"]);
    let run = place.one_call("--api=uapi Email list_pops").locally(&panel, Person::Root).run();
    assert_failed(&run, 2, &["root is no cPanel account", "--user=ACCOUNT"]);
    assert_eq!((panel.counters().connections_opened(), &*panel.command_log_text()), (0, ""));
}

#[test]
fn unknown_options_are_named_without_what_stands_behind_them() {
    let (place, panel) = ready();
    for option in ["--newpass=luggage54321", "--token=luggage54321", "-pluggage54321"] {
        let run = place.one_call("Passwd change_password").args([option]).on(&panel).user("example").run();
        assert!(run.code == 2 && run.stderr.contains(&option[..2]), "{run}");
    }
}

#[test]
fn an_interruption_ends_the_wait_and_says_that_it_may_have_been_done() {
    for signal in ["INT", "TERM"] {
        let (place, panel) = ready();
        panel.switch(&json!({"answer": "stall"}));
        let running = place.one_call(CALL).on(&panel).user("example").start();
        eventually("the request", || panel.counters().requests() == 1);
        running.signal(signal);
        assert_failed(&running.wait(), 130, &["may have been done"]);
    }
}

#[test]
fn a_local_program_that_dies_or_hangs_leaves_it_open() {
    let (place, panel) = ready();
    let local = "--api=uapi --user=example Email passwd_pop email=user password=12345luggage --quiet --timeout=2";
    for (answer, word) in [("die", "printed no JSON"), ("hang", "no answer within 2 s")] {
        panel.switch(&json!({"match": {"function": "Email::passwd_pop"}, "answer": answer}));
        assert_failed(&place.one_call(local).locally(&panel, Person::Root).run(), 7, &[word, "may have been done"]);
        panel.clear_switches();
    }
}

#[test]
fn a_reader_who_has_gone_is_no_failure_and_a_full_disk_is_one() {
    let (place, panel) = ready();
    let call = || place.one_call("--api=uapi --quiet Email list_pops").on(&panel).user("example");
    let run = call().in_shell("{ {}; echo $? >code; } | true").run();
    assert_eq!((&*place.read("code"), &*run.stderr), ("0\n", ""), "{run}");
    let run = call().in_shell("{} >/dev/full").run();
    assert_failed(&run, 1, &["standard output cannot be written", "the call was made"]);
}
