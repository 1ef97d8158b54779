//! What values are, and where they come from.

use cprekey_tests::{Panel, Run, eventually};

use super::{OLD, ready};
use crate::terminal::wait_for_silence;

/// A password that every careless decoding spoils.
const HARD: &str = " a+b%41@&=#é \"x";

fn assert_set(panel: &Panel, run: &Run, password: &str) {
    assert!(run.code == 0 && panel.verify("user@example.com", password), "{run}");
}

#[test]
fn typed_values_are_uri_decoded() {
    let (place, panel) = ready();
    place.secret(HARD);
    for (typed, password) in [
        ("password=Ab+c", "Ab c"),
        ("password=Ab%2Bc", "Ab+c"),
        ("password=50%25off", "50%off"),
        ("password=50%off", "50%off"),
        ("pass%77ord=a=b&c/d", "a=b&c/d"),
        ("password=%40file", "@file"),
        ("password=%20a%2Bb%2541%40%26%3D%23%C3%A9%20%22x", HARD),
    ] {
        let run =
            place.one_call("--api=uapi Email passwd_pop email=user").args([typed]).on(&panel).user("example").run();
        assert_set(&panel, &run, password);
    }
}

#[test]
fn values_come_from_files_lines_and_variables_as_they_are() {
    let (place, panel) = ready();
    place.secret(HARD);
    place.private("plain", HARD);
    place.private("line", format!("{HARD}\n"));
    let call = |source: &str| {
        place
            .one_call("--api=uapi Email passwd_pop email=user")
            .args([format!("password={source}")])
            .on(&panel)
            .user("example")
    };
    let piped = |source: &str| call(source).stdin(HARD);
    for call in [
        call("@plain"),
        call("@line"),
        piped("@/dev/stdin"),
        call("@-").stdin(format!("{HARD}\nnext\n")),
        call("@env:NEW").env("NEW", HARD),
    ] {
        let run = call.run();
        assert_set(&panel, &run, HARD);
        assert_eq!(run.stderr, "", "nothing of it can be read by others: {run}");
        let reset = place
            .one_call("--api=uapi Email passwd_pop email=user password=12345luggage")
            .on(&panel)
            .user("example")
            .run();
        assert_set(&panel, &reset, "12345luggage");
    }
}

#[test]
fn each_line_of_standard_input_is_taken_once_and_in_order() {
    let (place, panel) = ready();
    place.secret("wind-orchard-9");
    let line = "Passwd change_password user=example oldpass=@- newpass=@-";
    let run = place.one_call(line).on(&panel).user("example").stdin("luggage12345\r\nwind-orchard-9").run();
    assert!(run.code == 0 && panel.verify("example", "wind-orchard-9"), "{run}");
    let run = place.one_call(line).on(&panel).user("example").stdin("wind-orchard-9\n").run();
    assert!(run.code == 2 && run.stderr.contains("no line for newpass"), "{run}");
}

#[test]
fn at_a_terminal_a_line_is_asked_for_and_not_shown() {
    let (place, panel) = ready();
    place.secret("wind-orchard-9");
    let call = || {
        let line = "Passwd change_password user=example oldpass=@env:OLD newpass=@-";
        let call = place.one_call(line).on(&panel).user("example").env("OLD", OLD).env("TERM", "xterm");
        call.at_terminal_with("trap : INT; tty >tty; {}; exit $?", "").stdin_left_open().start()
    };
    let mut running = call();
    wait_for_silence(&place, &running, "newpass: ");
    running.type_in("\u{3}");
    assert_eq!(running.wait().code, 130);
    assert_eq!(panel.counters().connections_opened(), 0);
    std::fs::remove_file(place.path("tty")).unwrap();
    let mut running = call();
    wait_for_silence(&place, &running, "newpass: ");
    running.type_in("wind-orchard-9\n");
    let run = running.wait();
    assert!(run.code == 0 && panel.verify("example", "wind-orchard-9"), "{run}");
}

