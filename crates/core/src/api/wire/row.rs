//! The functions of cPanel API 2 whose first row of data is a verdict.

use super::super::call::{Api, Call};

/// Those whose pages document a `result` or a `status` that says whether the function succeeded (cPanel API 2 documentation, the page of
/// each function). Others may list things, which have a `status` of their own: so does a redirection of `SubDomain::listsubdomains`.
const VERDICTS: &[(&str, &str)] =
    &[("Email", "addpop"), ("Email", "editquota"), ("Email", "passwdpop"), ("Passwd", "change_password")];

/// Whether the first row that a call's function answers says if the work was done.
pub(super) fn decides(call: &Call<'_>) -> bool {
    call.api == Api::Api2 && VERDICTS.contains(&(&*call.module, &*call.function))
}
