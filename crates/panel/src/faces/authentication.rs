//! Who is calling: reads the `Authorization` header and holds it against the accounts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use crate::behaviour::{Denial, SuspendedAccount};
use crate::http::{Reply, Request};
use crate::pages;
use crate::panel::Panel;
use crate::state::{Account, Token};

/// Somebody who may call.
pub(crate) struct Caller<'a> {
    /// The account.
    pub(crate) account: &'a Account,
    /// The token it came with, where it is one.
    pub(crate) token: Option<&'a Token>,
}

/// Somebody who may not.
pub(crate) enum Stranger {
    /// The credential is missing or wrong.
    Denied,
    /// The password is right, but the account wants a second factor too.
    SecondFactor,
}

impl Stranger {
    /// What a stranger is answered.
    pub(crate) fn reply(&self, denial: Denial) -> Reply {
        match (self, denial) {
            (Self::SecondFactor, _) => pages::second_factor(),
            (Self::Denied, Denial::Forbidden) => pages::forbidden("Access denied"),
            (Self::Denied, Denial::Unauthorized) => pages::unauthorized(),
            (Self::Denied, Denial::LoginPage) => pages::login_page(),
            (Self::Denied, Denial::Redirect) => pages::redirect(hyper::StatusCode::FOUND, "/login"),
        }
    }
}

/// The caller of a request to the cPanel face. The scheme is compared without case; a WHM token opens nothing here.
///
/// # Errors
///
/// When the credential does not hold.
pub(crate) fn authenticate<'a>(panel: &'a Panel, request: &Request) -> Result<Caller<'a>, Stranger> {
    let caller = identify(panel, request)?;
    let locked = caller.account.suspended && panel.behaviour().suspended_account == SuspendedAccount::Deny;
    if locked || !panel.admit() { Err(Stranger::Denied) } else { Ok(caller) }
}

/// The address in full: a local part alone lies in the main domain of the account that asks (cPanel API documentation,
/// `Email::passwd_pop`). What the account's own mailbox is called stays, and so does what a stranger asks for.
pub(crate) fn complete(panel: &Panel, request: &Request, address: String) -> String {
    if address.contains('@') {
        return address;
    }
    match identify(panel, request) {
        Ok(Caller { account, .. }) if account.name != address => format!("{address}@{}", account.domain),
        _ => address,
    }
}

fn identify<'a>(panel: &'a Panel, request: &Request) -> Result<Caller<'a>, Stranger> {
    let header = request.authorization.as_deref().ok_or(Stranger::Denied)?;
    let (scheme, credential) = header.split_once(' ').ok_or(Stranger::Denied)?;
    match scheme.to_ascii_lowercase().as_str() {
        "cpanel" => by_token(panel, credential.trim()),
        "basic" => by_password(panel, credential.trim()),
        _ => Err(Stranger::Denied),
    }
}

fn by_token<'a>(panel: &'a Panel, credential: &str) -> Result<Caller<'a>, Stranger> {
    let (user, secret) = credential.split_once(':').ok_or(Stranger::Denied)?;
    let account = panel.hosting.account(user).ok_or(Stranger::Denied)?;
    let token = account.tokens.iter().find(|token| token.matches(secret)).ok_or(Stranger::Denied)?;
    if !token.is_live(Timestamp::now().as_second()) {
        return Err(Stranger::Denied);
    }
    Ok(Caller { account, token: Some(token) })
}

fn by_password<'a>(panel: &'a Panel, credential: &str) -> Result<Caller<'a>, Stranger> {
    let decoded = STANDARD.decode(credential).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let decoded = decoded.ok_or(Stranger::Denied)?;
    let (user, password) = decoded.split_once(':').ok_or(Stranger::Denied)?;
    let account = panel.hosting.account(user).ok_or(Stranger::Denied)?;
    if account.password.as_deref() != Some(password) {
        return Err(Stranger::Denied);
    }
    if account.two_factor { Err(Stranger::SecondFactor) } else { Ok(Caller { account, token: None }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::post;
    use crate::panel::tests::panel;

    #[test]
    fn a_local_part_alone_lies_in_the_main_domain_of_who_asks() {
        let panel = panel("[[account]]\nname='shop'\ndomain='example.com'\ntokens=[{name='t', secret='FULL'}]");
        for (authorization, given, whole) in [
            ("cpanel shop:FULL", "anna", "anna@example.com"),
            ("cpanel shop:FULL", "anna@example.org", "anna@example.org"),
            ("cpanel shop:FULL", "shop", "shop"),
            ("cpanel shop:wrong", "anna", "anna"),
        ] {
            let request = post("/execute/Email/passwd_pop", "", authorization);
            assert_eq!(complete(&panel, &request, given.to_owned()), whole, "{authorization} {given}");
        }
    }
}
