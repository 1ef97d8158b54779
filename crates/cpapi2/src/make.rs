//! Makes the call: once, or again where the user wants that of a passing fault.

use std::fmt::Display;

use cprekey_core::SecretString;
use cprekey_core::api::{Answer, Argument, Call, Fault};
use cprekey_core::brake::Brake;
use cprekey_core::failpoint::failpoint;
use cprekey_core::text::{redact, safe};
use cprekey_frontend::connection::{Connection, MAY_BE_BLOCKED, may_be_a_block};
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::{runtime, signals};

use crate::tries::{Came, pursue};
use crate::{change, exit};

/// Makes the call, and waits for its answer or for an interruption.
///
/// # Errors
///
/// Where no usable answer came, and where a no came after a try that may have done it.
pub(crate) fn make(connection: &Connection, call: &Call<'_>, retries: u32) -> Result<Answer, Failure> {
    failpoint("cpapi2-call", b"");
    let came = runtime::start()?.block_on(async {
        let brake = Brake::default();
        signals::watch(brake.clone()).map_err(|error| Failure::new(Exit::Failed, error))?;
        tokio::select! {
            came = pursue(connection.panel(), call, retries) => Ok(came),
            () = brake.pulled() => Err(interrupted(call)),
        }
    })?;
    failpoint("cpapi2-answer", b"");
    match came {
        Came::Answered(answer) => Ok(answer),
        Came::Failed(fault) => Err(failed(connection, call, &fault)),
        Came::Doubtful { doubt, last } => Err(doubtful(connection, call, &doubt, &last)),
    }
}

fn interrupted(call: &Call<'_>) -> Failure {
    Failure::new(Exit::Interrupted, "interrupted while the call was under way, so that it may have been done")
        .with_remedy(find_out(call))
}

/// What to do where it may have been done.
fn find_out(call: &Call<'_>) -> &'static str {
    if change::needs_old_password(call) {
        "log in with the new password before you try again: if it holds, the old one is refused from now on"
    } else {
        "ask the panel what holds now; setting the same password once more is harmless"
    }
}

fn doubtful(connection: &Connection, call: &Call<'_>, doubt: &Fault, last: &Result<Answer, Fault>) -> Failure {
    let afterwards = match last {
        Ok(answer) => format!("a later try was refused{}", words(call, answer)),
        Err(fault) => format!("a later try failed: {fault}"),
    };
    open(connection, call, format_args!("{doubt}; {afterwards}"))
}

/// The panel's reasons, without the secrets that were sent.
fn words(call: &Call<'_>, answer: &Answer) -> String {
    let secrets: Vec<&SecretString> = call
        .arguments
        .iter()
        .filter_map(|(_, value)| match value {
            Argument::Secret(secret) => Some(*secret),
            Argument::Plain(_) => None,
        })
        .collect();
    let words = answer.errors.join("; ");
    if words.is_empty() { words } else { format!(": {}", safe(&redact(&words, &secrets))) }
}

/// A failure that leaves it open whether it was done.
fn open(connection: &Connection, call: &Call<'_>, what: impl Display) -> Failure {
    Failure::new(Exit::SomeUnknown, format_args!("{}: {what}", connection.host))
        .with_remedy(format!("it may have been done: {}", find_out(call)))
}

fn failed(connection: &Connection, call: &Call<'_>, fault: &Fault) -> Failure {
    let exit = exit::of_fault(fault);
    if exit == Exit::SomeUnknown {
        return open(connection, call, fault);
    }
    let remedy = match fault {
        Fault::Untrusted { remedy, .. } => remedy.as_str(),
        Fault::Unsupported { .. } => "nothing was sent",
        Fault::Denied { .. } => {
            "check whose token it is (--user, --token-user), the token and its expiry, and that --host is the panel's own port"
        }
        _ if connection.is_remote() => "nothing was done; check --host and the network, or try again later",
        _ => "nothing was done; check --bin-dir",
    };
    let failure = Failure::new(exit, format_args!("{}: {fault}", connection.host));
    if connection.is_remote() && may_be_a_block(fault) {
        return failure.with_remedy(format!("{remedy}; {MAY_BE_BLOCKED}"));
    }
    failure.with_remedy(remedy)
}
