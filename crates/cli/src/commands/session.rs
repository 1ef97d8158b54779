//! What `plan` and `apply` share: a panel that was asked, and a plan made of what it said.

use cprekey_core::api::Fault;
use cprekey_core::entry::{Entry, Task};
use cprekey_core::list::List;
use cprekey_core::plan::Standpoint;
use cprekey_frontend::connection::{Connection, ConnectionArgs, MAY_BE_BLOCKED, PaceArgs, may_be_a_block};
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;

use crate::args::{ListArgs, OutputArgs, OutputFormat, VolumeArgs, WhoArgs};
use crate::{console, look, reading};

/// So many problems of a kind are shown before the user is sent to `check`.
const SHOWN: usize = 10;

/// Reads a list that may be sent: wrong rows end it here, unless they are to be left out.
///
/// # Errors
///
/// Where the file is no list, or has wrong rows that are not to be left out.
pub(super) fn read_list(
    args: ListArgs,
    skip_invalid: bool,
    output: &OutputArgs,
    volume: &VolumeArgs,
) -> Result<List, Failure> {
    let list = reading::read(args, output)?;
    let swappable = reading::lock_passwords(&list.entries);
    if swappable > 0 && volume.verbose {
        console::tell(format_args!(
            "the passwords of {} may be swapped to disk: no more memory can be locked here (ulimit -l)",
            console::rows(swappable)
        ));
    }
    let wrong = list.entries.iter().filter(|entry| matches!(entry.task, Task::Invalid(_))).count();
    if wrong > 0 && !skip_invalid {
        let as_events = output.output == OutputFormat::Json;
        let _shown = if as_events {
            look::write_problems(&list.entries, true)
        } else {
            look::show_problems(&list.entries, SHOWN, console::err)
        };
        return Err(Failure::bad_input(format!(
            "{} of the list {}, so nothing was sent",
            console::rows(wrong),
            if wrong == 1 { "is not as it should be" } else { "are not as they should be" }
        ))
        .with_remedy("mend them (cprekey check names every one), or go on without them by --skip-invalid"));
    }
    Ok(list)
}

/// Whether there is a change among the entries.
pub(super) fn has_change(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| matches!(entry.task, Task::Change(_)))
}

/// Makes ready the way to the panel, and says what is to be known of it; sends and starts nothing.
///
/// # Errors
///
/// Says which option is missing or wrong, and what to do.
pub(super) fn connect(
    connection: ConnectionArgs,
    who: WhoArgs,
    pace: &PaceArgs,
    output: &OutputArgs,
) -> Result<(Connection, Standpoint), Failure> {
    let (jobs, allow_argv) = (pace.jobs(connection.local), connection.allow_argv);
    let lowered = pace.lowered_from(connection.local);
    let connection = connection.connect(who.user, jobs)?;
    connection.check_account(who.account.as_ref())?;
    console::warn_of_insecure(connection.insecure);
    console::warn_of_arguments(allow_argv);
    console::warn_of_fewer_jobs(lowered, jobs, output);
    // Only `cpapi2` changes an account's own password, and nothing says that it takes one but as an argument.
    let arguments_only = !connection.is_remote() && !allow_argv;
    let standpoint = Standpoint { scope: connection.scope, account: who.account, arguments_only, jobs };
    Ok((connection, standpoint))
}

/// The failure that a fault of the first question is.
pub(super) fn not_let_in(fault: &Fault, connection: &Connection) -> Failure {
    let host = &connection.host;
    let (exit, remedy) = match fault {
        Fault::Denied { .. } => (
            Exit::AccessDenied,
            String::from(
                "check --user, the token and its expiry, that --host is the panel's own port, and that a token of WHM goes with --as whm; \
                          after one refusal nothing more is tried, so that nobody is locked out",
            ),
        ),
        _ if !connection.is_remote() => (
            Exit::Failed,
            String::from("nothing was changed; start the program by hand, as the same user, and see what it says"),
        ),
        Fault::Unsupported { .. } => (Exit::BadInput, String::from("nothing was sent")),
        Fault::Untrusted { remedy, .. } => (Exit::Failed, remedy.clone()),
        _ => (Exit::Failed, String::from("check --host and the network; nothing was sent")),
    };
    let blocked =
        if connection.is_remote() && may_be_a_block(fault) { format!("; {MAY_BE_BLOCKED}") } else { String::new() };
    Failure::new(exit, format_args!("{host}: {fault}")).with_remedy(remedy + &blocked)
}
