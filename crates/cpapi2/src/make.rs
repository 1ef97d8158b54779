//! Makes the call: once, or again where the user wants that of a passing fault.

use cprekey_core::api::{Answer, Call, Fault};
use cprekey_core::brake::Brake;
use cprekey_core::retry::{self, Next, RetryPolicy};
use cprekey_frontend::connection::Connection;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::{runtime, signals};

use crate::exit;

/// Makes the call, and waits for its answer or for an interruption.
///
/// # Errors
///
/// Where no usable answer came.
pub(crate) fn make(connection: &Connection, call: &Call<'_>, retries: u32) -> Result<Answer, Failure> {
    runtime::start()?.block_on(async {
        let brake = Brake::default();
        signals::watch(brake.clone()).map_err(|error| Failure::new(Exit::Failed, error))?;
        tokio::select! {
            answer = with_retries(connection, call, retries) => answer.map_err(|fault| failure(connection, &fault)),
            () = brake.pulled() => Err(interrupted()),
        }
    })
}

async fn with_retries(connection: &Connection, call: &Call<'_>, retries: u32) -> Result<Answer, Fault> {
    let policy = RetryPolicy { retries, ..RetryPolicy::default() };
    let mut tries = 0;
    loop {
        let fault = match connection.panel().call(call).await {
            Ok(answer) => return Ok(answer),
            Err(fault) => fault,
        };
        tries += 1;
        // One caller alone need not draw lots to keep out of others' way.
        match retry::next(&policy, tries, &fault, 1.0) {
            Next::Again { after } => tokio::time::sleep(after).await,
            Next::GiveUp => return Err(fault),
        }
    }
}

fn interrupted() -> Failure {
    Failure::new(Exit::Interrupted, "interrupted while the call was under way, so that it may have been done")
        .with_remedy("ask the panel what holds now; setting the same password once more is harmless")
}

fn failure(connection: &Connection, fault: &Fault) -> Failure {
    let exit = exit::of_fault(fault);
    let remedy = match fault {
        Fault::Untrusted { remedy, .. } => remedy.as_str(),
        Fault::Unsupported { .. } => "nothing was sent; --explain shows what would be",
        Fault::Denied { .. } => {
            "check whose token it is (--user, --token-user), the token and its expiry, and that --host is the panel's own port"
        }
        _ if exit == Exit::SomeUnknown => {
            "it may have been done: ask the panel what holds now; setting the same password once more is harmless"
        }
        _ if connection.is_remote() => "nothing was done; check --host and the network, or try again later",
        _ => "nothing was done; check --bin-dir",
    };
    Failure::new(exit, format_args!("{}: {fault}", connection.host)).with_remedy(remedy)
}
