//! The shape of cPanel API 2. To a UAPI call it comes only when the panel did not let us in.
//!
//! cpsrvd answers a refused token with this object whatever API was asked, `result` being the string `"0"` and `data`
//! an object (seen by independent clients, for example CpanelInc/cpanel-dynamicdns-tools issue 7); usually with 403,
//! sometimes with 200.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::fault::Fault;
use super::json;
use super::texts::Texts;

#[derive(Deserialize)]
struct Api2 {
    #[serde(default)]
    error: Texts,
    #[serde(default)]
    data: Texts,
}

/// What the object under `cpanelresult` stands for.
pub(super) fn fault(cpanelresult: &RawValue) -> Fault {
    match json::object::<Api2>(cpanelresult.get()) {
        Ok(Api2 { error, data }) if error.0.iter().chain(&data.0).any(|text| says_denied(text)) => {
            Fault::denied("it answers “Access denied”: check the user, the token, and that the token has not expired")
        }
        Ok(_) | Err(_) => Fault::unusable("it is an answer of cPanel API 2, which was not asked"),
    }
}

fn says_denied(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text.starts_with("access denied") || text.starts_with("token denied")
}