/// SEC-25: behind a question whose answer is not shown, signals do what they did before it.
#[test]
fn after_a_hidden_line_ctrl_c_still_ends_what_waits() {
    let (place, panel) = ready();
    assert!(
        std::process::Command::new("mkfifo").args(["-m", "600"]).arg(place.path("pipe")).status().unwrap().success()
    );
    let call =
        place.one_call("Passwd change_password user=example oldpass=@- newpass=@pipe").on(&panel).user("example");
    let mut running =
        call.env("TERM", "xterm").at_terminal_with("trap : INT; tty >tty; {}; exit $?", "").stdin_left_open().start();
    wait_for_silence(&place, &running, "oldpass: ");
    running.type_in(&format!("{OLD}\n"));
    let tty = place.read("tty");
    eventually("a terminal as it was", || {
        let settings = std::process::Command::new("stty").args(["-a", "-F", tty.trim()]).output().unwrap();
        String::from_utf8_lossy(&settings.stdout).contains(" echo ")
    });
    running.type_in("\u{3}");
    assert_eq!(running.wait().code, 130);
    assert_eq!(panel.counters().connections_opened(), 0);
}

#[test]
fn a_value_that_cannot_be_had_is_named_and_nothing_is_sent() {
    let (place, panel) = ready();
    for (word, told) in [
        ("password=@missing", "missing"),
        ("password=@env:NO_SUCH", "NO_SUCH"),
        ("password=@/dev/zero", "it holds more than 1048576 bytes"),
        ("password=@", "names no file"),
        ("password=@-", "no line for password"),
        ("password=%ff", "not UTF-8"),
        ("skip_main", "“skip_main”"),
        ("=value", "no key=value"),
    ] {
        let run =
            place.one_call("--api=uapi Email passwd_pop email=user").args([word]).on(&panel).user("example").run();
        assert!(run.code == 2 && run.stderr.contains(told) && run.stdout.is_empty(), "{run}");
    }
    assert_eq!(panel.counters().connections_opened(), 0);
}

#[test]
fn json_on_standard_input_is_taken_as_it_stands() {
    let (place, panel) = ready();
    place.secret("a+b%41@c");
    let call = |input: &str| {
        place.one_call("--api=uapi --input=json Email passwd_pop").on(&panel).user("example").stdin(input).run()
    };
    assert_set(&panel, &call(r#"{"email":"user@example.com","password":"a+b%41@c"}"#), "a+b%41@c");
    panel.reset_counters();
    for input in [r#"{"email":[["user"]],"password":"a+b%41@c"}"#, r#"{"password":{"a":"a+b%41@c"}}"#, "a+b%41@c", ""] {
        let run = call(input);
        assert!(run.code == 2 && run.stderr.contains("JSON"), "{run}");
    }
    let run = place.one_call("--input=json Email passwdpop email=user").on(&panel).user("example").stdin("{}").run();
    assert!(run.code == 2 && run.stderr.contains("--input=json"), "{run}");
    assert_eq!(panel.counters().requests(), 0);
}

#[test]
fn json_may_hold_lists_nulls_and_numbers_as_they_are_written() {
    let (place, panel) = ready();
    let input = r#"{"name":["user","domain"],"none":null,"ratio":1.0}"#;
    let line = "--api=uapi --input=json Variables get_user_information --explain";
    let run = place.one_call(line).on(&panel).user("example").stdin(input).run();
    assert!(run.code == 0 && run.stdout.ends_with(":\n  name=user\n  name=domain\n  ratio=1.0\n"), "{run}");
    let mailbox = r#"{"email":["user@example.com"],"domain":null,"password":["wind-orchard-9"]}"#;
    place.secret("wind-orchard-9");
    let run =
        place.one_call("--api=uapi --input=json Email passwd_pop").on(&panel).user("example").stdin(mailbox).run();
    assert_set(&panel, &run, "wind-orchard-9");
}

#[test]
fn a_typed_secret_is_warned_about_once_and_quiet_says_nothing() {
    let (place, panel) = ready();
    let line = "Passwd change_password user=example oldpass=wrong-Secret-1 newpass=wrong-Secret-2 enablemysql=0";
    place.secrets(["wrong-Secret-1", "wrong-Secret-2"]);
    let run = place.one_call(line).on(&panel).user("example").run();
    assert_eq!((run.code, run.stderr.lines().count()), (3, 1), "{run}");
    assert!(["oldpass, newpass", "@FILE", "@-", "@env:NAME"].iter().all(|word| run.stderr.contains(word)), "{run}");
    let run = place.one_call(line).args(["--quiet"]).on(&panel).user("example").run();
    assert_eq!((run.code, &*run.stderr), (3, ""), "{run}");
}
