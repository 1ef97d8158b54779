//! Answers come in the native program's envelope, whatever carried them.

use cprekey_tests::{Panel, Person};
use serde_json::json;

use super::{OLD, config, json, ready};

#[test]
fn uapi_is_nested_over_both_faces_and_locally() {
    let (place, panel) = ready();
    let call = || place.one_call("--api=uapi --output=json --user=example Email list_pops");
    let answers = [call().on(&panel).user("example"), call().through_whm(&panel), call().locally(&panel, Person::Root)];
    for run in answers.map(cprekey_tests::Invocation::run) {
        let answer = json(&run.stdout);
        assert_eq!((run.code, &answer["apiversion"], &answer["result"]["status"]), (0, &json!(3), &json!(1)), "{run}");
        assert_eq!((&answer["module"], &answer["func"]), (&json!("Email"), &json!("list_pops")));
    }
}

#[test]
fn output_is_yaml_unless_it_is_wanted_otherwise() {
    let (place, panel) = ready();
    let call = |more: &str| {
        place.one_call("--api=uapi Email count_pops").args(more.split_whitespace()).on(&panel).user("example").run()
    };
    for (more, begin, lines) in [
        ("", "---\napiversion: 3\nfunc: count_pops\nmodule: Email\nresult:\n  status: 1\n", None),
        ("--output=yaml", "---\napiversion: 3\n", None),
        ("--output=jsonpretty", "{\n  \"apiversion\": 3,\n", None),
        ("--output=json", "{\"apiversion\":3,\"func\":\"count_pops\",", Some(1)),
    ] {
        let run = call(more);
        assert!(run.code == 0 && run.stdout.starts_with(begin), "{run}");
        assert!(lines.is_none_or(|lines| run.stdout.lines().count() == lines), "{run}");
    }
    assert_eq!(call("--output=xml").code, 2);
}

#[test]
fn a_refusal_prints_its_envelope_and_ends_with_three() {
    let (place, panel) = ready();
    let mailbox = place.one_call("--api=uapi --output=json Email passwd_pop email=nobody password=12345luggage");
    let run = mailbox.on(&panel).user("example").run();
    assert_eq!((run.code, &json(&run.stdout)["result"]["status"]), (3, &json!(0)), "{run}");
    // What stands before the API refused it, so that there is no envelope of its own.
    let run = place.one_call("--api=uapi --output=json --user=nobody Email list_pops").through_whm(&panel).run();
    assert_eq!((run.code, &json(&run.stdout)["result"]["status"]), (3, &json!(0)), "{run}");
    assert!(run.stdout.contains("do not have a user named"), "{run}");
    let run = place.one_call("--output=json --user=nobody Email listpops").through_whm(&panel).run();
    assert_eq!((run.code, &json(&run.stdout)["cpanelresult"]["event"]["result"]), (3, &json!(0)), "{run}");
    let run = place.one_call("--api=whmapi1 --output=json no_such_function").through_whm(&panel).run();
    assert_eq!((run.code, &json(&run.stdout)["metadata"]["result"]), (3, &json!(0)), "{run}");
}

#[test]
fn a_secret_that_the_panel_repeats_is_not_printed() {
    let (place, panel) = ready();
    panel.switch(&json!({"answer": "refuse", "text": format!("not {OLD}, no")}));
    for output in ["yaml", "json", "jsonpretty"] {
        let line = "Passwd change_password user=example oldpass=luggage12345 newpass=luggage54321 --output";
        let run = place.one_call(line).args([output]).on(&panel).user("example").run();
        assert!(run.code == 3 && run.stdout.contains("not [password], no"), "{run}");
    }
}

#[test]
fn a_secret_that_is_an_ordinary_word_leaves_the_envelope_whole() {
    for old in ["status", "s", "result", "cpanelresult"] {
        let place = cprekey_tests::Place::new();
        let row = json!({"status": 1, "statustxt": "Password changed: status."});
        let body = json!({"cpanelresult": {"event": {"result": 1}, "data": [row]}});
        let (panel, line) = (Panel::start(&place, &config(&place)), "--quiet --output=json Passwd change_password");
        panel.switch(&json!({"answer": "raw", "body": body.to_string()}));
        let words = ["user=example", &format!("oldpass={old}"), "newpass=luggage54321"].map(str::to_owned);
        let run = place.one_call(line).args(words).on(&panel).user("example").run();
        assert_eq!((run.code, &json(&run.stdout)["cpanelresult"]["data"][0]), (0, &row), "{run}");
    }
}

#[test]
fn what_is_no_secret_by_its_name_may_come_from_elsewhere_and_is_printed() {
    let (place, panel) = ready();
    let list =
        place.one_call("--api=uapi --output=json Email list_pops regex=@env:WHICH").env("WHICH", "user@example.com");
    let run = list.on(&panel).user("example").run();
    assert!(run.code == 0 && run.stdout.contains("user@example.com") && !run.stdout.contains("[password]"), "{run}");
}
