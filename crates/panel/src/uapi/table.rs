//! Which functions there are, and what is checked before one runs.

use super::call::{Call, Function, Outcome};
use super::{domain_info, email, email_lists, passwd_strength, tokens, variables};
use crate::behaviour::SuspendedAccount;
use crate::text::Refusal;

/// The functions of each module; a module may have several lists.
const MODULES: &[(&str, &[Function])] = &[
    ("Email", email::FUNCTIONS),
    ("Email", email_lists::FUNCTIONS),
    ("DomainInfo", domain_info::FUNCTIONS),
    ("PasswdStrength", passwd_strength::FUNCTIONS),
    ("Tokens", tokens::FUNCTIONS),
    ("Variables", variables::FUNCTIONS),
];

/// Runs `module::function` for the call.
///
/// # Errors
///
/// When there is no such function, the account may not use it, or the function itself refuses.
pub(crate) fn run(module: &str, function: &str, call: &Call<'_>) -> Outcome {
    let suspended = call.account.suspended;
    if suspended && call.panel.behaviour().suspended_account != SuspendedAccount::Allow {
        return Err(Refusal::AccountSuspended);
    }
    let function = find(module, function)?;
    if let Some(feature) = function.feature {
        check_feature(call, feature)?;
    }
    (function.run)(call)
}

fn find(module: &str, name: &str) -> Result<&'static Function, Refusal> {
    let mut lists = MODULES.iter().filter(|(there, _)| *there == module).peekable();
    if lists.peek().is_none() {
        return Err(Refusal::NoModule(module.to_owned()));
    }
    let mut functions = lists.flat_map(|(_, functions)| *functions);
    let unknown = || Refusal::NoFunction { function: name.to_owned(), module: module.to_owned() };
    functions.find(|function| function.name == name).ok_or_else(unknown)
}

/// A token may be limited to fewer features than its account has.
fn check_feature(call: &Call<'_>, feature: &str) -> Result<(), Refusal> {
    let granted = call.token.is_none_or(|token| token.grants(feature));
    if granted && call.account.has_feature(feature) { Ok(()) } else { Err(Refusal::NoFeature(feature.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::functions::UAPI;

    #[test]
    fn rules_know_every_function_and_no_other() {
        let names = |(module, list): &(&str, &[Function])| -> Vec<String> {
            list.iter().map(|function| format!("{module}::{}", function.name)).collect()
        };
        let mut there: Vec<_> = MODULES.iter().flat_map(names).collect();
        there.sort_unstable();
        assert_eq!(there, UAPI);
    }
}
