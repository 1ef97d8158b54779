//! Calls through programs that are shell scripts.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use secrecy::SecretString;
use tempfile::TempDir;

use super::{CommandError, CommandPanel, CommandSettings};
use crate::api::answer::Answer;
use crate::api::call::{Api, Call};
use crate::api::fault::Fault;
use crate::api::panel::Panel as _;
use crate::api::scope::Scope;

const CANARY: &str = "c4nary+p&q%41@ é";

/// A server whose programs note what they were given, and print an answer.
struct Server {
    folder: TempDir,
    scope: Scope,
    allow_argv: bool,
}

/// How a program of a server behaves: a script, run after it has noted what it was given.
const YES: &str = r#"echo '{"result":{"status":1,"data":{"strength":65,"user":"shop"},"errors":null}}'"#;
const NO: &str = r#"echo '{"result":{"status":0,"data":null,"errors":["no"]}}'"#;

impl Server {
    fn of_owner(uapi: &str) -> Self {
        let server = Self { folder: tempfile::tempdir().unwrap(), scope: Scope::Account, allow_argv: false };
        fs::create_dir(server.folder.path().join("private")).unwrap();
        server.put("uapi", uapi);
        server
    }

    fn put(&self, name: &str, script: &str) {
        let folder = self.folder.path().display();
        let path = self.folder.path().join(name);
        let noting = format!(
            "#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\" >>'{folder}/words'; env >>'{folder}/environment'; pwd >>'{folder}/cwd'\n\
             case \"$*\" in *--input=json*) cat >>'{folder}/input';; *@/*) cat \"${{*##*=@}}\" >>'{folder}/input';; esac\n{script}\n"
        );
        write_program(&path, &noting);
    }

    fn panel(&self) -> CommandPanel {
        CommandPanel::new(CommandSettings {
            bin_dir: self.folder.path().to_owned(),
            scope: self.scope,
            allow_argv: self.allow_argv,
            private_dir: self.folder.path().join("private"),
            timeout: Duration::from_secs(30),
        })
        .unwrap()
    }

    async fn call(&self, call: &Call<'_>) -> Result<Answer, Fault> {
        self.panel().call(call).await
    }

    fn noted(&self, what: &str) -> String {
        fs::read_to_string(self.folder.path().join(what)).unwrap_or_default()
    }
}

/// Writes a script by another process: what this one has open for writing, a child that another test starts just now could hold open
/// too, and then the system starts no such file.
fn write_program(path: &Path, script: &str) {
    let writing = ["-c", r#"cat >"$0" && chmod 755 "$0""#];
    let mut shell = Command::new("/bin/sh").args(writing).arg(path).stdin(Stdio::piped()).spawn().unwrap();
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(shell.wait().unwrap().success());
}

fn reset(password: &SecretString) -> Call<'_> {
    Call::uapi("Email", "passwd_pop").plain("email", "anna@example.com").secret("password", password)
}

#[tokio::test]
async fn a_secret_goes_by_standard_input_where_the_probe_shows_that_it_is_taken() {
    let server = Server::of_owner(YES);
    assert!(server.call(&reset(&CANARY.into())).await.unwrap().is_done());
    let expected = r#"{"app":"pop"}{"email":"anna@example.com","password":"c4nary+p&q%41@ é"}"#;
    assert_eq!(server.noted("input"), expected);
    let words = server.noted("words");
    assert!(words.ends_with("/uapi\n--output=json\n--input=json\nEmail\npasswd_pop\n"), "{words}");
    assert!(!words.contains("c4nary") && !words.contains("anna"), "{words}");
    assert!(!server.noted("environment").contains("c4nary"));
}

#[tokio::test]
async fn a_secret_goes_by_a_private_file_where_standard_input_is_not_taken() {
    let server = Server::of_owner(&format!("case \"$*\" in *--input=json*) {NO};; *) {YES};; esac"));
    assert!(server.call(&reset(&CANARY.into())).await.unwrap().is_done());
    assert!(server.noted("input").ends_with(&format!("user{CANARY}")), "{}", server.noted("input"));
    let words = server.noted("words");
    assert!(words.contains("\nemail=anna%40example.com\npassword=@/"), "{words}");
    assert!(!words.contains("c4nary"), "{words}");
    assert_eq!(fs::read_dir(server.folder.path().join("private")).unwrap().count(), 0, "nothing is left behind");
}

#[tokio::test]
async fn a_yes_that_does_not_show_that_the_value_arrived_is_no_proof() {
    let empty = r#"echo '{"result":{"status":1,"data":null,"errors":null}}'"#;
    let server = Server::of_owner(&format!("case \"$*\" in *--input=json*) {empty};; *) {YES};; esac"));
    assert!(server.call(&reset(&CANARY.into())).await.unwrap().is_done());
    assert!(server.noted("words").contains("\npassword=@/"), "{}", server.noted("words"));
}

#[tokio::test]
async fn where_only_arguments_would_do_it_stops_unless_they_are_allowed() {
    let deaf = format!("case \"$*\" in *--input=json*|*=@*) {NO};; *) {YES};; esac");
    let mut server = Server::of_owner(&deaf);
    let error = server.call(&reset(&CANARY.into())).await.unwrap_err();
    assert!(matches!(&error, Fault::Unsupported { detail } if detail.contains("--allow-argv")), "{error}");
    assert!(matches!(server.panel().prepare().await, Err(CommandError::ArgumentsOnly(_))));
    assert!(!server.noted("words").contains("passwd_pop"), "nothing was tried");
    server.allow_argv = true;
    assert!(server.call(&reset(&CANARY.into())).await.unwrap().is_done());
    assert!(server.noted("words").contains("password=c4nary%2Bp%26q%2541%40%20%C3%A9"), "{}", server.noted("words"));
}

