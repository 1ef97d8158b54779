//! Payloads in what a panel says: refusals, messages, warnings, pages, names, and its certificate.

use cprekey_tests::{Panel, Place, payloads};
use serde_json::{Value, json};

use super::{LOOKS, PASSWORD, in_json, see, see_apply_everywhere, with_a_look};

/// A place with a panel for these answers, and a list with a mailbox for each and one behind each that has a plain answer: a panel that
/// gives no usable answer again and again is not asked any more.
fn answering(answers: &[Value]) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 2 * answers.len(), &["--no-hashing"]);
    let rule = |(index, answer): (usize, &Value)| {
        let mut rule = answer.clone();
        rule["match"] =
            json!({"function": "Email::passwd_pop", "address": format!("user{}@example.com", 2 * index + 1)});
        rule
    };
    panel.switch(&answers.iter().enumerate().map(rule).collect());
    place.list("list.csv", 2 * answers.len());
    (place, panel)
}

fn assert_harmless(answers: &[Value], outcome: &str) {
    let (place, panel) = answering(answers);
    let options = ["--retries", "1", "--jobs", "1", "--verify", "none", "--max-failures", "100%"];
    let runs = see_apply_everywhere(&place, "list.csv", |apply| apply.on(&panel).args(options));
    for run in runs {
        assert!(matches!(run.code, 0 | 3 | 7), "{run}");
    }
    for (index, row) in place.report("rows.ndjson").iter().enumerate() {
        let expected = if index % 2 == 0 { outcome } else { "changed" };
        // A megabyte is more than an answer may be.
        assert!(row.outcome == expected || row.detail.contains("it is larger than"), "{row:?}");
    }
}

/// NET-26, NET-27: the words of a no, in the envelope's own place for them.
#[test]
fn no_word_of_a_refusal_steers_a_terminal() {
    let refusal = |(_, text)| json!({"answer": "refuse", "text": text});
    assert_harmless(&in_json().into_iter().map(refusal).collect::<Vec<_>>(), "refused");
}

/// NET-26: what JSON can say and text cannot, such as lone surrogates.
#[test]
fn no_escape_in_an_envelope_steers_a_terminal() {
    let texts = payloads().into_iter().filter_map(|payload| payload.json);
    let body =
        |text: String| format!(r#"{{"status":0,"errors":["{text}","{text}"],"messages":["{text}"],"data":null}}"#);
    let odd: Vec<_> = texts.map(|text| json!({"answer": "raw", "body": body(text)})).collect();
    let (place, panel) = answering(&odd);
    let options = ["--retries", "0", "--jobs", "1", "--verify", "none"];
    see_apply_everywhere(&place, "list.csv", |apply| apply.on(&panel).args(options));
    // Lone surrogates are no text, so that such an answer makes no sense, and a megabyte is too much; all others are a no.
    let unknown = place.report("rows.ndjson").into_iter().filter(|row| row.outcome == "unknown").count();
    assert!(unknown <= 2, "{unknown}");
}

/// NET-26: messages and warnings beside a yes.
#[test]
fn no_message_beside_a_yes_steers_a_terminal() {
    let body =
        |text: Value| json!({"status": 1, "errors": null, "messages": [text, text], "warnings": [text], "data": text});
    let yes = |(_, text)| json!({"answer": "raw", "body": body(text).to_string()});
    assert_harmless(&in_json().into_iter().map(yes).collect::<Vec<_>>(), "changed");
}

/// NET-26: a page instead of an answer, its title and all.
#[test]
fn no_page_steers_a_terminal() {
    let page = |(_, text): (_, Value)| {
        let text = text.as_str().unwrap();
        let body = format!("<html><head><title>{text}</title></head><body>{text}</body></html>");
        json!({"answer": "raw", "content_type": "text/html", "body": body})
    };
    assert_harmless(&in_json().into_iter().map(page).collect::<Vec<_>>(), "unknown");
}

/// NET-26: who we are, what is demanded and which mailboxes there are, before the first change; and where it is not said.
#[test]
fn no_fact_of_a_plan_steers_a_terminal() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 1, &["--no-hashing"]);
    place.csv("list.csv", [("user1@example.com", PASSWORD)]);
    for ((payload, text), look) in in_json().into_iter().zip(LOOKS.into_iter().cycle()) {
        let data = |data: &Value| json!({"status": 1, "errors": null, "data": data}).to_string();
        let refuse = |function: &str| json!({"match": {"function": function}, "answer": "refuse", "text": text});
        let who = json!({"match": {"function": "Variables::get_user_information"}, "answer": "raw", "body": data(&json!({"user": text, "domain": text}))});
        let pops = json!({"match": {"function": "Email::list_pops"}, "answer": "raw", "body": data(&json!([{"email": text, "login": text}]))});
        let strength = "PasswdStrength::get_required_strength";
        for rules in [json!([who, pops, refuse(strength)]), json!([refuse(strength), refuse("Email::list_pops")])] {
            panel.clear_switches();
            panel.switch(&rules);
            see(look, place.cprekey(["plan", "list.csv"]).on(&panel), &payload.name);
        }
        see(look, place.cprekey(["apply", "list.csv", "--yes", "--max-changes", "1"]).on(&panel), &payload.name);
    }
}

