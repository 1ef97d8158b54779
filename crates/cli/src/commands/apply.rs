//! `cprekey apply`: plan, show the counts, ask, do it, report.

use cprekey_core::brake::Brake;
use cprekey_core::journal::Key;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::{runtime, state};

use super::applying::{Applying, unshown};
use super::doubts::doubts;
use super::session::{connect, has_change, read_list};
use crate::args::{ApplyArgs, ChangeArgs, ListArgs};
use crate::console;
use crate::keeping::{Anew, Keeping};
use crate::looks::Looks;
use crate::recording::{About, Recording};

/// Applies the list.
///
/// # Errors
///
/// Where the list or an option is not right, the user says no, or a file cannot be written.
pub(super) fn apply(args: ApplyArgs) -> Result<Exit, Failure> {
    let ApplyArgs { list: path, change, record, words } = args;
    let ChangeArgs { read, skip_invalid, allow_suspicious, who, connection, pace, run, why, output, volume } = change;
    console::choose_color(output.color);
    run.files.refuse_to_write_over(&path)?;
    let about = About { list: path.clone(), options: words, why: why.why() };
    let list = read_list(ListArgs { list: path, read }, skip_invalid, &output, &volume)?;
    if !has_change(&list.entries) {
        return Ok(console::nothing_to_do(&output));
    }
    let doubts = if allow_suspicious { None } else { doubts(&list, run.yes)? };
    console::warn_of_vain_mail_server(run.names_a_mail_server_in_vain(), &output);
    let verify = run.verify(&connection)?;
    let (connection, standpoint) = connect(connection, who, &pace, &output)?;
    let batch = run.batch(&connection)?;
    let keeping = if record.no_journal {
        Keeping::Nothing
    } else {
        Keeping::Anew(Box::new(Anew {
            recording: Recording::prepare(state::runs()?, &connection, &list.entries)?,
            about,
            key: Key::random(),
        }))
    };
    let looks = Looks::open(&run.files, &output, &volume, connection.insecure)?;
    let unshown = unshown(&list, &output);
    let applying =
        Applying { connection, standpoint, batch, verify, doubts, unshown, pace, run, output, brake: Brake::default() };
    runtime::start()?.block_on(applying.execute(list, looks, keeping))
}
