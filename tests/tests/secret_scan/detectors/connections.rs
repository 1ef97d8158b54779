//! Connections, of which there are none but to the panel.

use crate::finding::Search;
use crate::trace::Trace;

/// The name of this detector.
pub(crate) const CONNECTIONS: &str = "connections";

/// The C library asks there for names; it is on the same machine.
const NAME_SERVICE: &str = "/var/run/nscd/socket";

/// Where the panel may be.
const LOOPBACK: [&str; 2] = ["inet_addr(\"127.0.0.1\")", "inet_pton(AF_INET6, \"::1\""];

/// Looks at where the watched program connects to: these ports of this machine, and nowhere else.
pub(crate) fn search(trace: &Trace, ports: &[&str], search: &mut Search) {
    for call in trace.of(&["connect"]).filter(|call| trace.is_ours(call)) {
        let has = |text: &str| call.line.contains(text);
        let to_panel = LOOPBACK.into_iter().any(has) && ports.iter().any(|port| has(&format!("htons({port})")));
        let otherwise = "somebody else than the panel";
        search.require(to_panel || has(NAME_SERVICE) || has("AF_UNSPEC"), CONNECTIONS, &call.line, otherwise);
    }
}
