//! Whose token it is, and which account a call is for.

use cprekey_core::api::https::Face;
use cprekey_core::api::{Api, Scope};
use cprekey_frontend::connection::Door;
use cprekey_frontend::failure::Failure;

/// Whose token it is where WHM is called and nobody is named.
const ROOT: &str = "root";

/// Who calls, and for whom.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Parties {
    /// Whose token it is; none where there is no token, or nobody was named.
    pub(crate) token_user: Option<String>,
    /// The account that the call names; none for the caller's own.
    pub(crate) account: Option<String>,
}

/// What `--user` and `--token-user` mean at this door.
///
/// # Errors
///
/// Where one of them is missing, or the two contradict each other.
pub(crate) fn parties(
    api: Api,
    door: Door,
    user: Option<String>,
    token_user: Option<String>,
) -> Result<Parties, Failure> {
    let user = user.filter(|user| !user.is_empty());
    match (door, api) {
        (Door::Https(Face::Cpanel), Api::Whm1) => Err(Failure::bad_input("WHM API 1 is not on the cPanel face")
            .with_remedy("leave --as cpanel away: it is on the WHM face, usually port 2087, with a token of root's or a reseller's")),
        (Door::Https(Face::Cpanel), _) => Ok(Parties { token_user: one(user, token_user)?, account: None }),
        (Door::Https(Face::Whm), Api::Whm1) => {
            Ok(Parties { token_user: one(user, token_user)?.or_else(|| Some(ROOT.to_owned())), account: None })
        }
        (Door::Https(Face::Whm), _) => {
            let account = user.ok_or_else(|| nobody("WHM acts for many accounts, and --user does not name one"))?;
            Ok(Parties { token_user: Some(token_user.unwrap_or_else(|| ROOT.to_owned())), account: Some(account) })
        }
        (Door::Local(Scope::Server), Api::Uapi | Api::Api2) => {
            let account = user.ok_or_else(|| nobody("root is no cPanel account, and --user does not name one"))?;
            Ok(Parties { token_user: None, account: Some(account) })
        }
        (Door::Local(_), _) => Ok(Parties { token_user: None, account: user }),
    }
}

fn nobody(what: &str) -> Failure {
    Failure::bad_input(what).with_remedy("say which account the call is for: --user=ACCOUNT")
}

/// The one user where both options mean the same: the token's user calls for itself.
fn one(user: Option<String>, token_user: Option<String>) -> Result<Option<String>, Failure> {
    match (user, token_user) {
        (Some(user), Some(token_user)) if user != token_user => {
            Err(Failure::bad_input(format!("--user is {user}, and the token is that of {token_user}, who can call only as {token_user}"))
                .with_remedy("leave one of --user and --token-user away; or give --as whm, where root and resellers call for their accounts"))
        }
        (user, token_user) => Ok(user.or(token_user)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CPANEL: Door = Door::Https(Face::Cpanel);
    const WHM: Door = Door::Https(Face::Whm);
    const ROOTS: Door = Door::Local(Scope::Server);
    const OWN: Door = Door::Local(Scope::Account);

    #[test]
    fn the_user_is_whom_a_call_is_for_and_the_token_may_be_anothers() {
        for (api, door, [user, token_user], expected) in [
            (Api::Uapi, CPANEL, [Some("shop"), None], Some([Some("shop"), None])),
            (Api::Uapi, CPANEL, [None, Some("shop")], Some([Some("shop"), None])),
            (Api::Uapi, CPANEL, [None, None], Some([None, None])),
            (Api::Uapi, CPANEL, [Some("shop"), Some("other")], None),
            (Api::Whm1, CPANEL, [Some("root"), None], None),
            (Api::Uapi, WHM, [Some("shop"), None], Some([Some("root"), Some("shop")])),
            (Api::Api2, WHM, [Some("shop"), Some("reseller")], Some([Some("reseller"), Some("shop")])),
            (Api::Uapi, WHM, [None, Some("root")], None),
            (Api::Whm1, WHM, [None, None], Some([Some("root"), None])),
            (Api::Whm1, WHM, [Some("reseller"), None], Some([Some("reseller"), None])),
            (Api::Whm1, WHM, [Some("reseller"), Some("root")], None),
            (Api::Uapi, ROOTS, [Some("shop"), None], Some([None, Some("shop")])),
            (Api::Uapi, ROOTS, [None, None], None),
            (Api::Uapi, ROOTS, [Some(""), None], None),
            (Api::Whm1, ROOTS, [None, None], Some([None, None])),
            (Api::Whm1, ROOTS, [Some("reseller"), None], Some([None, Some("reseller")])),
            (Api::Api2, OWN, [None, None], Some([None, None])),
            (Api::Api2, OWN, [Some("shop"), None], Some([None, Some("shop")])),
        ] {
            let [user, token_user] = [user, token_user].map(|name| name.map(str::to_owned));
            let found = parties(api, door, user, token_user).ok();
            let expected = expected.map(|[token_user, account]| Parties {
                token_user: token_user.map(str::to_owned),
                account: account.map(str::to_owned),
            });
            assert_eq!(found, expected, "{api:?} {door:?}");
        }
    }
}
