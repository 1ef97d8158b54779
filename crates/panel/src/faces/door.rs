//! Which face answers.

use super::seen::Seen;
use super::{cpanel, whm};
use crate::http::Request;
use crate::pages;
use crate::panel::Panel;
use crate::subject::Face;

/// Answers a request to the face; at both, `/login` is open to everybody. Without `apply` it is judged as ever, but nothing is changed.
pub(crate) fn answer<'a>(face: Face, panel: &'a Panel, request: &Request, apply: bool) -> Seen<'a> {
    if matches!(request.path.as_str(), "/login" | "/login/") {
        return Seen { reply: pages::login_page(), user: None };
    }
    match face {
        Face::Cpanel => cpanel::answer(panel, request, apply),
        Face::Whm => whm::answer(panel, request, apply),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;
    use crate::http::post;
    use crate::panel::tests::panel;

    #[test]
    fn whoever_follows_a_redirect_meets_the_login_page() {
        for (face, call, right) in [
            (Face::Cpanel, "/execute/Email/count_pops", "cpanel shop:FULL"),
            (Face::Whm, "/json-api/listaccts", "whm root:ALL"),
        ] {
            let panel = panel(
                "[[whm]]\nuser='root'\ntokens=[{name='t', secret='ALL', acls=['all']}]\n\
                 [[account]]\nname='shop'\ndomain='example.com'\ntokens=[{name='t', secret='FULL'}]",
            );
            panel.change_behaviour(json!({"denied": "redirect"})).unwrap();
            let redirect = answer(face, &panel, &post(call, "", ""), true).reply;
            let (_, location) = redirect.headers.iter().find(|(name, _)| name == "location").unwrap();
            for authorization in ["", right] {
                let page = answer(face, &panel, &post(location.to_str().unwrap(), "", authorization), true).reply;
                assert_eq!(page.status, 200, "{face:?}");
                assert!(String::from_utf8_lossy(&page.body).contains("login_form"), "{face:?}");
            }
            assert_eq!(panel.counters.now().failed_authentications, 1, "{face:?}");
        }
    }
}
