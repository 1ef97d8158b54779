//! Who is calling at the cPanel face: reads the `Authorization` header and holds it against the accounts.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::stranger::Stranger;
use crate::behaviour::SuspendedAccount;
use crate::http::Request;
use crate::panel::Panel;
use crate::state::{Account, Token};

/// Somebody who may call.
pub(super) struct Caller<'a> {
    /// The account.
    pub(super) account: &'a Account,
    /// The token it came with, where it is one.
    pub(super) token: Option<&'a Token>,
}

/// The caller of a request to the cPanel face. The scheme is compared without case; a WHM token opens nothing here.
///
/// # Errors
///
/// When the credential does not hold.
pub(super) fn authenticate<'a>(panel: &'a Panel, request: &Request) -> Result<Caller<'a>, Stranger> {
    let caller = identify(panel, request)?;
    let locked = caller.account.suspended && panel.behaviour().suspended_account == SuspendedAccount::Deny;
    if locked || !panel.admit() { Err(Stranger::Denied) } else { Ok(caller) }
}

/// Whose credential a request to the cPanel face carries, be the account suspended or not; this counts no admission.
///
/// # Errors
///
/// When the credential does not hold.
pub(super) fn identify<'a>(panel: &'a Panel, request: &Request) -> Result<Caller<'a>, Stranger> {
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
    if !panel.passwords.verify_own(account, password.as_bytes()).is_ok_and(|valid| valid) {
        return Err(Stranger::Denied);
    }
    if account.two_factor { Err(Stranger::SecondFactor) } else { Ok(Caller { account, token: None }) }
}
