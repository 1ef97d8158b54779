//! Options of this program alone, and that those it shares with cprekey work here too.

use cprekey_tests::{Panel, Person};
use serde_json::json;

use super::{config, ready};

const LIST: &str = "--api=uapi --output=json Email list_pops";

#[test]
fn help_and_version_are_there() {
    let (place, _panel) = ready();
    for option in ["--help", "-h"] {
        let run = place.one_call(option).run();
        assert!(run.code == 0 && run.stderr.is_empty() && run.stdout.contains("Usage: cprekey-cpapi2"), "{run}");
        for word in ["--api=uapi", "--api=whmapi1", "Passwd change_password", "Exit codes:", "  130  interrupted"] {
            assert!(run.stdout.contains(word), "{word}: {run}");
        }
    }
    for option in ["--version", "-V"] {
        let run = place.one_call(option).run();
        assert!(run.code == 0 && run.stdout.starts_with("cprekey-cpapi2 "), "{run}");
        assert!(run.stdout.contains("not affiliated with") && run.stdout.contains("cPanel, L.L.C."), "{run}");
    }
}

#[test]
fn the_manual_page_and_the_completions_are_there() {
    let (place, _panel) = ready();
    let run = place.one_call("--man").run();
    assert!(run.code == 0 && run.stdout.contains(".TH cprekey-cpapi2 1") && run.stderr.is_empty(), "{run}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = place.one_call("--completions").args([shell]).run();
        assert!(run.code == 0 && run.stdout.contains("token-user") && run.stderr.is_empty(), "{run}");
    }
    assert_eq!(place.one_call("--man Email list_pops").run().code, 2);
}

#[test]
fn retries_are_made_where_they_are_wanted() {
    let (place, panel) = ready();
    let call = |more: &[&str]| place.one_call(LIST).args(more).on(&panel).user("example").run();
    let busy = json!({"match": {"count": 1}, "answer": "status-503", "retry_after": 0});
    panel.switch(&busy);
    assert_eq!(call(&[]).code, 7);
    panel.clear_switches();
    panel.reset_counters();
    panel.switch(&busy);
    let run = call(&["--retries", "1"]);
    assert_eq!((run.code, panel.counters().requests()), (0, 2), "{run}");
}

#[test]
fn retries_do_not_forget_that_an_earlier_try_may_have_done_it() {
    let (place, panel) = ready();
    let change = "Passwd change_password user=example oldpass=luggage12345 newpass=luggage54321 --quiet --retries=2";
    panel.switch(&json!({"match": {"count": 1}, "answer": "reset-after"}));
    let run = place.one_call(change).on(&panel).user("example").run();
    assert_eq!((run.code, &*run.stdout, panel.counters().requests()), (7, "", 1), "{run}");
    assert!(run.stderr.contains("with the new password") && panel.verify("example", "luggage54321"), "{run}");
    panel.clear_switches();
    panel.reset_counters();
    panel.switch(&json!({"match": {"count": 1}, "answer": "reset-after"}));
    panel.switch(&json!({"match": {"from": 2}, "answer": "refuse", "text": "not twice 12345luggage"}));
    let reset = "--api=uapi Email passwd_pop email=user password=12345luggage --quiet --retries=2";
    let run = place.one_call(reset).on(&panel).user("example").run();
    assert_eq!((run.code, &*run.stdout, panel.counters().requests()), (7, "", 2), "{run}");
    assert!(run.stderr.contains("a later try was refused: not twice [password]"), "{run}");
}

#[test]
fn user_and_token_user_say_for_whom_and_whose_token() {
    let (place, panel) = ready();
    for (line, requests) in
        [("--user=example", 1), ("--token-user=example", 2), ("--user example --token-user example", 3)]
    {
        let options = ["--host", &panel.host(), "--cacert", panel.ca_file()].map(str::to_owned);
        let call =
            place.one_call(LIST).args(line.split(' ')).args(options).env("CPREKEY_TOKEN", panel.token("example"));
        let run = call.run();
        assert_eq!((run.code, panel.counters().requests()), (0, requests), "{run}");
    }
    let missing = place.one_call(LIST).args(["--host", &panel.host()]).run();
    assert!(missing.code == 2 && missing.stderr.contains("--user is missing"), "{missing}");
}

