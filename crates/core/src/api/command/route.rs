//! Which program makes a call, and with which words. Pure.

use std::borrow::Cow;

use super::program::Program;
use crate::api::call::{Api, Argument, Call};
use crate::api::fault::Fault;
use crate::api::gateway::{self, Passed};
use crate::api::scope::Scope;
use crate::api::wire::Shape;

/// How a call is made by a program.
#[derive(Debug)]
pub(super) struct Route<'a> {
    /// The program.
    pub(super) program: Program,
    /// The words before the arguments: whom it acts for where it must be told, and which function is meant.
    pub(super) words: Vec<Cow<'a, str>>,
    /// What stands before the call's own arguments.
    pub(super) fields: Vec<(&'static str, &'a str)>,
    /// The call's own arguments.
    pub(super) arguments: &'a [(Cow<'a, str>, Argument<'a>)],
    /// How the answer comes.
    pub(super) shape: Shape,
}

impl<'a> Route<'a> {
    /// The way of a call: with [`Scope::Server`] everything goes through `whmapi1`, which alone is documented to take JSON.
    ///
    /// # Errors
    ///
    /// Gives [`Fault::Unsupported`] where no program makes such a call; nothing was started.
    pub(super) fn of(call: &'a Call<'a>, scope: Scope) -> Result<Self, Fault> {
        match (scope, call.api) {
            (Scope::Server, _) => {
                let Passed { function, fields, shape } = gateway::through_whm(call)?;
                // To WHM API 1 itself, the account is the reseller whom root stands in for (WHM API documentation, "Introduction").
                let reseller = user(call).filter(|_| call.api == Api::Whm1);
                let words = reseller.into_iter().chain([function.into()]).collect();
                Ok(Self { program: Program::Whmapi1, words, fields, arguments: &call.arguments, shape })
            }
            (Scope::Account, Api::Uapi) => Self::direct(call, Program::Uapi),
            (Scope::Account, Api::Api2) => Self::direct(call, Program::Cpapi2),
            (Scope::Account, Api::Whm1) => Err(Fault::unsupported(
                "WHM API 1 is for root and resellers, so nothing was started; run it as root, or as a reseller with --as whm",
            )),
        }
    }

    fn direct(call: &'a Call<'a>, program: Program) -> Result<Self, Fault> {
        gateway::named(call)?;
        let names: [&str; 2] = [&call.module, &call.function];
        // The program itself knows whether its caller is that account.
        let words = user(call).into_iter().chain(names.map(Cow::from)).collect();
        Ok(Self { program, words, fields: Vec::new(), arguments: &call.arguments, shape: Shape::direct(call.api) })
    }

    /// Whether one of the values is a secret.
    pub(super) fn holds_secret(&self) -> bool {
        self.arguments.iter().any(|(_, value)| matches!(value, Argument::Secret(_)))
    }
}

/// The option that says whom a program acts for.
fn user<'a>(call: &Call<'_>) -> Option<Cow<'a, str>> {
    call.account.as_ref().map(|account| Cow::from(format!("--user={account}")))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn words(call: &Call<'_>, scope: Scope) -> Option<String> {
        let route = Route::of(call, scope).ok()?;
        let fields = route.fields.iter().map(|(key, value)| format!("{key}={value}"));
        let own = route.arguments.iter().map(|(key, _)| format!("{key}=…"));
        let words = [route.program.name().to_owned()].into_iter();
        Some(
            words
                .chain(route.words.iter().map(ToString::to_string))
                .chain(fields)
                .chain(own)
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    #[test]
    fn an_owner_has_a_program_for_each_api_but_whms() {
        let uapi = Call::uapi("Email", "list_pops").plain("skip_main", "1");
        assert_eq!(words(&uapi, Scope::Account).unwrap(), "uapi Email list_pops skip_main=…");
        let api2 = Call::new(Api::Api2, "Passwd", "change_password").plain("user", "shop").on_behalf_of("shop");
        assert_eq!(words(&api2, Scope::Account).unwrap(), "cpapi2 --user=shop Passwd change_password user=…");
        assert_eq!(words(&Call::whm1("passwd"), Scope::Account), None);
    }

    #[test]
    fn root_names_the_account_that_a_call_is_for() {
        let uapi = Call::uapi("Email", "list_pops").plain("skip_main", "1");
        assert_eq!(words(&uapi, Scope::Server), None, "nothing says for whom");
        assert_eq!(
            words(&uapi.on_behalf_of("shop"), Scope::Server).unwrap(),
            "whmapi1 uapi_cpanel cpanel.user=shop cpanel.module=Email cpanel.function=list_pops skip_main=…"
        );
        let whm1 = Call::whm1("passwd").plain("user", "shop");
        assert_eq!(words(&whm1, Scope::Server).unwrap(), "whmapi1 passwd user=…");
        assert_eq!(
            words(&whm1.on_behalf_of("reseller"), Scope::Server).unwrap(),
            "whmapi1 --user=reseller passwd user=…"
        );
    }

    #[test]
    fn a_name_is_never_an_option() {
        for name in ["--user=root", "a b", "a=b", "@file", "é", "a/b", ""] {
            assert_eq!(words(&Call::uapi(name, "list_pops"), Scope::Account), None, "{name}");
            assert_eq!(words(&Call::uapi("Email", name), Scope::Account), None, "{name}");
        }
    }
}
