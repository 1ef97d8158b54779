//! What calls run on.

use tokio::runtime::Runtime;

use crate::exit::Exit;
use crate::failure::Failure;

/// A runtime on this thread: one is enough, and the cheapest.
///
/// # Errors
///
/// Where the system gives none.
pub fn start() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Failed, format!("the runtime cannot be started: {error}")))
}
