//! `uapi_cpanel`: a UAPI function on behalf of an account.

use serde_json::json;

use super::call::{Outcome, Success, WhmCall};
use crate::uapi::{Envelope, run};

/// The outer verdict says that the function could be asked, the inner one what it said (WHM API documentation,
/// `uapi_cpanel`).
pub(super) fn uapi_cpanel(call: &WhmCall<'_>) -> Outcome {
    let user = call.required("cpanel.user")?;
    let module = call.required("cpanel.module")?;
    let function = call.required("cpanel.function")?;
    let inner = call.within(call.account(&user)?);
    let envelope = Envelope::new(run(&module, &function, &inner), inner.language());
    Ok(Success::data(json!({"uapi": envelope.with(call.panel.behaviour().warnings)})))
}
