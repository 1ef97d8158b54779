//! Where a call goes on a face, and what stands in its form before its own arguments.

use super::super::call::{Api, Call};
use super::super::fault::Fault;
use super::super::gateway::{self, CPANEL};
use super::super::wire::Shape;
use super::face::Face;

/// Below this path stands each function of WHM API 1, and the one that takes calls of cPanel API 2.
const JSON_API: &str = "/json-api/";

/// The field without which WHM API 1 answers in an older shape (WHM API documentation, "Introduction").
const VERSION: (&str, &str) = ("api.version", "1");

/// Where a call goes.
#[derive(Debug)]
pub(super) struct Route<'a> {
    /// The URL's path.
    pub(super) path: String,
    /// What stands before the call's own arguments.
    pub(super) fields: Vec<(&'static str, &'a str)>,
    /// How the answer comes.
    pub(super) shape: Shape,
}

/// Where a call goes on this face. No argument is in the path.
///
/// # Errors
///
/// Gives [`Fault::Unsupported`] for a call that cannot be made there.
pub(super) fn route<'a>(face: Face, call: &'a Call<'_>) -> Result<Route<'a>, Fault> {
    match face {
        Face::Cpanel => on_cpanel(call),
        Face::Whm => on_whm(call),
    }
}

/// Sources: cPanel API documentation, "Introduction to UAPI"; cPanel API 2 documentation, "Introduction".
fn on_cpanel<'a>(call: &'a Call<'_>) -> Result<Route<'a>, Fault> {
    match call.api {
        Api::Uapi => {
            gateway::named(call)?;
            let path = ["/execute/", &*call.module, "/", &*call.function].concat();
            Ok(Route { path, fields: Vec::new(), shape: Shape::Uapi })
        }
        Api::Api2 => {
            let passed = gateway::api2(call)?;
            Ok(Route { path: [JSON_API, passed.function].concat(), fields: passed.fields, shape: passed.shape })
        }
        Api::Whm1 => Err(Fault::unsupported(
            "WHM API 1 is not on the cPanel face, so nothing was sent; it is on the WHM face, usually port 2087, with a token of root's \
             or a reseller's",
        )),
    }
}

/// Source: WHM API documentation, "Introduction".
fn on_whm<'a>(call: &'a Call<'_>) -> Result<Route<'a>, Fault> {
    let passed = gateway::through_whm(call)?;
    // What `cpanel` answers is not WHM API 1's, and its guide gives it no version.
    let version = Some(VERSION).filter(|_| passed.function != CPANEL);
    let fields = version.into_iter().chain(passed.fields).collect();
    Ok(Route { path: [JSON_API, passed.function].concat(), fields, shape: passed.shape })
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::super::super::form;
    use super::*;

    /// The path, the body and the shape of a call's answer.
    fn sent(face: Face, call: &Call<'_>) -> Option<(String, String, Shape)> {
        let Route { path, fields, shape } = route(face, call).ok()?;
        let body = form::encode(&fields, &call.arguments);
        Some((path, String::from_utf8_lossy(&body).into_owned(), shape))
    }

    #[test]
    fn every_api_has_its_place_on_each_face() {
        let password = SecretString::from("p+q");
        let with = |call: Call<'static>| call.plain("email", "anna@example.com");
        let uapi = with(Call::uapi("Email", "passwd_pop"));
        let api2 = with(Call::new(Api::Api2, "Email", "passwdpop"));
        let whm1 = Call::whm1("passwd").plain("user", "shop").plain("api.filter.enable", "1");
        let email = "email=anna%40example.com&password=p%2Bq";
        for (face, call, path, body, shape) in [
            (Face::Cpanel, uapi.clone(), "/execute/Email/passwd_pop", email.to_owned(), Shape::Uapi),
            (
                Face::Cpanel,
                api2.clone(),
                "/json-api/cpanel",
                format!(
                    "cpanel_jsonapi_module=Email&cpanel_jsonapi_func=passwdpop&cpanel_jsonapi_apiversion=2&{email}"
                ),
                Shape::Api2,
            ),
            (
                Face::Cpanel,
                api2.clone().on_behalf_of("shop"),
                "/json-api/cpanel",
                format!(
                    "cpanel_jsonapi_user=shop&cpanel_jsonapi_module=Email&cpanel_jsonapi_func=passwdpop&cpanel_jsonapi_apiversion=2&\
                     {email}"
                ),
                Shape::Api2,
            ),
            (
                Face::Whm,
                uapi.on_behalf_of("shop"),
                "/json-api/uapi_cpanel",
                format!("api.version=1&cpanel.user=shop&cpanel.module=Email&cpanel.function=passwd_pop&{email}"),
                Shape::UapiThroughWhm,
            ),
            (
                Face::Whm,
                api2.on_behalf_of("shop"),
                "/json-api/cpanel",
                format!(
                    "cpanel_jsonapi_user=shop&cpanel_jsonapi_module=Email&cpanel_jsonapi_func=passwdpop&cpanel_jsonapi_apiversion=2&\
                     {email}"
                ),
                Shape::Api2ThroughWhm,
            ),
            (
                Face::Whm,
                whm1,
                "/json-api/passwd",
                "api.version=1&user=shop&api.filter.enable=1&password=p%2Bq".to_owned(),
                Shape::Whm1,
            ),
        ] {
            let call = call.secret("password", &password);
            assert_eq!(sent(face, &call), Some((path.to_owned(), body, shape)), "{face:?} {call:?}");
        }
    }

    #[test]
    fn what_a_face_does_not_have_is_not_sent() {
        for (face, call, word) in [
            (Face::Cpanel, Call::whm1("passwd"), "2087"),
            (Face::Whm, Call::uapi("Email", "passwd_pop"), "none is named"),
            (Face::Whm, Call::new(Api::Api2, "Email", "passwdpop"), "none is named"),
            (Face::Cpanel, Call::uapi("../Email", "passwd_pop"), "such a name"),
        ] {
            let fault = route(face, &call).err();
            assert!(matches!(&fault, Some(Fault::Unsupported { detail }) if detail.contains(word)), "{fault:?}");
        }
    }
}
