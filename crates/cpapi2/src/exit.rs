//! What the exit codes mean of one call: the table of the help text.

use cprekey_core::api::Fault;
use cprekey_frontend::exit::Exit;

/// The codes that this program ends with, and what each means here.
const MEANINGS: [(Exit, &str); 7] = [
    (Exit::Done, "the panel did it"),
    (Exit::Failed, "it could not be called (disk, network, a bug)"),
    (Exit::BadInput, "what was given is not right; nothing was sent"),
    (Exit::SomeRefused, "the panel refused it"),
    (Exit::AccessDenied, "the panel did not let us in"),
    (Exit::SomeUnknown, "it was called and no answer came that settles it: it may have been done"),
    (Exit::Interrupted, "interrupted"),
];

/// The table, for the help text.
pub(crate) fn table() -> String {
    let lines = MEANINGS.map(|(exit, meaning)| format!("  {:>3}  {meaning}", exit.code()));
    format!("Exit codes:\n{}", lines.join("\n"))
}

/// The code where there is no usable answer.
pub(crate) const fn of_fault(fault: &Fault) -> Exit {
    match fault {
        Fault::Unsupported { .. } => Exit::BadInput,
        Fault::Denied { .. } => Exit::AccessDenied,
        _ if fault.may_have_acted() => Exit::SomeUnknown,
        _ => Exit::Failed,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_fault_that_leaves_it_open_is_told_from_one_that_does_not() {
        let text = || String::from("test");
        for (fault, expected) in [
            (Fault::Unsupported { detail: text() }, 2),
            (Fault::Unreachable { detail: text() }, 1),
            (Fault::Untrusted { detail: text(), remedy: text() }, 1),
            (Fault::Busy { status: 429, retry_after: None }, 1),
            (Fault::Denied { detail: text() }, 4),
            (Fault::Busy { status: 503, retry_after: None }, 7),
            (Fault::ServerError { status: 500 }, 7),
            (Fault::Timeout { after: Duration::from_secs(1) }, 7),
            (Fault::Lost { detail: text() }, 7),
            (Fault::Unusable { detail: text() }, 7),
        ] {
            assert_eq!(of_fault(&fault).code(), expected, "{fault}");
        }
    }
}
