//! The shape in which panels refuse a credential, whatever API was asked.
//!
//! cpsrvd answers a refused token with the object of cPanel API 2, `result` being the string `"0"` and `data` an object
//! (seen by independent clients, for example CpanelInc/cpanel-dynamicdns-tools issue 7); usually with 403, sometimes with 200.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::fault::Fault;
use super::json;
use super::texts::Texts;

#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    error: Texts,
    #[serde(default)]
    data: Texts,
}

/// What the object under `cpanelresult` stands for where another API was asked.
pub(super) fn fault(cpanelresult: &RawValue) -> Fault {
    denial(cpanelresult).unwrap_or_else(|| Fault::unusable("it is an answer of cPanel API 2, which was not asked"))
}

/// The fault of a refused credential, where such an object is one.
pub(super) fn denial(object: &RawValue) -> Option<Fault> {
    let Refusal { error, data } = json::object(object.get()).ok()?;
    any(&[&error, &data])
}

/// The fault of a refused credential, where these texts say so.
pub(super) fn any(texts: &[&Texts]) -> Option<Fault> {
    texts.iter().flat_map(|texts| &texts.0).any(|text| says_denied(text)).then(|| {
        Fault::denied("it answers “Access denied”: check the user, the token, and that the token has not expired")
    })
}

fn says_denied(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text.starts_with("access denied") || text.starts_with("token denied")
}
