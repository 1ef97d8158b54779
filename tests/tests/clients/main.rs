//! Clients that are not ours against the rehearsal panel, so that it is not only our own idea of a panel. What they ask and what they report
//! stands in `tests/clients`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod claim;
mod client;
mod cpanel_cli;
mod curl;
mod driver;
mod scenario;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use cprekey_tests::{Panel, Place};
use serde_json::json;

use client::Client;
use scenario::Scenario;

/// A place with the panel that every client meets.
fn panel() -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::start(&place, &std::fs::read_to_string(source("panel.toml")).unwrap());
    (place, panel)
}

/// A file of `tests/clients`.
fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("clients").join(name)
}

/// Plays all scenarios of a client, of which there must be so many at least.
fn play(name: &str, least: usize, start: impl for<'a> FnOnce(&'a Place, &'a Panel) -> Box<dyn Client + 'a>) {
    let scenarios = scenario::load(&source(name));
    assert!(scenarios.len() >= least, "{name} has {} scenarios, and should have {least}", scenarios.len());
    let (place, panel) = panel();
    let mut client = start(&place, &panel);
    for scenario in &scenarios {
        scenario.play(name, &panel, client.as_mut());
    }
}

#[test]
fn cpanel_api_accepts_the_panel() {
    play("python/cpanel-api.json", 20, |place, panel| Box::new(driver::cpanel_api(place, panel)));
}

#[test]
fn cpanel_cli_accepts_the_panel() {
    play("python/cpanel-cli.json", 8, |place, panel| Box::new(cpanel_cli::new(place, panel)));
}

#[test]
fn cpanel_lib_accepts_the_panel() {
    play("node/cpanel-lib.json", 20, |place, panel| Box::new(driver::cpanel_lib(place, panel)));
}

#[test]
fn curl_accepts_the_panel() {
    play("curl/curl.json", 14, |place, panel| Box::new(curl::new(place, panel)));
}

#[test]
fn success_that_changed_nothing_fails_by_the_scenarios_name() {
    let (place, panel) = panel();
    let lied_to: Scenario = serde_json::from_value(json!({
        "name": "the panel lies",
        "rules": [{"answer": "lie"}],
        "call": {
            "url": "{cpanel}/execute/Email/passwd_pop",
            "header": "Authorization: cpanel shop:{shop}",
            "data-urlencode": ["email=anna@example.com", "password=Lied&About#7"],
        },
        "reports": {},
        "sets": {"anna@example.com": "Lied&About#7"},
        "refused": ["anna@example.com"],
    }))
    .unwrap();
    let mut curl = curl::new(&place, &panel);
    let panic = catch_unwind(AssertUnwindSafe(|| lied_to.play("curl", &panel, &mut curl))).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(message.contains("the panel lies") && message.contains("claims success"), "{message}");
}