/// NET-26: of accounts and their owners, at WHM's face, and of batches.
#[test]
fn no_fact_of_a_server_steers_a_terminal() {
    let place = Place::new();
    let panel = Panel::with_accounts(&place, 1, "");
    place.csv("list.csv", [("user1@example.com", PASSWORD), ("user1@example.net", PASSWORD)]);
    for (index, (payload, text)) in in_json().into_iter().filter(|(payload, _)| payload.is_short()).enumerate() {
        let refuse = |function: &str| json!({"match": {"function": function}, "answer": "refuse", "text": text});
        let accounts = json!({
            "metadata": {"result": 1, "reason": text, "version": 1, "command": "listaccts"},
            "data": {"acct": [{"user": text, "domain": text, "suspended": 0, "suspendreason": text}]}
        });
        let rules = [
            json!([{"match": {"function": "whm::listaccts"}, "answer": "raw", "body": accounts.to_string()}]),
            json!([refuse("whm::listaccts"), refuse("whm::getdomainowner")]),
            json!([refuse("whm::batch"), refuse("Email::passwd_pop")]),
        ];
        panel.clear_switches();
        panel.switch(&rules[index % 3]);
        let look = LOOKS[index / 3 % 3];
        see(look, place.cprekey(["plan", "list.csv"]).through_whm(&panel), &payload.name);
        let apply = place.cprekey(["apply", "list.csv", "--yes", "--verbose", "--rate", "none", "--retries", "0"]);
        see(look, apply.through_whm(&panel), &payload.name);
    }
}

/// NET-26: the names in a certificate that is not for this host.
#[test]
fn no_name_in_a_certificate_steers_a_terminal() {
    let mut shown = 0;
    for (payload, look) in with_a_look(payloads()).filter(|(payload, _)| payload.is_short()) {
        let Some(text) = payload.text().filter(|text| text.is_ascii() && !text.contains('\0')) else { continue };
        let place = Place::new();
        let name = format!("{text}.invalid");
        let panel =
            Panel::with_mailboxes_and(&place, 1, &["--no-hashing", "--certificate", "wrong-name", "--name", &name]);
        place.csv("list.csv", [("user1@example.com", PASSWORD)]);
        let run = see(look, place.cprekey(["apply", "list.csv", "--yes"]).on(&panel), &payload.name);
        assert_eq!(run.code, 1, "{run}");
        shown += 1;
        assert_eq!(panel.changes(), []);
    }
    assert!(shown > 20, "{shown}");
}
