//! Runs any function of WHM API 1.

use serde_json::Value;

use super::batch::batch;
use super::call::WhmCall;
use super::command::{enveloped, run_command};

/// The answer to the function, in its envelope.
pub(crate) fn run(function: &str, call: &WhmCall<'_>) -> Value {
    if function == "batch" { enveloped(function, call, batch) } else { run_command(function, call) }
}
