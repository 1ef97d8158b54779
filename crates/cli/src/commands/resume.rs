//! `cprekey resume`: go on with a run, exactly with what is left of it.

use std::ffi::OsString;

use cprekey_core::brake::Brake;
use cprekey_core::change::Change;
use cprekey_core::entry::{Entry, Task};
use cprekey_core::journal::{Held, History, Runs};
use cprekey_core::list::List;
use cprekey_core::outcome::Outcome;
use cprekey_core::summary::Summary;
use cprekey_frontend::connection::Connection;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::{runtime, state};
use jiff::Timestamp;

use super::applying::{Applying, unshown};
use super::doubts::doubts;
use super::rebuilding::rebuild;
use super::session::{connect, read_list};
use crate::args::{ChangeArgs, ListArgs, ResumeArgs};
use crate::console;
use crate::keeping::{Again, Keeping};
use crate::looks::Looks;
use crate::outputs::Outputs;
use crate::recording::{About, Recording, kept};

/// So many rows that differ are named.
const NAMED: usize = 10;

/// Goes on with a run.
///
/// # Errors
///
/// Where the run, its list or an option is not right, another program works on it, the user says no, or a file cannot be written.
pub(super) fn resume(args: ResumeArgs) -> Result<Exit, Failure> {
    console::choose_color(args.change.output.color);
    let runs = state::runs()?;
    let held = runs.find(&args.name).and_then(|run| runs.take_up(&run)).map_err(|error| state::failure(&error))?;
    let ResumeArgs { list: typed, failed_too, change, words, .. } = args.behind(&held.history.begun.options)?;
    let ChangeArgs {
        read, skip_invalid, allow_suspicious, who, connection, pace, mut run, why, output, volume, ..
    } = change;
    console::choose_color(output.color);
    let path = path_of_list(typed, &held.history)?;
    run.files.name_reports_once();
    run.files.refuse_to_write_over(&path)?;
    let about = About { list: path.clone(), options: words, why: why.why() };
    let mut list = read_list(ListArgs { list: path, read }, skip_invalid, &output, &volume)?;
    refuse_another_list(&held, &list.entries)?;
    if held.history.rows.iter().all(|known| known.is_over(failed_too)) {
        let outputs = Outputs::create(&run.files, held.history.is_insecure())?;
        keep_failed(&outputs, &held.history, &list.entries, failed_too);
        end(&held, &runs)?;
        let Held { journal, history, .. } = held;
        // Whoever reads the output slowly keeps the run from nobody.
        drop(journal);
        if !output.quiet {
            tell_that_nothing_is_left(&history);
        }
        return rebuild(&history, outputs, output.output, output.quiet, exit_of(&history));
    }
    // That the run was begun shows not that anybody confirmed it: it may have ended before the question.
    let doubts = if allow_suspicious { None } else { doubts(&list, run.yes).map_err(rightly_advised)? };
    console::warn_of_vain_mail_server(run.names_a_mail_server_in_vain(), &output);
    let verify = run.verify(&connection)?;
    let (connection, standpoint) = connect(connection, who, &pace, &output)?;
    refuse_another_panel(&held.history, &connection)?;
    let batch = run.batch(&connection)?;
    let recording = Recording::prepare(runs, &connection, &list.entries)?;
    let looks = Looks::open(&run.files, &output, &volume, connection.insecure)?;
    looks.outputs.tell_unchecked(unchecked(&held.history, failed_too, connection.insecure));
    keep_failed(&looks.outputs, &held.history, &list.entries, failed_too);
    let unshown = unshown(&list, &output);
    let doubtful = held.history.leave_out_what_is_over(&mut list.entries, failed_too);
    if !output.quiet {
        tell_what_is_left(&held.history, &list, doubtful.len());
    }
    let keeping = Keeping::Again(Box::new(Again { recording, held, about, doubtful }));
    let applying =
        Applying { connection, standpoint, batch, verify, doubts, unshown, pace, run, output, brake: Brake::default() };
    runtime::start()?.block_on(applying.execute(list, looks, keeping))
}

/// Another column makes another list, with which no run is gone on.
fn rightly_advised(suspicious: Failure) -> Failure {
    suspicious.with_remedy(
        "where the list is right, say --allow-suspicious, or leave --yes away and confirm it at a terminal; where another column is meant, \
         that is another run: apply the list with --columns password=…",
    )
}

