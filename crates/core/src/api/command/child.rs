//! One run of a program: start it, give it its input, take what it prints, and never wait longer than told.

use std::ffi::OsString;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, ChildStdin, Command};
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::group::Group;
use crate::api::fault::Fault;

/// What of standard error is kept.
const KEPT_ERRORS: usize = 4 << 10;

/// The search path of the programs, for what they start themselves.
const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

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

/// Runs a program to its end. Where this is dropped before, the program and all that it started are killed.
///
/// # Errors
///
/// Gives [`Fault::Unreachable`] where it cannot be started, [`Fault::Timeout`] where it takes longer than `deadline`, and
/// [`Fault::Unusable`] where it prints more than `limit` bytes.
pub(super) async fn run(
    path: &Path,
    words: Vec<OsString>,
    input: Option<Zeroizing<Vec<u8>>>,
    limit: usize,
    deadline: Duration,
) -> Result<Ended, Fault> {
    let mut child = start(path, words, input.is_some())
        .map_err(|error| Fault::Unreachable { detail: format!("{} cannot be started: {error}", path.display()) })?;
    // Declared after the child, it is dropped before it: the group is killed while its number is still its own.
    let mut group = Group::of(&child);
    let ended = timeout(deadline, end(&mut child, input, limit)).await;
    let ended = ended.unwrap_or(Err(Fault::Timeout { after: deadline }))?;
    group.release();
    Ok(ended)
}

fn start(path: &Path, words: Vec<OsString>, takes_input: bool) -> std::io::Result<Child> {
    Command::new(path)
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

async fn end(child: &mut Child, input: Option<Zeroizing<Vec<u8>>>, limit: usize) -> Result<Ended, Fault> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let ((), output, errors) = tokio::join!(give(stdin, input), take(stdout, limit), sample(stderr));
    let lost = |error: std::io::Error| Fault::Lost { detail: error.to_string() };
    let output = output.map_err(lost)?;
    if output.len() > limit {
        return Err(Fault::unusable(format!("it is larger than {limit} bytes")));
    }
    Ok(Ended { status: child.wait().await.map_err(lost)?, output, errors })
}

/// Gives the program its input. One that does not want it all is not to blame: what it prints says what came of it.
async fn give(stdin: Option<ChildStdin>, input: Option<Zeroizing<Vec<u8>>>) {
    if let (Some(mut stdin), Some(input)) = (stdin, input) {
        let _unread = stdin.write_all(&input).await;
    }
}

/// Reads up to one byte more than `limit`.
async fn take(stdout: Option<impl AsyncRead + Unpin>, limit: usize) -> std::io::Result<Vec<u8>> {
    let mut output = Vec::new();
    if let Some(stdout) = stdout {
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        stdout.take(most).read_to_end(&mut output).await?;
    }
    Ok(output)
}

/// Reads everything and keeps the beginning.
async fn sample(stderr: Option<impl AsyncRead + Unpin>) -> Vec<u8> {
    let mut kept = Vec::new();
    let Some(mut stderr) = stderr else { return kept };
    let mut piece = [0; 1024];
    while let Ok(length @ 1..) = stderr.read(&mut piece).await {
        let room = KEPT_ERRORS.saturating_sub(kept.len()).min(length);
        kept.extend_from_slice(&piece[..room]);
    }
    kept
}
