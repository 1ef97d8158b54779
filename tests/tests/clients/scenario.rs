//! A scenario: what a client is to ask, what it must report, and what the panel must then have done.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use cprekey_tests::Panel;
use serde::Deserialize;
use serde_json::Value;

use crate::claim::claims_success;
use crate::client::Client;

/// The users of WHM on the panel.
const OPERATORS: [&str; 2] = ["root", "agency"];

/// One scenario, as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    /// What it shows.
    name: String,
    /// How the panel answers out of the ordinary.
    #[serde(default)]
    rules: Vec<Value>,
    /// The call; each client has its own form. A call of somebody (`as`) without a `secret` has the token that the panel made up for it.
    call: Value,
    /// What the client must report of it, exactly.
    reports: Value,
    /// The passwords that it asks for, by mailbox or account.
    #[serde(default)]
    sets: BTreeMap<String, String>,
    /// Those among them that must not change.
    #[serde(default)]
    refused: BTreeSet<String>,
    /// How many requests the panel must have met.
    #[serde(default = "one")]
    requests: u64,
}

/// The scenarios in a file, which is a list of them in JSON.
pub(crate) fn load(file: &Path) -> Vec<Scenario> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

impl Scenario {
    /// Plays it; panics with its name where something is not as it must be.
    pub(crate) fn play(&self, file: &str, panel: &Panel, client: &mut dyn Client) {
        let name = format!("{file}, {:?}", self.name);
        assert!(
            self.refused.iter().all(|target| self.sets.contains_key(target)),
            "{name}: refuses what it does not set"
        );
        panel.clear_switches();
        panel.switch(&Value::from(self.rules.clone()));
        panel.reset_counters();
        assert_eq!(self.set_now(panel), BTreeSet::new(), "{name}: was so before");
        let report = client.ask(&self.call(panel));
        self.judge(&name, panel, &report);
    }

    fn judge(&self, name: &str, panel: &Panel, report: &Value) {
        let set = self.set_now(panel);
        let claims = claims_success(report);
        assert!(
            !claims || set.len() == self.sets.len(),
            "{name}: claims success, but only {set:?} changed: {report:#}"
        );
        assert!(*report == self.reports, "{name}: reports {report:#}\nand should report {:#}", self.reports);
        let expected = self.sets.keys().map(String::as_str).filter(|target| !self.refused.contains(*target)).collect();
        assert_eq!(set, expected, "{name}: has other passwords");
        let changes: BTreeSet<_> = panel.changes().into_iter().map(|change| change.address).collect();
        assert!(changes.iter().map(String::as_str).eq(set), "{name}: changed {changes:?}");
        assert_eq!(panel.counters().requests(), self.requests, "{name}: requests");
    }

    fn call(&self, panel: &Panel) -> Value {
        let mut call = self.call.clone();
        if let (Some(user), None) = (call["as"].as_str(), call.get("secret")) {
            let is_operator = OPERATORS.contains(&user);
            call["secret"] = Value::from(if is_operator { panel.whm_token(user) } else { panel.token(user) });
        }
        call
    }

    /// Which of the passwords hold now.
    fn set_now(&self, panel: &Panel) -> BTreeSet<&str> {
        let pairs: Vec<_> = self.sets.iter().collect();
        let holds = panel.verify_all(&pairs);
        pairs.into_iter().zip(holds).filter(|(_, holds)| *holds).map(|((target, _), _)| target.as_str()).collect()
    }
}

fn one() -> u64 {
    1
}
