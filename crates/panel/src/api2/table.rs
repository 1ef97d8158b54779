//! Which functions of API 2 there are.

use serde_json::Value;

use super::change_password::change_password;
use super::passwdpop::passwdpop;
use crate::uapi::Call;

/// What a function does; it gives its row of data.
pub(super) type Run = fn(&Call<'_>) -> Value;

/// Every function, by its module and its name.
const FUNCTIONS: &[(&str, &str, Run)] =
    &[("Email", "passwdpop", passwdpop), ("Passwd", "change_password", change_password)];

/// The function of that name, if the module has it.
pub(super) fn find(module: &str, function: &str) -> Option<Run> {
    FUNCTIONS.iter().find(|(there, name, _)| (*there, *name) == (module, function)).map(|(_, _, run)| *run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::API2;

    #[test]
    fn rules_know_every_function_and_no_other() {
        let mut there: Vec<_> = FUNCTIONS.iter().map(|(module, name, _)| format!("{module}::{name}")).collect();
        there.sort_unstable();
        assert_eq!(there, API2);
    }
}
