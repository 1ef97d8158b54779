//! One run of a program: start it, give it its input, take what it prints, and never wait longer than told.

use std::ffi::OsString;
use std::path::Path;
use std::pin::pin;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, Command};
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::group::Group;
use crate::api::fault::Fault;
use crate::failpoint::failpoint;

/// What of standard error is kept.
const KEPT_ERRORS: usize = 4 << 10;

/// The search path of the programs, for what they start themselves.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

/// How long what has ended may still be read: what it started may hold its output open for as long as it likes.
const GRACE: Duration = Duration::from_millis(250);

/// What a program did.
#[derive(Debug)]
pub(super) struct Ended {
    /// How it ended.
    pub(super) status: ExitStatus,
    /// What it printed.
    pub(super) output: Vec<u8>,
    /// The beginning of what it wrote to standard error.
    pub(super) errors: Vec<u8>,
}

/// Runs a program to its end. Only a run that is given up, by an error or because this is dropped, is killed with all that it started; what a
/// program leaves behind when it ends by itself is let be, even where that holds its output open.
///
/// # Errors
///
/// Gives [`Fault::Unreachable`] where it cannot be started, [`Fault::Timeout`] where it takes longer than `deadline`, and
/// [`Fault::Unusable`] where it prints more than `limit` bytes.
pub(super) async fn run(
    program: &Path,
    words: Vec<OsString>,
    input: Option<Zeroizing<Vec<u8>>>,
    limit: usize,
    deadline: Duration,
) -> Result<Ended, Fault> {
    let mut child = start(program, words, input.is_some())
        .map_err(|error| Fault::Unreachable { detail: format!("{} cannot be started: {error}", program.display()) })?;
    // Declared after the child, it is dropped before it: the group is killed while its number is still its own.
    let mut group = Group::of(&child);
    let ended = timeout(deadline, end(&mut child, &mut group, input, limit)).await;
    ended.unwrap_or(Err(Fault::Timeout { after: deadline }))
}

fn start(program: &Path, words: Vec<OsString>, takes_input: bool) -> std::io::Result<Child> {
    Command::new(program)
        .args(words)
        .env_clear()
        .env("PATH", PATH)
        .current_dir("/")
        .stdin(if takes_input { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .kill_on_drop(true)
        .spawn()
}

async fn end(
    child: &mut Child,
    group: &mut Group,
    input: Option<Zeroizing<Vec<u8>>>,
    limit: usize,
) -> Result<Ended, Fault> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let talk = async {
        let taken = take(stdout, limit, &mut output);
        tokio::try_join!(give(stdin, input), taken, sample(stderr, &mut errors)).map(drop)
    };
    let status = status(child, group, talk).await?;
    Ok(Ended { status, output, errors })
}

/// How the program ended, once all is said, or the grace is over that begins with its end.
async fn status(
    child: &mut Child,
    group: &mut Group,
    talk: impl Future<Output = Result<(), Fault>>,
) -> Result<ExitStatus, Fault> {
    let mut talk = pin!(talk);
    let said = tokio::select! {
        said = &mut talk => Some(said?),
        _ended = child.wait() => None,
    };
    // At once where it has ended.
    let status = child.wait().await.map_err(lost)?;
    group.release();
    if said.is_none() {
        timeout(GRACE, talk).await.unwrap_or(Ok(()))?;
    }
    Ok(status)
}

#[expect(clippy::needless_pass_by_value, reason = "it stands where an error is taken")]
fn lost(error: std::io::Error) -> Fault {
    Fault::Lost { detail: error.to_string() }
}

/// Gives the program its input. One that does not want it all is not to blame: what it prints says what came of it.
async fn give(stdin: Option<ChildStdin>, input: Option<Zeroizing<Vec<u8>>>) -> Result<(), Fault> {
    if let (Some(mut stdin), Some(input)) = (stdin, input) {
        failpoint("command-input", &input);
        let _unread = stdin.write_all(&input).await;
    }
    Ok(())
}

/// Reads everything, at most `limit` bytes.
async fn take(stdout: Option<impl AsyncRead + Unpin>, limit: usize, output: &mut Vec<u8>) -> Result<(), Fault> {
    let Some(stdout) = stdout else { return Ok(()) };
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut stdout = stdout.take(most);
    while stdout.read_buf(output).await.map_err(lost)? > 0 {}
    if output.len() > limit { Err(Fault::unusable(format!("it is larger than {limit} bytes"))) } else { Ok(()) }
}

/// Reads everything and keeps the beginning.
async fn sample(stderr: Option<impl AsyncRead + Unpin>, kept: &mut Vec<u8>) -> Result<(), Fault> {
    let Some(mut stderr) = stderr else { return Ok(()) };
    let mut piece = [0; 1024];
    while let Ok(length @ 1..) = stderr.read(&mut piece).await {
        let room = KEPT_ERRORS.saturating_sub(kept.len()).min(length);
        kept.extend_from_slice(&piece[..room]);
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use rustix::process::{Pid, Signal, kill_process, test_kill_process};

    use super::*;

    fn shell(script: &str) -> Vec<OsString> {
        ["-c", script].map(OsString::from).to_vec()
    }

    /// The process whose number was printed in front.
    fn number(output: &[u8]) -> Pid {
        let text = String::from_utf8_lossy(output);
        Pid::from_raw(text.lines().next().unwrap().parse().unwrap()).unwrap()
    }

    #[tokio::test]
    async fn a_program_knows_what_it_was_called_by() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("uapi");
        std::os::unix::fs::symlink("/bin/sh", &link).unwrap();
        let ended = run(&link, shell("echo $0"), None, 1000, Duration::from_secs(300)).await.unwrap();
        assert_eq!(String::from_utf8_lossy(&ended.output), format!("{}\n", link.display()));
    }

    // The clock stands still while the program runs, and jumps over the grace.
    #[tokio::test(start_paused = true)]
    async fn what_was_said_counts_though_something_left_behind_holds_the_output() {
        for held in ["", ">/dev/null", "2>/dev/null"] {
            let script = format!("sleep 600 {held} & echo $!; echo yes; echo odd >&2; exit 3");
            let mut child = start(Path::new("/bin/sh"), shell(&script), false).unwrap();
            let mut group = Group::of(&child);
            let ended = end(&mut child, &mut group, None, 1000).await.unwrap();
            drop(group);
            let left = number(&ended.output);
            assert!(test_kill_process(left).is_ok(), "what it left behind is let be");
            kill_process(left, Signal::KILL).unwrap();
            assert!(ended.output.ends_with(b"\nyes\n"), "{held}: {ended:?}");
            assert_eq!((ended.status.code(), &*ended.errors), (Some(3), &b"odd\n"[..]), "{held}");
        }
    }

    #[tokio::test]
    async fn too_much_is_too_much_though_the_other_output_stays_open() {
        let script = "sleep 600 >/dev/null & exec yes";
        let long = Duration::from_secs(300);
        let fault = run(Path::new("/bin/sh"), shell(script), None, 1000, long).await.unwrap_err();
        assert!(matches!(&fault, Fault::Unusable { detail } if detail.contains("1000 bytes")), "{fault}");
    }
}
