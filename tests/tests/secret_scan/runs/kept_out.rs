//! Other programs of the same user, which must not look into ours.

use std::process::{Child, Command, Output, Stdio};

use cprekey_tests::eventually;

use crate::ground::{Ground, SHOP};
use crate::tally;

/// A command of the user that [`SHOP`] is.
fn same_user(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--reuid=60001", "--regid=60001", "--clear-groups", program]).args(arguments);
    command
}

/// What the same user reads of a process.
fn read(process: u32, what: &str) -> Output {
    same_user("head", &["-c", "1", &format!("/proc/{process}/{what}")]).output().unwrap()
}

/// A process that shuts nobody out; it ends when this is dropped.
struct Open(Child);

impl Drop for Open {
    fn drop(&mut self) {
        let _ended_already = self.0.kill();
        let _ended_already = self.0.wait();
    }
}

fn open() -> Open {
    Open(same_user("sleep", &["60"]).env("LEFT", "open").stdin(Stdio::null()).spawn().unwrap())
}

/// SEC-04, SEC-10: neither its environment nor its memory can be read, nor what it has open, and nobody attaches to it.
#[test]
fn others_of_the_same_user_are_kept_out() {
    let ground = Ground::new();
    ground.hold();
    let apply = ground.apply().on(&ground.panel).without_token().env("CPREKEY_TOKEN", ground.panel.token("shop"));
    let running = apply.started_by(SHOP).start();
    eventually("a request", || ground.is_held());
    let control = open();
    eventually("the other process", || read(control.0.id(), "environ").status.success());
    let mut looked = 0;
    for what in ["environ", "mem", "maps", "auxv", "fd/0", "io", "syscall", "stack"] {
        let kept = read(running.pid(), what);
        assert!(!kept.status.success(), "{what} can be read");
        looked += 1;
    }
    let attach = same_user("strace", &["-p", &running.pid().to_string()]).output().unwrap();
    assert!(!attach.status.success() && String::from_utf8_lossy(&attach.stderr).contains("attach"), "{attach:?}");
    tally::looked(looked + 1, 0);
    running.signal("KILL");
    assert_eq!(running.end().code, 128 + 9);
}

/// SEC-10: no signal, no limit that somebody raises, can have it dump its memory.
#[test]
fn its_own_limit_allows_no_core() {
    let ground = Ground::new();
    ground.hold();
    let running = ground.apply().on(&ground.panel).in_shell("ulimit -c unlimited; exec {}").start();
    eventually("a request", || ground.is_held());
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", running.pid())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    tally::looked(1, 0);
    running.signal("KILL");
    assert_eq!(running.end().code, 128 + 9);
}
