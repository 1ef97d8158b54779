//! A call as those functions take it that pass one API's calls through another.

use super::call::{Api, Argument, Call};
use super::fault::Fault;
use super::wire::Shape;

/// WHM API 1's function for UAPI (WHM API documentation, `uapi_cpanel`).
const UAPI_CPANEL: &str = "uapi_cpanel";

/// The function for cPanel API 2, on either face (cPanel API 2 documentation, "Introduction"; the guide "Use WHM API to call cPanel API
/// and UAPI").
pub(super) const CPANEL: &str = "cpanel";

/// A call as another function takes it.
#[derive(Debug)]
pub(super) struct Passed<'a> {
    /// The function that takes it; the call's own where nothing is passed through.
    pub(super) function: &'a str,
    /// What stands before the call's own arguments.
    pub(super) fields: Vec<(&'static str, &'a str)>,
    /// How the answer comes.
    pub(super) shape: Shape,
}

/// A call as WHM API 1 takes it.
///
/// # Errors
///
/// Gives [`Fault::Unsupported`] where the account is missing that a call of a cPanel API is for, and where a name or a key of the
/// call's would reach another function or account than the call names.
pub(super) fn through_whm<'a>(call: &'a Call<'_>) -> Result<Passed<'a>, Fault> {
    named(call)?;
    let shape = Shape::through_whm(call.api);
    match call.api {
        Api::Uapi => {
            without(call, &["api.version", "cpanel."])?;
            let fields = vec![
                ("cpanel.user", account(call)?),
                ("cpanel.module", &*call.module),
                ("cpanel.function", &*call.function),
            ];
            Ok(Passed { function: UAPI_CPANEL, fields, shape })
        }
        Api::Api2 => {
            account(call)?;
            api2(call).map(|passed| Passed { shape, ..passed })
        }
        Api::Whm1 => {
            without(call, &["api.version"])?;
            Ok(Passed { function: &call.function, fields: Vec::new(), shape: own_shape(call) })
        }
    }
}

/// A call of cPanel API 2 as the cPanel face takes it, for the account that it names or for the caller's own.
///
/// # Errors
///
/// As [`through_whm`].
pub(super) fn api2<'a>(call: &'a Call<'_>) -> Result<Passed<'a>, Fault> {
    named(call)?;
    without(call, &["api.version", "cpanel_jsonapi_", "cpanel_xmlapi_"])?;
    let user = call.account.as_deref().map(|account| ("cpanel_jsonapi_user", account));
    let rest = [
        ("cpanel_jsonapi_module", &*call.module),
        ("cpanel_jsonapi_func", &*call.function),
        ("cpanel_jsonapi_apiversion", "2"),
    ];
    Ok(Passed { function: CPANEL, fields: user.into_iter().chain(rest).collect(), shape: Shape::Api2 })
}

/// Refuses names that no module and no function has: they could lead anywhere.
///
/// # Errors
///
/// Gives [`Fault::Unsupported`].
pub(super) fn named(call: &Call<'_>) -> Result<(), Fault> {
    let module_fits = if call.api == Api::Whm1 { call.module.is_empty() } else { is_name(&call.module) };
    if module_fits && is_name(&call.function) {
        return Ok(());
    }
    Err(Fault::unsupported("no API function has such a name, so nothing was sent"))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':'))
}

fn account<'a>(call: &'a Call<'_>) -> Result<&'a str, Fault> {
    call.account.as_deref().filter(|account| !account.is_empty()).ok_or_else(|| {
        Fault::unsupported("WHM acts for many accounts, and none is named for this call, so nothing was sent")
    })
}

/// Refuses arguments that would be taken for fields of ours. Which of two values of a key wins is the panel's affair, so that such an
/// argument could turn the call to another account or function; all other keys (`api.filter.…` among them) are the caller's.
fn without(call: &Call<'_>, reserved: &[&str]) -> Result<(), Fault> {
    let keys = call.arguments.iter().map(|(key, _)| key);
    match keys.flat_map(|key| reserved.iter().filter(|start| key.starts_with(**start))).next() {
        None => Ok(()),
        Some(start) => Err(Fault::unsupported(format!(
            "an argument begins with “{start}”, which says whom and what a call is for, so nothing was sent"
        ))),
    }
}

