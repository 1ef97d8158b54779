//! One call, with passwords from everywhere.

use cprekey_tests::{Invocation, Person};
use serde_json::json;

use crate::ground::{Ground, SHOP, canary};

const SET: &str = "--api=uapi Email passwd_pop email=user1@example.com";

/// A ground where the password is in a file, and must be seen nowhere.
fn ready() -> Ground {
    let ground = Ground::new();
    ground.place.secret(canary(1));
    ground.place.private("new.txt", canary(1));
    ground
}

/// Makes the call with the password from each source, and holds that it is set.
fn from_everywhere(with_access: impl for<'a> Fn(&'a Ground, Invocation<'a>) -> Invocation<'a>) {
    let ground = ready();
    let call = |source: &str| {
        let call = ground.place.one_call(&format!("{SET} password={source} --output=json"));
        with_access(&ground, call).user("shop")
    };
    for (call, variables) in [
        (call("@new.txt"), &[][..]),
        (call("@-").stdin(canary(1)), &[]),
        (call("@env:NEW").env("NEW", canary(1)), &["NEW"]),
    ] {
        let (run, _) = ground.scan_with(call, variables);
        assert!(run.code == 0 && ground.panel.verify("user1@example.com", &canary(1)), "{run}");
    }
    let explained = ground.scan(call("@new.txt").args(["--explain"]));
    assert_eq!(explained.code, 0, "{explained}");
}

/// SEC-02, SEC-04, SEC-06: over HTTPS, from a file, a line and a variable.
#[test]
fn one_call_over_https() {
    from_everywhere(|ground, call| call.on(&ground.panel));
}

/// SEC-02, SEC-03: the same by a local program.
#[test]
fn one_call_by_a_local_program() {
    from_everywhere(|ground, call| call.locally(&ground.panel, SHOP));
}

/// SEC-07, SEC-17: a password that is asked for with an old one, as JSON on standard input, and refused in every word.
#[test]
fn one_call_with_its_arguments_on_standard_input() {
    let ground = ready();
    let arguments = json!({"user": "shop", "password": canary(1), "db_pass_update": 0}).to_string();
    let call = || {
        let call = ground.place.one_call("--api=whmapi1 --input=json passwd");
        call.stdin(arguments.clone())
    };
    let text = format!("{} is no password", canary(1));
    for run in
        [ground.scan(call().through_whm(&ground.panel)), ground.scan(call().locally(&ground.panel, Person::Root)), {
            ground.panel.switch(&json!({"match": {"function": "whm::passwd"}, "answer": "refuse", "text": text}));
            ground.scan(call().through_whm(&ground.panel))
        }]
    {
        assert!([0, 3].contains(&run.code), "{run}");
    }
}
