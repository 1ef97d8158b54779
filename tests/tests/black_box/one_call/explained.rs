//! `--explain` shows what would be sent, and sends nothing.

use cprekey_tests::Person;

use super::{OWNER, ready};

const CHANGE: &str = "Passwd change_password user=example oldpass=luggage12345 newpass=luggage54321 --explain";

#[test]
fn explain_tells_the_request_and_asks_for_no_token() {
    let (place, panel) = ready();
    let (cpanel, whm) = (panel.host(), panel.whm_host());
    let run = place.one_call(CHANGE).on(&panel).user("example").without_token().run();
    let told = format!(
        "POST https://{cpanel}/json-api/cpanel\nAuthorization: cpanel example:…\nForm, percent-encoded:\n  \
         cpanel_jsonapi_module=Passwd\n  cpanel_jsonapi_func=change_password\n  cpanel_jsonapi_apiversion=2\n  user=example\n  \
         oldpass=…\n  newpass=…\n  enablemysql=0\n"
    );
    assert_eq!((run.code, &*run.stdout, &*run.stderr), (0, &*told, ""), "{run}");
    let run = place.one_call(CHANGE).args(["--user=example"]).through_whm(&panel).without_token().run();
    for line in
        [&*format!("POST https://{whm}/json-api/cpanel"), "Authorization: whm root:…", "  cpanel_jsonapi_user=example"]
    {
        assert!(run.code == 0 && run.stdout.lines().any(|told| told == line), "{line}: {run}");
    }
    assert_eq!(panel.counters().connections_opened(), 0);
}

#[test]
fn explain_tells_the_program_and_starts_none() {
    let (place, panel) = ready();
    let run = place.one_call(CHANGE).args(["--user=example"]).locally(&panel, Person::Root).run();
    let begin = format!(
        "Run {}/whmapi1\nArguments:\n  --output=json\n  --input=json\n  cpanel\nStandard input, as JSON",
        panel.bin_dir()
    );
    assert!(run.code == 0 && run.stdout.starts_with(&begin) && run.stdout.contains("\n  newpass=…\n"), "{run}");
    assert!(run.stdout.contains("--allow-argv") && !run.stdout.contains("private files"), "{run}");
    let list = place
        .one_call("--api=uapi --user=example Email list_pops regex=a%2Bb --explain")
        .locally(&panel, Person::Root)
        .run();
    assert!(list.stdout.contains("\n  cpanel.user=example\n") && list.stdout.contains("\n  regex=a%2Bb\n"), "{list}");
    assert_eq!(panel.command_log_text(), "");
}

#[test]
fn explain_shows_the_switch_for_databases_that_is_added() {
    let (place, panel) = ready();
    for (more, shown) in [("", "  db_pass_update=0"), (" db_pass_update=1", "  db_pass_update=1")] {
        let line = format!("--api=whmapi1 --explain passwd user=example password=luggage54321{more}");
        let run = place.one_call(&line).through_whm(&panel).run();
        let switches: Vec<_> = run.stdout.lines().filter(|line| line.contains("db_pass_update")).collect();
        assert_eq!((run.code, &*switches, &*run.stderr), (0, &[shown][..], ""), "{run}");
    }
}

#[test]
fn explain_says_why_it_could_not_be_called() {
    let (place, panel) = ready();
    let run = place.one_call("Passwd change_password cpanel_jsonapi_func=x --explain").on(&panel).user("example").run();
    assert!(run.code == 2 && run.stdout.is_empty() && run.stderr.contains("cpanel_jsonapi_"), "{run}");
}

#[test]
fn explain_says_what_would_not_be_started_for_its_passwords_as_the_call_itself_does() {
    let (place, panel) = ready();
    place.private("new", "wind-orchard-9");
    let line = "Passwd change_password user=example oldpass=luggage12345";
    for (more, code) in [
        (&["newpass=@new"][..], 2),
        (&["newpass=@new", "--allow-argv"], 0),
        (&["newpass=luggage54321"], 0),
        (&["newpass=luggage54321", "--bin-dir=/no/such/folder"], 2),
    ] {
        let run = place.one_call(line).args(more).args(["--explain"]).locally(&panel, OWNER).run();
        assert_eq!((run.code, run.stdout.contains("cpapi2\nArguments:\n")), (code, code == 0), "{run}");
    }
    let explained = place.one_call(line).args(["newpass=@new", "--explain"]).locally(&panel, OWNER).run();
    let made = place.one_call(line).args(["newpass=@new", "--quiet"]).locally(&panel, OWNER).run();
    for run in [explained, made] {
        assert!(run.code == 2 && run.stdout.is_empty() && run.stderr.contains("--allow-argv"), "{run}");
    }
    assert_eq!(panel.command_log_text(), "");
}

#[test]
fn explain_opens_no_place_that_holds_a_value() {
    let (place, panel) = ready();
    for source in ["@/no/such/file", "@-", "@env:NO_SUCH"] {
        let call =
            place.one_call("--api=uapi --explain Email passwd_pop email=user").args([format!("password={source}")]);
        let run = call.on(&panel).user("example").stdin_left_open().start().wait();
        assert!(run.code == 0 && run.stdout.ends_with("\n  password=…\n") && run.stderr.is_empty(), "{run}");
    }
    let run = place.one_call("--api=uapi --explain Email passwd_pop domain=@domain").on(&panel).user("example").run();
    assert!(run.code == 0 && run.stdout.ends_with("\n  domain=…\n"), "{run}");
}
