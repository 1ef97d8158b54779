//! Which mailbox a request is about, in full.

use super::authentication::identify;
use crate::http::Request;
use crate::panel::Panel;
use crate::subject::{Face, Subject};
use crate::whm::account_of;

/// The subject of the request with its address in full: at the cPanel face for the account that asks, at WHM's for the one
/// that is asked for. What a stranger asks for stays as it is.
pub(crate) fn complete(face: Face, panel: &Panel, request: &Request, subject: Subject) -> Subject {
    subject.completed(|| match face {
        Face::Cpanel => identify(panel, request).ok().map(|caller| caller.account),
        Face::Whm => account_of(panel, &request.arguments),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::post;
    use crate::panel::tests::panel;

    const CONFIG: &str = "[[account]]\nname='shop'\ndomain='example.com'\ntokens=[{name='t', secret='FULL'}]";

    fn address(face: Face, path: &str, form: &str, authorization: &str) -> String {
        let (panel, request) = (panel(CONFIG), post(path, form, authorization));
        complete(face, &panel, &request, Subject::of(face, &request)).address.unwrap_or_default()
    }

    #[test]
    fn a_local_part_alone_lies_in_the_main_domain_of_who_asks() {
        for (authorization, given, whole) in [
            ("cpanel shop:FULL", "anna", "anna@example.com"),
            ("cpanel shop:FULL", "anna%40example.org", "anna@example.org"),
            ("cpanel shop:FULL", "shop", "shop"),
            ("cpanel shop:wrong", "anna", "anna"),
        ] {
            let form = format!("email={given}");
            let found = address(Face::Cpanel, "/execute/Email/passwd_pop", &form, authorization);
            assert_eq!(found, whole, "{authorization} {given}");
        }
    }

    #[test]
    fn through_whm_it_lies_in_that_of_the_account_that_is_asked_for() {
        let uapi = "cpanel.module=Email&cpanel.function=passwd_pop&email=anna";
        for (user, whole) in [("&cpanel.user=shop", "anna@example.com"), ("&cpanel.user=nobody", "anna"), ("", "anna")]
        {
            assert_eq!(address(Face::Whm, "/json-api/uapi_cpanel", &format!("{uapi}{user}"), ""), whole, "{user}");
        }
        let api2 = "cpanel_jsonapi_module=Email&cpanel_jsonapi_func=passwdpop&cpanel_jsonapi_user=shop&email=anna";
        assert_eq!(address(Face::Whm, "/json-api/cpanel", api2, ""), "anna@example.com");
    }

    #[test]
    fn the_name_of_an_account_stays() {
        let form = "cpanel_jsonapi_module=Passwd&cpanel_jsonapi_func=change_password&user=other";
        assert_eq!(address(Face::Cpanel, "/json-api/cpanel", form, "cpanel shop:FULL"), "other");
        assert_eq!(address(Face::Whm, "/json-api/passwd", "user=shop", ""), "shop");
    }
}
