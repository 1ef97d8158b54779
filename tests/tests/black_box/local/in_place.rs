//! Where the programs of a real server are: `/usr/local/cpanel/bin`, in a namespace of our own.

use std::path::Path;

use cprekey_tests::{Person, eventually};

use super::ground::ready;

/// Where the programs of a cPanel server are.
const BIN: &str = "/usr/local/cpanel/bin";

#[test]
fn the_programs_are_found_where_a_server_has_them() {
    // In the namespace we may become anybody, also where we are not root outside.
    for become_user in ["", "unshare --user --map-user=60001 --map-group=60001 --"] {
        let (place, panel) = ready(3);
        let within = format!(
            "mount -t tmpfs none /usr/local && mkdir -p {BIN} && mount --bind '{}' {BIN} && exec {become_user} \"$@\"",
            panel.bin_dir()
        );
        let line = format!("unshare --mount sh -c \"$(cat <<'END'\n{within}\nEND\n)\" sh {{}}");
        let run =
            place.apply("list.csv").started_by(Person::Root).args(["--local", "--verify", "all"]).in_shell(&line).run();
        assert!(
            !run.stderr.contains("unshare: ") && !run.stderr.contains("mount: "),
            "a namespace of our own is needed: in a container, give it CAP_SYS_ADMIN, or let it make user namespaces: {run}"
        );
        assert_eq!((run.code, run.outcomes()), (0, vec!["changed"; 3]), "{run}");
        let log = panel.command_log();
        let name = if become_user.is_empty() { "whmapi1" } else { "uapi" };
        assert!(log.iter().all(|call| call["arguments"][0] == format!("{BIN}/{name}")), "{log:#?}");
        eventually("the end of the namespace", || !Path::new(BIN).join("panel.json").exists());
    }
}