#[test]
fn a_reseller_calls_whm_with_a_token_of_its_own() {
    let place = cprekey_tests::Place::new();
    let own = "[[whm]]\nuser = 'reseller'\n[[whm]]\nuser = 'root'\n";
    let panel = Panel::start(&place, &(config(&place) + "owner = 'reseller'\n" + own));
    let token = panel.whm_token("reseller").to_owned();
    let options = ["--host", &panel.whm_host(), "--cacert", panel.ca_file()].map(str::to_owned);
    for line in [
        "--api=whmapi1 --user=reseller listaccts",
        "--api=uapi --as=whm --token-user=reseller --user=example Email list_pops",
    ] {
        let run = place.one_call(line).args(options.clone()).env("CPREKEY_TOKEN", &token).run();
        assert_eq!(run.code, 0, "{run}");
    }
    let other = place.one_call("--api=whmapi1 --user=reseller --token-user=root listaccts").args(options).run();
    assert!(other.code == 2 && other.stderr.contains("--token-user"), "{other}");
}

#[test]
fn the_connection_is_that_of_cprekey() {
    let (place, panel) = ready();
    place.private("token", panel.token("example"));
    let port = panel.host().replace("localhost:", "");
    let there = format!("localhost:{port}:127.0.0.1");
    for options in [
        vec!["--cacert", panel.ca_file(), "--token-file", "token", "--resolve", &there],
        vec!["--pin", panel.pin(), "--token-command", "cat token", "--connect-timeout", "20", "--timeout", "30"],
    ] {
        let run = place.one_call(LIST).args(options).args(["--user=example", "--host", &panel.host()]).run();
        assert_eq!((run.code, &*run.stderr), (0, ""), "{run}");
    }
    let run = place.one_call(LIST).args(["--insecure"]).on(&panel).user("example").without_trust().run();
    assert!(run.code == 0 && run.stderr.contains("warning: --insecure"), "{run}");
}

#[test]
fn a_profile_is_shared_with_cprekey_and_its_user_is_whose_token_it_is() {
    let (place, panel) = ready();
    place.private("token", panel.whm_token("root"));
    let folder = place.path("home/.config_home/cprekey");
    std::fs::create_dir_all(&folder).unwrap();
    let (host, ca_file) = (panel.whm_host(), panel.ca_file());
    let text = format!(
        "[work]\nhost = '{host}'\nas = 'whm'\nuser = 'root'\ncacert = '{ca_file}'\ntoken-file = 'token'\n\
         retries = 9\nreport = ['x.csv']\noutput = 'human'\njobs = 3\n"
    );
    std::fs::write(folder.join("config.toml"), text).unwrap();
    let run = place.one_call(LIST).args(["--user=example", "--profile=work"]).run();
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run}");
    panel.switch(&json!({"answer": "status-503", "retry_after": 0}));
    panel.reset_counters();
    let run = place.one_call(LIST).args(["--user=example", "--profile=work"]).run();
    assert_eq!((run.code, panel.counters().requests()), (7, 1), "{run}");
}

#[test]
fn passwords_go_to_a_program_as_arguments_only_where_that_is_allowed() {
    let (place, panel) = ready();
    // A program that takes nothing on standard input.
    panel.behaviour(&json!({"local": {"json": [], "json_off": "usage"}}));
    place.private("new", "wind-orchard-9");
    let call = || {
        place.one_call("--api=whmapi1 passwd user=example password=@new db_pass_update=0").locally(&panel, Person::Root)
    };
    let run = call().run();
    assert!(run.code == 2 && run.stderr.contains("--allow-argv"), "{run}");
    assert!(!panel.command_log_text().contains("wind-orchard-9"));
    let run = call().args(["--allow-argv"]).run();
    assert!(run.code == 0 && panel.verify("example", "wind-orchard-9"), "{run}");
    assert!(run.stderr.starts_with("warning: --allow-argv: ") && run.stderr.lines().count() == 1, "{run}");
    let run = place.one_call("--api=whmapi1 listaccts --allow-argv").locally(&panel, Person::Root).run();
    assert_eq!((run.code, &*run.stderr), (0, ""), "there is no secret: {run}");
    assert!(panel.command_log_text().contains("password=wind-orchard-9"), "{}", panel.command_log_text());
    // What others could read already is given on as it would have been without us.
    let run =
        place.one_call("--api=whmapi1 passwd user=example password=tree-Orchard-9").locally(&panel, Person::Root).run();
    assert!(run.code == 0 && panel.verify("example", "tree-Orchard-9"), "{run}");
}
