//! What a call would send, without sending it.

use super::super::call::Call;
use super::super::fault::Fault;
use super::super::field::{Field, shown};
use super::face::Face;
use super::host::Host;
use super::route::route;
use super::target;

/// One request: a POST with a form, and the token in a header.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExplainedRequest {
    /// The whole URL, in which no argument is.
    pub url: String,
    /// The form, before it is encoded.
    pub form: Vec<Field>,
}

/// What [`HttpsPanel`](super::panel::HttpsPanel) would send for a call; needs no token.
///
/// # Errors
///
/// Gives [`Fault::Unsupported`] for a call that cannot be made at this face.
pub fn explain(host: &Host, port: u16, face: Face, call: &Call<'_>) -> Result<ExplainedRequest, Fault> {
    let route = route(face, call)?;
    let form = shown(&route.fields, &call.arguments);
    Ok(ExplainedRequest { url: target::url(host, port, &route.path), form })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use secrecy::SecretString;

    use super::*;
    use crate::account::AccountName;
    use crate::address::Address;
    use crate::api::function::{self, Batch};

    #[test]
    fn a_request_is_told_without_its_secret() {
        let password = SecretString::from("S3CRET");
        let call = Call::uapi("Email", "passwd_pop").plain("email", "a+b@example.com").secret("password", &password);
        let host: Host = "cp.example.net".parse().unwrap();
        let told = explain(&host, 2083, Face::Cpanel, &call).unwrap();
        assert_eq!(told.url, "https://cp.example.net:2083/execute/Email/passwd_pop");
        let fields: Vec<_> = told.form.iter().map(|field| (&*field.key, field.value.as_deref())).collect();
        assert_eq!(fields, [("email", Some("a+b@example.com")), ("password", None)]);
        assert!(!format!("{told:?}").contains("S3CRET"));
    }

    /// SEC-06: whichever function is called at whichever face, the URL has the names of what is called, and no argument.
    #[test]
    fn no_argument_of_any_call_is_in_a_url() {
        let (new, old) = (SecretString::from("S3CRET-new"), SecretString::from("S3CRET-old"));
        let address = Address::parse("anna+canary@example.com").unwrap();
        let account = AccountName::parse("shopcanary").unwrap();
        let mailbox = function::passwd_pop(&address, &new);
        let batch = Batch::new(&[mailbox.clone().on_behalf_of("shopcanary")]).unwrap();
        let calls = [
            mailbox,
            function::verify_password(&address, &new),
            function::change_password(&account, &old, &new, true),
            function::set_account_password(&account, &new, true),
            function::list_accounts(),
            function::get_domain_owner("example.com"),
            batch.call(),
        ];
        let host: Host = "cp.example.net".parse().unwrap();
        let at_both = calls.iter().flat_map(|call| {
            let faces = [Face::Cpanel, Face::Whm].map(|face| (face, call.clone().on_behalf_of("shopcanary")));
            faces.into_iter().chain([(Face::Cpanel, call.clone()), (Face::Whm, call.clone())])
        });
        let told: Vec<_> = at_both.filter_map(|(face, call)| explain(&host, 2087, face, &call).ok()).collect();
        assert!(told.len() >= calls.len(), "each can be made at a face");
        for ExplainedRequest { url, .. } in told {
            let is_bare = !url.contains(['?', '#', '%', '=']);
            assert!(is_bare && ["S3CRET", "canary", "example.com"].iter().all(|text| !url.contains(text)), "{url}");
        }
    }

    #[test]
    fn through_whm_the_request_says_for_whom_it_is() {
        let call = Call::uapi("Email", "list_pops").on_behalf_of("shop");
        let host: Host = "cp.example.net".parse().unwrap();
        let told = explain(&host, 2087, Face::Whm, &call).unwrap();
        assert_eq!(told.url, "https://cp.example.net:2087/json-api/uapi_cpanel");
        let user = Field { key: "cpanel.user".to_owned(), value: Some("shop".to_owned()) };
        assert!(told.form.contains(&user), "{told:?}");
        assert!(explain(&host, 2083, Face::Cpanel, &Call::whm1("passwd")).is_err());
    }
}
