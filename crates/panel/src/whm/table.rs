//! Which functions there are.

use super::call::{Outcome, WhmCall};
use super::uapi_cpanel::uapi_cpanel;

/// What a function does.
pub(super) type Run = fn(&WhmCall<'_>) -> Outcome;

/// Every function, by its name.
const FUNCTIONS: &[(&str, Run)] = &[("uapi_cpanel", uapi_cpanel)];

/// The function of that name.
pub(super) fn find(name: &str) -> Option<Run> {
    FUNCTIONS.iter().find(|(there, _)| *there == name).map(|(_, run)| *run)
}
