//! The lines and URLs that cPanel's own pages print, as they stand.
//!
//! Sources: cPanel API 2 documentation, `Passwd::change_password` and `Email::passwdpop`; cPanel API documentation, `Email::passwd_pop`, and
//! the lines of it that scripts have.

use cprekey_tests::{Invocation, Panel, Person, Place, Run};

use super::{OLD, json, ready};

/// The command line of the page, with its user.
const CHANGE: &str = "--user=example Passwd change_password user=example oldpass=luggage12345 newpass=luggage54321";

/// What stands behind `cpanel?` in the URLs of the pages: WHM API (JSON), with the user of the example.
const CHANGE_URL: &str = "cpanel_jsonapi_user=example&cpanel_jsonapi_apiversion=2&cpanel_jsonapi_module=Passwd&cpanel_jsonapi_func=change_password&oldpass=luggage12345&newpass=luggage54321&user=example&enablemysql=1&enabledigestauth=1";
const PASSWDPOP_URL: &str = "cpanel_jsonapi_user=example&cpanel_jsonapi_apiversion=2&cpanel_jsonapi_module=Email&cpanel_jsonapi_func=passwdpop&domain=example.com&email=user&password=12345luggage";

/// What such a URL says, as a line of `cpapi2`: its module, its function, and the rest.
fn line_of(url: &str) -> String {
    let value = |key: &str| url.split('&').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('=')).unwrap();
    let rest = url.split('&').filter(|pair| !pair.starts_with("cpanel_jsonapi_"));
    let names = [value("cpanel_jsonapi_module"), value("cpanel_jsonapi_func")];
    names.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
}

fn assert_account_changed(panel: &Panel, run: &Run) {
    assert_eq!(run.code, 0, "{run}");
    assert!(panel.verify("example", "luggage54321") && !panel.verify("example", OLD), "{run}");
    assert_eq!(panel.changes().len(), 1);
    assert!(panel.access_log().iter().all(|line| !line.contains("luggage")), "{:?}", panel.access_log());
}

fn assert_mailbox_changed(panel: &Panel, run: &Run) {
    assert_eq!(run.code, 0, "{run}");
    assert!(panel.verify("user@example.com", "12345luggage"), "{run}");
    assert_eq!(panel.changes().len(), 1);
}

/// The three ways to a panel.
const WAYS: [for<'a> fn(Invocation<'a>, &'a Panel) -> Invocation<'a>; 3] = [
    |call, panel| call.on(panel).user("example"),
    |call, panel| call.through_whm(panel),
    |call, panel| call.locally(panel, Person::Root),
];

fn each_way(test: impl Fn(&Place, &Panel, &dyn for<'a> Fn(Invocation<'a>, &'a Panel) -> Invocation<'a>)) {
    for way in WAYS {
        let (place, panel) = ready();
        test(&place, &panel, &way);
    }
}

#[test]
fn the_command_line_of_change_password_works_every_way() {
    each_way(|place, panel, way| {
        let run = way(place.one_call(CHANGE).args(["--output=json"]), panel).run();
        assert_account_changed(panel, &run);
        let result = &json(&run.stdout)["cpanelresult"];
        assert_eq!((&result["event"]["result"], &result["func"]), (&1.into(), &"change_password".into()));
        let row = &result["data"][0];
        assert!(row["statustxt"].as_str().unwrap().contains("Password changed for user"), "{row}");
    });
}

#[test]
fn the_command_line_of_passwdpop_works_every_way() {
    each_way(|place, panel, way| {
        let line = "--user=example Email passwdpop domain=example.com email=user password=12345luggage";
        assert_mailbox_changed(panel, &way(place.one_call(line), panel).run());
    });
}

#[test]
fn the_command_lines_of_passwd_pop_work_every_way() {
    for line in [
        "--api=uapi --output=jsonpretty --user=example Email passwd_pop email=user password=12345luggage domain=example.com",
        "--api=uapi --user=example Email passwd_pop email=user%40example.com password=12345luggage",
        "--api=uapi --user example Email passwd_pop email=user@example.com password=12345luggage",
        "--api uapi --output=json Email --user=example passwd_pop email=user password=12345luggage",
    ] {
        each_way(|place, panel, way| assert_mailbox_changed(panel, &way(place.one_call(line), panel).run()));
    }
}

#[test]
fn the_urls_of_the_whm_api_are_lines_of_whmapi1() {
    for (url, assert) in [(CHANGE_URL, assert_account_changed as fn(&_, &_)), (PASSWDPOP_URL, assert_mailbox_changed)] {
        let (place, panel) = ready();
        let words = url.replace('&', " ");
        let run = place.one_call("--api=whmapi1 --output=json cpanel").args(words.split(' ')).through_whm(&panel).run();
        assert(&panel, &run);
        assert_eq!(json(&run.stdout)["cpanelresult"]["event"]["result"], 1);
    }
}

#[test]
fn the_urls_of_the_cpanel_api_are_lines_of_cpapi2() {
    for (url, assert) in [(CHANGE_URL, assert_account_changed as fn(&_, &_)), (PASSWDPOP_URL, assert_mailbox_changed)] {
        let (place, panel) = ready();
        assert(&panel, &place.one_call(&line_of(url)).on(&panel).user("example").run());
    }
}

#[test]
fn the_version_of_whm_api_may_be_said_and_is_always_one() {
    for way in &WAYS[1..] {
        let (place, panel) = ready();
        let run = way(place.one_call("--api=whmapi1 listaccts api.version=1"), &panel).run();
        assert_eq!(run.code, 0, "{run}");
        let run =
            way(place.one_call("--api=whmapi1 passwd user=example password=luggage54321 api.version=0"), &panel).run();
        assert!(run.code == 2 && run.stderr.contains("only version 1 of the WHM API"), "{run}");
        assert!(panel.verify("example", OLD) && panel.changes().is_empty(), "{run}");
    }
}

#[test]
fn the_passwords_of_databases_stay_unless_their_change_is_asked_for() {
    for (line, switch) in [
        ("--api=whmapi1 passwd user=example password=luggage54321", "db_pass_update"),
        (CHANGE, "enablemysql"),
        (
            &*format!("--api=whmapi1 cpanel {}", CHANGE_URL.replace('&', " ").replace(" enablemysql=1", "")),
            "enablemysql",
        ),
    ] {
        for (more, is_told) in [("", true), ("=1", false), ("=0", false)] {
            let (place, panel) = ready();
            let typed = (!more.is_empty()).then(|| format!("{switch}{more}"));
            let run = place.one_call(line).args(typed).args(["--output=json"]).through_whm(&panel).run();
            assert_account_changed(&panel, &run);
            assert_eq!(run.stdout.to_lowercase().contains("mysql"), more == "=1", "{run}");
            let told: Vec<_> = run.stderr.lines().filter(|line| line.contains(switch)).collect();
            assert_eq!(told.len(), usize::from(is_told), "{run}");
            assert!(told.iter().all(|line| line.contains(&format!("write {switch}=1"))), "{run}");
        }
    }
}

#[test]
fn a_line_of_whmapi1_sets_an_accounts_password() {
    for way in &WAYS[1..] {
        let (place, panel) = ready();
        let line = "--api=whmapi1 --output=json passwd user=example password=luggage54321 db_pass_update=0";
        let run = way(place.one_call(line), &panel).run();
        assert_account_changed(&panel, &run);
        assert_eq!(json(&run.stdout)["metadata"]["result"], 1);
    }
}
