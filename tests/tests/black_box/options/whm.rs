//! Options of WHM: which face, for whom, and how many changes at once.

use cprekey_tests::{Panel, Place};

fn ready(count: usize) -> (Place, Panel) {
    let place = Place::new();
    let panel = Panel::with_accounts(&place, count, "");
    place.list("list.csv", count);
    (place, panel)
}

#[test]
fn as_says_which_face() {
    let (place, panel) = ready(1);
    place.private("token", panel.whm_token("root"));
    let options = ["--host", &panel.whm_host(), "--user", "root", "--token-file", "token", "--cacert", panel.ca_file()];
    let run = place.apply("list.csv").args(options).args(["--as", "whm"]).run();
    assert_eq!((run.code, panel.counters().calls("whm::listaccts")), (0, 1), "{run}");
    panel.reset_counters();
    for as_account in [&[][..], &["--as", "cpanel"]] {
        let run = place.apply("list.csv").args(options).args(as_account).run();
        assert_eq!((run.code, panel.counters().calls("whm::listaccts")), (4, 0), "{run}");
    }
    let run = place.apply("list.csv").args(options).args(["--as", "webmail"]).run();
    assert!(run.code == 2 && run.stderr.contains("whm"), "{run}");
}

#[test]
fn the_port_of_whm_is_known_for_it() {
    let place = Place::new();
    place.list("list.csv", 1);
    // An address of this test's own, so that it finds the port free, and is loopback all the same.
    let [high, low] = [std::process::id() / 250 % 250, std::process::id() % 250].map(|part| part + 1);
    let address = format!("127.87.{high}.{low}");
    let config =
        "[[account]]\nname = 'shop'\ndomain = 'example.com'\nmailboxes = [{ address = 'user1@example.com' }]\n";
    let listen = format!("{address}:2087");
    let panel =
        Panel::start_with(&place, config, &["--no-hashing", "--listen-whm", &listen, "--name", "panel.example.com"]);
    place.private("token", panel.whm_token("root"));
    let options = ["--user", "root", "--token-file", "token", "--cacert", panel.ca_file()];
    let there = format!("panel.example.com:2087:{address}");
    // With the port alone, and with the face alone, whose port it is.
    for way in [&["--host", "panel.example.com:2087"][..], &["--host", "panel.example.com", "--as", "whm"]] {
        panel.reset_counters();
        let run = place.apply("list.csv").args(options).args(["--resolve", &there]).args(way).run();
        assert_eq!((run.code, panel.counters().calls("whm::listaccts")), (0, 1), "{run}");
    }
    let run = place.apply("list.csv").args(options).args(["--resolve", &there, "--as", "cpanel"]);
    let run = run.args(["--host", "panel.example.com:2087"]).run();
    assert_eq!(run.code, 4, "what is said wins over what the port is known for: {run}");
}

#[test]
fn account_is_for_those_who_act_for_others() {
    let (place, panel) = ready(1);
    let run = place.apply("list.csv").args(["--account", "shop"]).through_whm(&panel).run();
    assert_eq!((run.code, panel.changes().len()), (0, 1), "{run}");
    panel.reset_counters();
    for command in ["plan", "apply"] {
        let run = place.cprekey([command, "list.csv", "--account", "shop"]).on(&panel).run();
        assert!(run.code == 2 && run.stderr.contains("--as whm"), "{run}");
    }
    for name in ["", "anna@example.com", "a b", "-shop"] {
        let name = format!("--account={name}");
        let run = place.cprekey(["plan", "list.csv", &name]).through_whm(&panel).run();
        assert!(run.code == 2 && run.stderr.contains("--account"), "{name}: {run}");
    }
    assert_eq!(panel.counters().requests(), 0);
}

#[test]
fn batch_is_changes_in_one_request() {
    for (batch, batches, singly) in [("1", 0, 12), ("5", 3, 0), ("12", 1, 0), ("1000", 1, 0), ("11", 1, 1)] {
        let (place, panel) = ready(12);
        let run = place.apply("list.csv").args(["--batch", batch, "--jobs", "1"]).through_whm(&panel).run();
        assert_eq!((run.code, panel.changes().len()), (0, 12), "{run}");
        let counters = panel.counters();
        // Which accounts there are, how strong a password must be, and the mailboxes of the one account of the list.
        assert_eq!(
            (counters.calls("whm::batch"), counters.requests()),
            (batches, 3 + batches + singly),
            "--batch {batch}"
        );
    }
    // Without it there are 25 at most.
    let (place, panel) = ready(60);
    let run = place.apply("list.csv").args(["--jobs", "1"]).through_whm(&panel).run();
    assert_eq!((run.code, panel.counters().calls("whm::batch")), (0, 3), "{run}");
}

#[test]
fn batch_is_of_whm_alone() {
    let (place, panel) = ready(1);
    for batch in ["0", "1001", "-1", "many"] {
        let run = place.apply("list.csv").args([format!("--batch={batch}")]).through_whm(&panel).run();
        assert!(run.code == 2 && run.stderr.contains("from 1 to 1000"), "{run}");
    }
    let run = place.apply("list.csv").args(["--batch", "2"]).on(&panel).run();
    assert!(run.code == 2 && run.stderr.contains("--as whm"), "{run}");
    assert_eq!(panel.counters().requests(), 0);
    let run = place.apply("list.csv").args(["--batch", "1"]).on(&panel).run();
    assert_eq!((run.code, panel.changes().len()), (0, 1), "one by one is what it is: {run}");
}

#[test]
fn a_profile_says_all_of_it() {
    let (place, panel) = ready(4);
    place.private("token", panel.whm_token("root"));
    let folder = place.path("home/.config_home/cprekey");
    std::fs::create_dir_all(&folder).unwrap();
    let profile = format!(
        "[work]\nhost = '{}'\nuser = 'root'\nas = 'whm'\naccount = 'shop'\nbatch = 2\ntoken-file = 'token'\ncacert = '{}'\njobs = 1\nrate = 'none'\n",
        panel.whm_host(),
        panel.ca_file()
    );
    std::fs::write(place.path("home/.config_home/cprekey/config.toml"), profile).unwrap();
    let run = place.cprekey(["apply", "list.csv", "--yes", "--profile", "work"]).run();
    assert_eq!((run.code, panel.counters().calls("whm::batch")), (0, 2), "{run}");
    assert!(panel.verify("user1@example.com", "Tide&Orchard#1"));
}
