//! The program that makes one call, typed as for `cpapi2`, `uapi` and `whmapi1`.

mod answers;
mod documented;
mod ends;
mod explained;
mod links;
mod options;
mod table;
mod values;

use cprekey_tests::{Panel, Place};
use serde_json::Value;

/// What the account and its mailbox have before, in cPanel's own examples.
const OLD: &str = "luggage12345";

/// A panel with the account of cPanel's own examples, where their passwords are strong enough.
fn ready() -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::start(&place, &config(&place));
    (place, panel)
}

fn config(place: &Place) -> String {
    place.secrets([OLD, "luggage54321", "12345luggage"]);
    format!(
        "[behaviour]\nrequired_strength = 1\n[[account]]\nname = 'example'\ndomain = 'example.com'\npassword = '{OLD}'\n\
         mailboxes = [{{ address = 'user@example.com', password = '{OLD}' }}]\n"
    )
}

/// The one line of JSON on standard output.
fn json(stdout: &str) -> Value {
    assert_eq!(stdout.lines().count(), 1, "{stdout}");
    serde_json::from_str(stdout).unwrap()
}
