//! An account's mailboxes, by the addresses under which they are looked up.

use std::collections::HashMap;

use super::facts::Standing;
use crate::address::Address;
use crate::api::function::Mailbox;

/// The mailboxes by address; none where the panel lists none at all: an account without any cannot be told from one whose mailboxes
/// we may not see, so an empty list rules nothing out.
pub(super) fn by_address(listed: &[Mailbox]) -> Option<HashMap<String, Standing>> {
    let standing = |mailbox: &Mailbox| Standing { login_suspended: mailbox.suspended_login };
    (!listed.is_empty()).then(|| listed.iter().map(|mailbox| (key(&mailbox.address), standing(mailbox))).collect())
}

/// An address as it is looked up: as it would be sent, in lower case.
fn key(address: &str) -> String {
    Address::parse(address).map_or_else(|_| address.to_lowercase(), |address| address.as_str().to_lowercase())
}
