//! What calls run on.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::runtime::Runtime;

use crate::exit::Exit;
use crate::failure::Failure;

/// So many files are open at once at most, where one request is under way: with fewer the runtime would break off.
const FILES: u64 = 24;

/// So many are wanted, where that is for us to say.
const WANTED: u64 = 1024;

/// A runtime on this thread: one is enough, and the cheapest.
///
/// # Errors
///
/// Where the system gives none, or lets too few files be open.
pub fn start() -> Result<Runtime, Failure> {
    let most = open_files();
    if most < FILES {
        return Err(Failure::new(Exit::Failed, format!("only {most} files may be open at once: too few"))
            .with_remedy(format!("let {FILES} or more be open: ulimit -n {WANTED}")));
    }
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Failed, format!("the runtime cannot be started: {error}")))
}

/// How many files may be open at once, made as many as are wanted where that is for us to say.
fn open_files() -> u64 {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let (now, most) = (current.unwrap_or(u64::MAX), maximum.unwrap_or(u64::MAX));
    let wanted = WANTED.min(most);
    if now >= wanted {
        return now;
    }
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum });
    if raised.is_ok() { wanted } else { now }
}
