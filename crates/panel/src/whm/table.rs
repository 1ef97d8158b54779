//! Which functions there are.

use super::call::{Outcome, WhmCall};
use super::get_password_strength::get_password_strength;
use super::getdomainowner::getdomainowner;
use super::listaccts::listaccts;
use super::listsuspended::listsuspended;
use super::passwd::passwd;
use super::uapi_cpanel::uapi_cpanel;

/// What a function does.
pub(super) type Run = fn(&WhmCall<'_>) -> Outcome;

/// Every function, by its name.
const FUNCTIONS: &[(&str, Run)] = &[
    ("get_password_strength", get_password_strength),
    ("getdomainowner", getdomainowner),
    ("listaccts", listaccts),
    ("listsuspended", |call| Ok(listsuspended(call))),
    ("passwd", passwd),
    ("uapi_cpanel", uapi_cpanel),
];

/// The function of that name.
pub(super) fn find(name: &str) -> Option<Run> {
    FUNCTIONS.iter().find(|(there, _)| *there == name).map(|(_, run)| *run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::WHM;

    #[test]
    fn rules_know_every_function_and_no_other() {
        // These two have envelopes or commands of their own, and so stand in no table.
        let names = FUNCTIONS.iter().map(|(name, _)| *name).chain(["batch", "cpanel"]);
        let mut there: Vec<_> = names.map(|name| format!("whm::{name}")).collect();
        there.sort_unstable();
        assert_eq!(there, WHM);
    }
}