/// How a run ends of which nothing is left. Why a session of it once ended early is no matter then.
fn exit_of(history: &History) -> Exit {
    let (started_at, finished_at) = (history.begun.at, history.last_seen());
    let run = history.begun.run.clone();
    Exit::of_summary(&Summary { run, counts: history.counts(), cause: None, started_at, finished_at })
}

/// Where the list is: as it was typed now, else where it was.
fn path_of_list(typed: Option<OsString>, history: &History) -> Result<OsString, Failure> {
    typed.or_else(|| history.begun.path.clone().map(OsString::from)).ok_or_else(|| {
        Failure::bad_input("the run read its list from standard input, so nobody knows where it is now")
            .with_remedy(format!("name it: cprekey resume {} LIST; - reads standard input again", history.begun.run))
    })
}

fn refuse_another_list(held: &Held, entries: &[Entry]) -> Result<(), Failure> {
    let differences = held.history.differences(&held.key, entries);
    if differences.is_empty() {
        return Ok(());
    }
    let mut words: Vec<String> = differences.iter().take(NAMED).map(ToString::to_string).collect();
    if differences.len() > NAMED {
        words.push(format!("and {} more", differences.len() - NAMED));
    }
    let run = &held.history.begun.run;
    Err(Failure::bad_input(format!(
        "this is not the list of run {run}: {}; nothing was sent",
        words.join(", ")
    ))
    .with_remedy(format!(
        "name the list as it was: cprekey resume {run} LIST, with the same --sheet, --columns and filters; what is new is another run: apply it"
    )))
}

fn refuse_another_panel(history: &History, connection: &Connection) -> Result<(), Failure> {
    let (was, is) = ((&history.begun.panel, &history.begun.user), (&connection.host, &connection.user));
    if was == is {
        return Ok(());
    }
    Err(Failure::bad_input(format!(
        "the run is one on {} as {}, and this is {} as {}; nothing was sent",
        was.0, was.1, is.0, is.1
    ))
    .with_remedy("leave --host and --user away; another panel is another run: apply the list there"))
}

/// Whether each row was, or will be, sent without a certificate check.
fn unchecked(history: &History, failed_too: bool, insecure: bool) -> Vec<bool> {
    history.rows.iter().map(|known| known.insecure || insecure && !known.is_over(failed_too)).collect()
}

/// Keeps the rows that are worth another try and are not tried now.
fn keep_failed(outputs: &Outputs, history: &History, entries: &[Entry], failed_too: bool) {
    for (index, (known, entry)) in history.rows.iter().zip(entries).enumerate() {
        if let (Task::Change(passwords), Some(target)) = (&entry.task, &entry.target)
            && known.is_over(failed_too)
            && known.outcome().is_some_and(Outcome::is_worth_another_try)
        {
            outputs.add_failed(index, &Change { target, account: entry.account.as_ref(), passwords });
        }
    }
}

fn tell_what_is_left(history: &History, list: &List, doubtful: usize) {
    let left = list.entries.iter().filter(|entry| !matches!(entry.task, Task::Settled(_))).count();
    let run = &history.begun.run;
    console::tell(format_args!(
        "run {run}, begun {:.0}: {} left of {}",
        history.begun.at,
        console::rows(left),
        history.rows.len()
    ));
    if doubtful > 0 {
        console::tell(format_args!(
            "{} of them may have been changed without an answer: the panel is asked, and where that does not help the same password is set again",
            console::rows(doubtful)
        ));
    }
}

fn tell_that_nothing_is_left(history: &History) {
    let run = &history.begun.run;
    console::tell(format_args!("nothing is left of run {run}"));
    let failed = history.rows.iter().filter(|known| !known.is_over(true)).count();
    if failed > 0 {
        console::tell(format_args!(
            "{} that failed can be tried again: cprekey resume {run} --failed-too",
            console::rows(failed)
        ));
    }
}

/// Writes down that nothing is left, where the last session was cut off before it could.
fn end(held: &Held, runs: &Runs) -> Result<(), Failure> {
    if held.history.ended.is_none() {
        held.journal.end(None, Timestamp::now());
        kept(&held.journal, runs, &held.history.begun.run)?;
    }
    Ok(())
}
