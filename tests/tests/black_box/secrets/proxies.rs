//! Nothing but the options says where a request goes.

use std::io::ErrorKind;
use std::net::TcpListener;

use cprekey_tests::{Panel, Place};

/// SEC-22: variables that name proxies and a netrc file change neither where a request goes nor who calls.
#[test]
fn proxies_and_netrc_are_passed_over() {
    let place = Place::new();
    let panel = Panel::with_mailboxes_and(&place, 2, &["--no-hashing"]);
    place.list("list.csv", 2);
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let address = trap.local_addr().unwrap();
    place.private("home/.netrc", "machine localhost login mallory password netrc-Canary-1\n");
    place.secret("netrc-Canary-1");
    let names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];
    for scheme in ["http", "https", "socks5"] {
        let proxy = format!("{scheme}://{address}");
        let with_traps = |invocation| {
            names.iter().fold(invocation, |run: cprekey_tests::Invocation<'_>, name| run.env(name, &proxy))
        };
        let netrc = place.path("home/.netrc").display().to_string();
        let run = with_traps(place.apply("list.csv").on(&panel)).env("NETRC", netrc).run();
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 2]), "{run}");
        let call = with_traps(place.one_call("--api=uapi Variables get_user_information").on(&panel)).run();
        assert_eq!(call.code, 0, "{call}");
        assert_eq!(trap.accept().unwrap_err().kind(), ErrorKind::WouldBlock, "somebody came to the {scheme} proxy");
    }
    assert_eq!(panel.counters().failed_authentications(), 0);
}
