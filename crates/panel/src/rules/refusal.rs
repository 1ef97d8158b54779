//! An ordinary no, in each of the envelopes.

use serde_json::{Value, json};

use crate::subject::{Shape, Subject};

/// The envelope in which the call that is asked for is refused with this text.
pub(super) fn refusal(subject: &Subject, text: &str) -> Value {
    let (module, function) = subject.innermost();
    let uapi = json!({"status": 0, "errors": [text], "messages": null, "warnings": null, "data": null, "metadata": {}});
    match subject.shape {
        Shape::Uapi => uapi,
        Shape::Nested => json!({"apiversion": 3, "module": module, "func": function, "result": uapi}),
        Shape::Whm => json!({"metadata": {"command": function, "version": 1, "result": 0, "reason": text}}),
        Shape::WhmUapi => json!({
            "metadata": {"command": "uapi_cpanel", "version": 1, "result": 1, "reason": "OK"},
            "data": {"uapi": uapi},
        }),
        Shape::Api2 => json!({"cpanelresult": {
            "apiversion": 2,
            "module": module,
            "func": function,
            "event": {"result": 1},
            "data": [{verdict_key(module): 0, "reason": text, "statustxt": text}],
        }}),
    }
}

/// `Passwd` says `status` where others say `result`.
fn verdict_key(module: &str) -> &'static str {
    if module == "Passwd" { "status" } else { "result" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_envelope_has_its_no_at_its_own_place() {
        for (shape, function, place) in [
            (Shape::Uapi, "Email::passwd_pop", "/status"),
            (Shape::Nested, "Email::passwd_pop", "/result/status"),
            (Shape::Whm, "whm::passwd", "/metadata/result"),
            (Shape::WhmUapi, "Email::passwd_pop", "/data/uapi/status"),
            (Shape::Api2, "Email::passwdpop", "/cpanelresult/data/0/result"),
            (Shape::Api2, "Passwd::change_password", "/cpanelresult/data/0/status"),
        ] {
            let subject = Subject { functions: vec![function.to_owned()], shape, ..Subject::default() };
            let refused = refusal(&subject, "not today");
            assert_eq!(refused.pointer(place), Some(&json!(0)), "{shape:?}");
            assert!(refused.to_string().contains("not today"), "{shape:?}");
        }
    }
}
