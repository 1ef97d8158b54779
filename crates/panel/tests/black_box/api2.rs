//! API 2 on both faces of the built program.

use serde_json::{Value, json};

use super::program::{Program, STRONG, STRONG_FORM};

const MAILBOX: &str = "cpanel_jsonapi_apiversion=2&cpanel_jsonapi_module=Email&cpanel_jsonapi_func=passwdpop&domain=example.com&email=anna";
const ACCOUNT: &str = "cpanel_jsonapi_apiversion=2&cpanel_jsonapi_module=Passwd&cpanel_jsonapi_func=change_password\
    &user=shop&oldpass=before-Shop-77!";

fn ask(panel: &Program, form: &str) -> Value {
    panel.client().post("/json-api/cpanel", form, &panel.bearer()).json()["cpanelresult"].clone()
}

#[test]
fn a_mailbox_is_changed_on_the_cpanel_face() {
    let panel = Program::start(&["--no-hashing"]);
    let done = ask(&panel, &format!("{MAILBOX}&password={STRONG_FORM}"));
    assert_eq!((&done["event"]["result"], &done["data"][0]["result"]), (&json!(1), &json!(1)));
    assert_eq!(panel.verify("anna@example.com", STRONG), json!({"valid": true, "changes": 1}));
}

#[test]
fn an_account_changes_its_password_through_whm_and_gets_in_with_it() {
    let panel = Program::start(&[]);
    let done = panel.whm("cpanel", &format!("cpanel_jsonapi_user=shop&{ACCOUNT}&newpass={STRONG_FORM}"));
    assert_eq!(done["cpanelresult"]["data"][0]["status"], 1, "{done}");
    assert_eq!(panel.verify("shop", STRONG), json!({"valid": true, "changes": 1}));
    let basic = "Basic c2hvcDpLeDkjbVEyK3ZMIDchcFI0Jg==";
    assert_eq!(panel.client().post("/execute/Email/count_pops", "", basic).status(), 200);
}

#[test]
fn verdicts_contradict_each_other_on_demand() {
    for (answer, event, data, error, changes) in [
        ("api2-event-1-data-0", 1, 0, false, 0),
        ("api2-event-0-data-1", 0, 1, false, 1),
        ("api2-error-with-success", 1, 1, true, 1),
    ] {
        let rule = format!("{{\"match\":{{\"function\":\"Passwd::change_password\"}},\"answer\":\"{answer}\"}}");
        let panel = Program::start(&["--no-hashing", "--switch", &rule]);
        let said = ask(&panel, &format!("{ACCOUNT}&newpass={STRONG_FORM}"));
        assert_eq!((&said["event"]["result"], &said["data"][0]["status"]), (&json!(event), &json!(data)), "{answer}");
        assert_eq!(said["error"].is_string(), error, "{answer}");
        assert_eq!(panel.verify("shop", STRONG)["changes"], changes, "{answer}");
    }
}
