//! A link in place of one of the native programs: the script stays as it is.

use super::{json, ready};
use cprekey_tests::Person;

#[test]
fn a_link_is_the_program_of_its_name_on_this_server() {
    let (place, panel) = ready();
    for (name, line, path) in [
        ("uapi", "--output=json --user=example Email list_pops", "/result/status"),
        (
            "cpapi2",
            "--output=json --user=example Passwd change_password user=example oldpass=luggage12345 newpass=luggage54321",
            "/cpanelresult/event/result",
        ),
        ("whmapi1", "--output=json listaccts", "/metadata/result"),
    ] {
        let run = place.one_call(line).called(name).locally(&panel, Person::Root).run();
        assert_eq!(run.code, 0, "{run}");
        assert_eq!(json(&run.stdout).pointer(path), Some(&1.into()), "{run}");
    }
    assert!(panel.verify("example", "luggage54321"));
    assert!(!panel.command_log_text().contains("luggage"), "{}", panel.command_log_text());
    assert_eq!(panel.counters().requests(), 0);
}

#[test]
fn a_link_goes_to_a_host_that_is_named_typed_or_in_a_profile() {
    let (place, panel) = ready();
    let list = "--output=json Email list_pops";
    let run = place.one_call(list).called("uapi").on(&panel).user("example").run();
    assert_eq!((run.code, panel.counters().requests()), (0, 1), "{run}");
    let folder = place.path("home/.config_home/cprekey");
    std::fs::create_dir_all(&folder).unwrap();
    place.private("token", panel.token("example"));
    let (host, ca_file) = (panel.host(), panel.ca_file());
    let profile = format!(
        "[work]\nhost = '{host}'\nuser = 'example'\ncacert = '{ca_file}'\ntoken-file = 'token'\nreport = ['x.csv']\n"
    );
    std::fs::write(folder.join("config.toml"), profile).unwrap();
    let run = place.one_call(list).args(["--profile", "work"]).called("uapi").run();
    assert_eq!((run.code, panel.counters().requests()), (0, 2), "{run}");
    assert_eq!(panel.command_log_text(), "");
}

#[test]
fn a_link_in_place_of_the_program_does_not_call_itself() {
    let (place, _panel) = ready();
    for name in ["uapi", "cpapi2", "whmapi1"] {
        // Makes the links; what it is asked for is its help.
        assert_eq!(place.one_call("--help").called(name).run().code, 0);
    }
    let links = place.path("links");
    let run = place.one_call("--user=example Email list_pops --bin-dir").args([links]).called("uapi").run();
    assert!(
        run.code == 2 && run.stderr.contains("is this program itself") && run.stderr.contains("--bin-dir"),
        "{run}"
    );
    assert_eq!(run.stdout, "");
}

#[test]
fn a_link_says_what_is_missing_where_it_is_not_on_a_server() {
    let (place, _panel) = ready();
    let run = place.one_call("--user=example --bin-dir /no/such/folder Email list_pops").called("uapi").run();
    assert!(run.code == 2 && run.stderr.contains("/no/such/folder") && run.stderr.contains("--host"), "{run}");
    let run = place.one_call("--user=example Email list_pops").run();
    assert!(run.code == 2 && run.stderr.contains("--host is missing"), "{run}");
}
