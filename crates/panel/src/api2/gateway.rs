//! `/json-api/cpanel`: an account's function named by `cpanel_jsonapi_module`, `_func` and `_apiversion`.

use serde_json::Value;

use super::envelope::{could_not_run, ran};
use super::table::find;
use crate::text::Refusal;
use crate::uapi::{Call, Envelope, run};

/// The answer to the function that the arguments name: of API 2 unless version 3, which is UAPI, is asked for (WHM API
/// documentation, Use WHM API to call cPanel API and UAPI).
pub(crate) fn answer(call: &Call<'_>) -> Value {
    let name = |key: &str| call.arguments.text(key).unwrap_or_default().into_owned();
    let (module, function) = (name("cpanel_jsonapi_module"), name("cpanel_jsonapi_func"));
    match name("cpanel_jsonapi_apiversion").as_str() {
        "3" => {
            let envelope = Envelope::new(run(&module, &function, call), call.language());
            let envelope = envelope.with(call.panel.behaviour().warnings);
            envelope.nested(&module, &function)
        }
        "2" | "" => run_api2(&module, &function, call),
        _ => could_not_run(&module, &function, &Refusal::Api1.say(call.language())),
    }
}

/// The answer to the function of API 2.
pub(crate) fn run_api2(module: &str, function: &str, call: &Call<'_>) -> Value {
    match find(module, function) {
        Some(run) => ran(module, function, &run(call)),
        None => could_not_run(module, function, &unknown(module, function).say(call.language())),
    }
}

fn unknown(module: &str, function: &str) -> Refusal {
    Refusal::NoFunction { function: function.to_owned(), module: module.to_owned() }
}