#[tokio::test]
async fn a_program_that_answers_nothing_is_not_said_to_take_arguments_alone() {
    for script in ["echo 'uapi is for accounts' >&2; exit 1", NO, ""] {
        let mut server = Server::of_owner(script);
        for allow_argv in [false, true] {
            server.allow_argv = allow_argv;
            assert!(matches!(server.panel().prepare().await, Err(CommandError::NoAnswer { .. })), "{script}");
            let error = server.call(&reset(&CANARY.into())).await.unwrap_err();
            assert!(matches!(error, Fault::Unreachable { .. }) && !error.may_have_acted(), "{script}: {error}");
        }
        assert!(!server.noted("words").contains("passwd_pop"), "{script}");
    }
}

#[tokio::test]
async fn the_environment_is_cleared_and_no_shell_is_between() {
    let server = Server::of_owner(YES);
    let call = Call::uapi("Email", "list_pops").plain("regex", "$(touch x); `y` | z > w");
    assert!(server.call(&call).await.unwrap().is_done());
    let words = server.noted("words");
    assert!(words.ends_with("regex=%24%28touch%20x%29%3B%20%60y%60%20%7C%20z%20%3E%20w\n"), "{words}");
    assert_eq!(server.noted("cwd"), "/\n");
    let names: Vec<_> =
        server.noted("environment").lines().map(|line| line.split('=').next().unwrap().to_owned()).collect();
    // The shell adds some of its own.
    assert!(names.iter().all(|name| ["PATH", "PWD", "SHLVL", "_", "OLDPWD"].contains(&name.as_str())), "{names:?}");
}

#[tokio::test]
async fn the_envelope_alone_says_what_came_of_it() {
    let warning = "echo '[2026-11-22 10:00:00] warn [uapi] {x} is deprecated'";
    for (script, done) in [
        (YES.to_owned(), Some(true)),
        (format!("{warning} >&2; {YES}"), Some(true)),
        (format!("{warning}; {YES}"), Some(true)),
        (NO.to_owned(), Some(false)),
        (format!("{NO}; exit 3"), Some(false)),
        (format!("{YES}; exit 3"), None),
        (format!("{YES}; kill -9 $$"), None),
        ("kill -9 $$".to_owned(), None),
        ("echo usage: uapi; exit 0".to_owned(), None),
        (format!("{YES} | cut -c 1-20"), None),
        (String::new(), None),
    ] {
        let result = Server::of_owner(&script).call(&Call::uapi("Email", "list_pops")).await;
        assert_eq!(result.as_ref().ok().map(Answer::is_done), done, "{script}: {result:?}");
        assert!(result.as_ref().err().is_none_or(Fault::may_have_acted), "{script}: {result:?}");
    }
}

#[tokio::test]
async fn a_complaint_is_told_without_the_secret() {
    let mut server = Server::of_owner(&format!(
        "case \"$*\" in *password*) echo \"cannot open $5\" >&2;; *--input=json*|*=@*) {NO};; *) {YES};; esac"
    ));
    server.allow_argv = true;
    let error = server.call(&reset(&CANARY.into())).await.unwrap_err().to_string();
    assert!(error.contains("it complains: cannot open password=[password]"), "{error}");
}

#[tokio::test]
async fn too_much_output_is_cut_off() {
    let server = Server::of_owner("yes '{'");
    let call = Call::uapi("Email", "list_pops").answer_limit(10_000);
    let error = server.call(&call).await.unwrap_err();
    assert!(matches!(&error, Fault::Unusable { detail } if detail.contains("10000 bytes")), "{error}");
}

#[tokio::test]
async fn what_is_not_there_was_not_started() {
    let server = Server::of_owner(YES);
    let error = server.call(&Call::new(Api::Api2, "Passwd", "change_password")).await.unwrap_err();
    assert!(matches!(error, Fault::Unsupported { .. }), "{error}");
    assert!(!error.may_have_acted());
}

#[test]
fn a_run_is_told_without_its_secret_and_without_a_start() {
    let mut server = Server::of_owner(YES);
    let told = server.panel().explain(&reset(&CANARY.into())).unwrap();
    assert!(told.program.ends_with("uapi"), "{told:?}");
    assert_eq!(told.words, ["--output=json", "--input=json", "Email", "passwd_pop"]);
    let values: Vec<_> = told.input.iter().flatten().map(|field| field.value.as_deref()).collect();
    assert_eq!(values, [Some("anna@example.com"), None]);
    let secret = CANARY.into();
    let own = Call::new(Api::Api2, "Passwd", "change_password").plain("user", "shop").secret("newpass", &secret);
    let refusal = |server: &Server| server.panel().explain(&own).unwrap_err().to_string();
    assert!(refusal(&server).contains("cpapi2 cannot be used"), "it is not there");
    server.put("cpapi2", YES);
    assert!(refusal(&server).contains("--allow-argv"), "it takes secrets as arguments alone");
    server.allow_argv = true;
    let told = server.panel().explain(&own).unwrap();
    assert_eq!(told.words, ["--output=json", "Passwd", "change_password", "user=shop", "newpass=…"]);
    assert_eq!((told.input, server.noted("words")), (None, String::new()));
}
