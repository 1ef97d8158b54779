//! What may be behind a panel that lets nobody in, or does not answer: an address that is blocked.

use cprekey_core::api::Fault;

/// What a block is, how long it lasts, and who lifts it. Nothing in an answer tells it from a wrong login, and a firewall's from a server that is
/// not there (cPanel documentation, "cPHulk Brute Force Protection", which has the times that hold unless the server's settings say otherwise).
pub const MAY_BE_BLOCKED: &str = "where all that is right, the address from which you reach the panel may be blocked after failed logins: by cPHulk for 5 \
                                  minutes to a day unless the server is set otherwise, or by its firewall; wait, or have whoever runs the server lift \
                                  it (WHM, cPHulk Brute Force Protection; /usr/local/cpanel/scripts/cphulkdwhitelist ADDRESS)";

/// Whether a fault is one that a blocked address meets: a refused login, or a connection that is dropped.
#[must_use]
pub const fn may_be_a_block(fault: &Fault) -> bool {
    matches!(fault, Fault::Denied { .. } | Fault::Unreachable { .. } | Fault::Timeout { .. } | Fault::Lost { .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NET-17: which address, how long, and who lifts it.
    #[test]
    fn a_block_is_explained_where_it_may_be_one() {
        for words in ["the address from which you reach the panel", "5 minutes to a day", "cphulkdwhitelist ADDRESS"] {
            assert!(MAY_BE_BLOCKED.contains(words), "{words}");
        }
        let text = String::new;
        assert!(may_be_a_block(&Fault::Denied { detail: text() }));
        assert!(may_be_a_block(&Fault::Unreachable { detail: text() }));
        assert!(may_be_a_block(&Fault::Lost { detail: text() }));
        assert!(!may_be_a_block(&Fault::ServerError { status: 500 }));
        assert!(!may_be_a_block(&Fault::Untrusted { detail: text(), remedy: text() }));
    }
}