/// The shape of the answer to a function of WHM API 1: `cpanel`, called as it is, answers in the envelope of the API that it passes on.
fn own_shape(call: &Call<'_>) -> Shape {
    let is_uapi = call.arguments.iter().any(|(key, value)| {
        key == "cpanel_jsonapi_apiversion" && matches!(value, Argument::Plain(version) if version == "3")
    });
    match &*call.function {
        CPANEL if is_uapi => Shape::Uapi,
        CPANEL => Shape::Api2ThroughWhm,
        _ => Shape::Whm1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detail(passed: Result<Passed<'_>, Fault>) -> String {
        match passed {
            Err(fault @ Fault::Unsupported { .. }) => {
                assert!(!fault.may_have_acted());
                fault.to_string()
            }
            other => unreachable!("{other:?}"),
        }
    }

    #[test]
    fn a_cpanel_function_through_whm_needs_an_account() {
        for api in [Api::Uapi, Api::Api2] {
            let call = Call::new(api, "Email", "passwd_pop");
            for call in [call.clone(), call.on_behalf_of("")] {
                assert!(detail(through_whm(&call)).contains("none is named"));
            }
        }
    }

    #[test]
    fn an_argument_cannot_take_the_place_of_ours() {
        for (api, key) in [
            (Api::Uapi, "cpanel.user"),
            (Api::Uapi, "cpanel.user-0"),
            (Api::Uapi, "api.version"),
            (Api::Api2, "cpanel_jsonapi_user"),
            (Api::Api2, "cpanel_jsonapi_func-1"),
            (Api::Api2, "cpanel_xmlapi_module"),
            (Api::Api2, "api.version"),
        ] {
            let call = Call::new(api, "Email", "passwd_pop").on_behalf_of("shop").plain(key, "other");
            assert!(detail(through_whm(&call)).contains("begins with"), "{key}");
        }
        assert!(detail(through_whm(&Call::whm1("listaccts").plain("api.version", "0"))).contains("api.version"));
        let call = Call::new(Api::Api2, "Email", "passwdpop").plain("cpanel_jsonapi_user", "other");
        assert!(detail(api2(&call)).contains("cpanel_jsonapi_"));
    }

    #[test]
    fn what_filters_and_sorts_lists_is_the_callers() {
        for key in ["api.filter.enable", "api.columns.a", "api.chunk.size", "api.sort.a.field", "cpanel.user"] {
            assert!(through_whm(&Call::whm1("listaccts").plain(key, "1")).is_ok(), "{key}");
        }
    }

    #[test]
    fn a_name_cannot_lead_elsewhere() {
        for name in ["", "..", ".", "a/b", "a?b", "a#b", "%2e%2e", "a b", "é", "a\\b", "a&b=c"] {
            for (module, function) in [(name, "passwd_pop"), ("Email", name)] {
                for api in [Api::Uapi, Api::Api2] {
                    let call = Call::new(api, module, function).on_behalf_of("shop");
                    assert!(detail(through_whm(&call)).contains("such a name"), "{name}");
                }
            }
            assert!(detail(through_whm(&Call::whm1(name))).contains("such a name"), "{name}");
        }
        assert!(named(&Call::uapi("A::B", "c")).is_ok());
    }

    #[test]
    fn what_passes_on_an_answer_has_no_envelope_of_its_own() {
        for (call, shape) in [
            (Call::whm1("passwd"), Shape::Whm1),
            (Call::whm1("uapi_cpanel"), Shape::Whm1),
            (Call::whm1("cpanel"), Shape::Api2ThroughWhm),
            (Call::whm1("cpanel").plain("cpanel_jsonapi_apiversion", "2"), Shape::Api2ThroughWhm),
            (Call::whm1("cpanel").plain("cpanel_jsonapi_apiversion", "3"), Shape::Uapi),
        ] {
            assert_eq!(through_whm(&call).ok().map(|passed| passed.shape), Some(shape));
        }
    }
}
