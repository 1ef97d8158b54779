//! How calls stand in a batch, and how its answers are assigned to them.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::value::to_raw_value;
use serde_json::{Value, json};

use super::super::super::answer::Verdict;
use super::*;

fn mailbox<'a>(address: &'a str, password: &'a SecretString) -> Call<'a> {
    Call::uapi("Email", "passwd_pop").plain("email", address).secret("password", password).on_behalf_of("shop")
}

fn answer(verdict: Verdict, data: &Value) -> Answer {
    let errors = if verdict == Verdict::Done { Vec::new() } else { vec!["Something failed.".to_owned()] };
    Answer { data: to_raw_value(data).ok().filter(|_| !data.is_null()), errors, ..Answer::bare(verdict) }
}

fn item(result: u8, status: u8, errors: &Value) -> Value {
    let uapi = json!({"status": status, "errors": errors, "data": null});
    json!({"metadata": {"command": "uapi_cpanel", "result": result, "reason": "OK"}, "data": {"uapi": uapi}})
}

#[test]
fn commands_are_encoded_twice() {
    let password = SecretString::from("p+q");
    let calls = [mailbox("anna@example.com", &password), Call::whm1("listaccts")];
    let batch = Batch::new(&calls).unwrap();
    let call = batch.call();
    assert_eq!((call.api, &*call.function), (Api::Whm1, "batch"));
    let body = form::encode(&[], &call.arguments);
    let expected = "abort_on_error=0&command=uapi_cpanel%3Fcpanel.user%3Dshop%26cpanel.module%3DEmail%26cpanel.function%3Dpasswd_pop\
                    %26email%3Danna%2540example.com%26password%3Dp%252Bq&command=listaccts";
    assert_eq!(String::from_utf8_lossy(&body), expected);
    let shown = format!("{batch:?} {call:?}");
    assert!(!shown.contains("p+q") && !shown.contains("p%2Bq"), "{shown}");
}

#[test]
fn what_cannot_be_a_command_is_not_sent() {
    let password = SecretString::from("p+q");
    let mine = Call { account: None, ..mailbox("anna@example.com", &password) };
    for call in [mine, Call::new(Api::Api2, "Passwd", "change_password").on_behalf_of("shop"), Call::whm1("a?b=c")] {
        assert!(matches!(Batch::new(&[call]), Err(Fault::Unsupported { .. })));
    }
}

#[test]
fn it_may_be_sent_again_where_all_its_calls_may() {
    assert!(Batch::new(&[Call::whm1("a"), Call::whm1("b")]).unwrap().call().repeatable);
    assert!(!Batch::new(&[Call::whm1("a"), Call::whm1("b").once()]).unwrap().call().repeatable);
}

#[test]
fn the_answer_may_be_larger_the_more_commands_there_are() {
    let limit = |calls: usize| Batch::new(&vec![Call::whm1("a"); calls]).unwrap().call().answer_limit;
    assert_eq!((limit(1), limit(10), limit(1000)), (2 << 20, 11 << 20, 64 << 20));
}

#[test]
fn every_call_has_its_own_verdict_whatever_the_whole_has() {
    let password = SecretString::from("p+q");
    let calls = vec![mailbox("anna@example.com", &password); 7];
    let data = json!({"result": [
        item(1, 1, &json!(null)),
        item(1, 0, &json!(["too weak"])),
        item(0, 1, &json!(null)),
        {"metadata": {"result": 0, "reason": "You do not have a user named “shop”."}, "data": {}},
        {"metadata": {"result": 1, "reason": "OK"}, "data": {}},
        null,
        {"cpanelresult": {"error": "Access denied", "data": {"reason": "Access denied", "result": "0"}}},
    ]});
    for verdict in [Verdict::Done, Verdict::Refused] {
        let answers = Batch::answers(&answer(verdict, &data), &calls).unwrap();
        let said: Vec<_> = answers
            .iter()
            .map(|answer| match answer {
                Ok(answer) => (Some(answer.verdict), answer.errors.join("; ")),
                Err(Fault::Unusable { .. }) => (None, String::new()),
                Err(other) => unreachable!("{other:?}"),
            })
            .collect();
        let refused = |words: &str| (Some(Verdict::Refused), words.to_owned());
        let unusable = || (None, String::new());
        let expected = [
            (Some(Verdict::Done), String::new()),
            refused("too weak"),
            unusable(),
            refused("You do not have a user named “shop”."),
            unusable(),
            unusable(),
            unusable(),
        ];
        assert_eq!(said, expected);
    }
}

#[test]
fn each_answer_is_read_in_the_shape_of_its_call() {
    let password = SecretString::from("p+q");
    let calls = [Call::whm1("passwd").keeping_envelope(), mailbox("anna@example.com", &password)];
    let passwd = json!({"metadata": {"command": "passwd", "result": 1, "reason": "OK"}, "data": {"app": ["system"]}});
    let data = json!({"result": [passwd, item(1, 1, &json!(null))]});
    let answers = Batch::answers(&answer(Verdict::Done, &data), &calls).unwrap();
    let [Ok(first), Ok(second)] = &answers[..] else { unreachable!("{answers:?}") };
    assert_eq!(first.messages, ["changed for: system"]);
    assert!(first.envelope.is_some() && second.envelope.is_none() && second.is_done());
}

#[test]
fn as_many_answers_as_commands_or_none_counts() {
    let password = SecretString::from("p+q");
    let calls = vec![mailbox("anna@example.com", &password); 2];
    let good = item(1, 1, &json!(null));
    for data in [
        json!({"result": [good]}),
        json!({"result": [good, good, good]}),
        json!({"result": []}),
        json!({"result": good}),
        json!({"result": "x"}),
    ] {
        for verdict in [Verdict::Done, Verdict::Refused] {
            let answers = Batch::answers(&answer(verdict, &data), &calls);
            assert!(matches!(answers, Err(BatchError::Unusable(Fault::Unusable { .. }))), "{data}");
        }
    }
}

#[test]
fn a_no_without_a_list_is_a_panel_that_refuses_batches() {
    let calls = [Call::whm1("passwd")];
    for data in [json!(null), json!({}), json!({"result": null}), json!("x"), json!([])] {
        let Err(BatchError::Refused { words }) = Batch::answers(&answer(Verdict::Refused, &data), &calls) else {
            unreachable!("{data}")
        };
        assert_eq!(words, ["Something failed."]);
        let done = Batch::answers(&answer(Verdict::Done, &data), &calls);
        assert!(matches!(done, Err(BatchError::Unusable(Fault::Unusable { .. }))), "{data}");
    }
}
