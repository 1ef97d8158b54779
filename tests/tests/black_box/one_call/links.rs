//! A link in place of one of the native programs: the script stays as it is.

use cprekey_tests::{Panel, Person, Place, Run};

use super::{OWNER, json, ready};

/// What comes of a line with a link in place of the native program.
fn by_link(place: &Place, panel: &Panel, name: &str, line: &str, person: Person) -> Run {
    place.one_call(line).called(name).locally(panel, person).run()
}

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
        let run = by_link(&place, &panel, name, line, Person::Root);
        assert_eq!(run.code, 0, "{run}");
        assert_eq!(json(&run.stdout).pointer(path), Some(&1.into()), "{run}");
    }
    assert!(panel.verify("example", "luggage54321"));
    assert!(!panel.command_log_text().contains("luggage"), "{}", panel.command_log_text());
    assert_eq!(panel.counters().requests(), 0);
}

#[test]
fn a_script_that_reads_the_yaml_by_its_lines_stays_as_it_is() {
    let (place, panel) = ready();
    let list = place.one_call("--user=example Email list_pops").called("uapi").locally(&panel, Person::Root);
    let run = list.in_shell("{} | grep -i email: | awk '{print $2}'").run();
    assert_eq!(run.stdout, "example\nuser@example.com\n", "{run}");
}

#[test]
fn an_accounts_own_user_need_not_be_named_and_is_given_what_the_native_program_would_be() {
    let (place, panel) = ready();
    let run = by_link(&place, &panel, "uapi", "Email passwd_pop email=user password=12345luggage", OWNER);
    assert!(run.code == 0 && panel.verify("user@example.com", "12345luggage"), "{run}");
    assert!(!panel.command_log_text().contains("luggage"), "{}", panel.command_log_text());
    // cpapi2 takes passwords as arguments alone: those that were typed go on as they are, and no other does.
    let line = "Passwd change_password user=example oldpass=luggage12345";
    place.private("new", "luggage54321");
    let kept = by_link(&place, &panel, "cpapi2", &format!("{line} newpass=@new"), OWNER);
    assert!(
        kept.code == 2 && kept.stderr.contains("--allow-argv") && !panel.command_log_text().contains("luggage"),
        "{kept}"
    );
    // Where its arguments may be read, so may this log of them.
    place.may_hold_secrets(panel.state().join("command_log").to_str().unwrap());
    let run = by_link(&place, &panel, "cpapi2", &format!("{line} newpass=luggage54321"), OWNER);
    assert!(run.code == 0 && panel.verify("example", "luggage54321"), "{run}");
    assert!(panel.command_log_text().contains("newpass=luggage54321"), "{}", panel.command_log_text());
    let run = by_link(&place, &panel, "whmapi1", "listaccts", OWNER);
    assert!(run.code == 7 && run.stdout.is_empty(), "{run}");
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
    for option in ["--token-user=example", "--connect-timeout=5"] {
        let run = place.one_call("Email list_pops").args([option]).called("uapi").run();
        assert!(run.code == 2 && run.stderr.contains("--host"), "{option} speaks of HTTPS: {run}");
    }
    let run = place.one_call("--user=example Email list_pops").run();
    assert!(run.code == 2 && run.stderr.contains("--host is missing"), "{run}");
}
