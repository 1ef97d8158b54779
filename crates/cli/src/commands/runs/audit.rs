//! `cprekey runs audit`: the journal verified from its first line to its last, and who did what, when and why.

use std::io;

use cprekey_core::journal::{History, Runs, State};
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::state;

use super::words::{actor_words, counts_words, options_words, safe, state_word};
use crate::console;

/// Verifies a journal, and prints what it says; ends with 1 where it is damaged.
///
/// # Errors
///
/// Where there is no such run, its journal cannot be believed, or standard output cannot be written.
pub(super) fn audit(runs: &Runs, name: &str) -> Result<Exit, Failure> {
    let run = runs.find(name).map_err(|error| state::failure(&error))?;
    let (history, state) = runs.read(&run).map_err(|error| state::failure(&error))?;
    if history.begun.run != run {
        let what = format!("{}: it is the journal of another run, {}", runs.path(&run).display(), history.begun.run);
        return Err(Failure::new(Exit::Failed, what).with_remedy("look who renamed it"));
    }
    console::written(write(runs, &history, state), Exit::Done)
}

fn write(runs: &Runs, history: &History, state: State) -> io::Result<()> {
    let begun = &history.begun;
    let mut facts = vec![
        ("run", safe(&begun.run)),
        ("journal", safe(&runs.path(&begun.run).to_string_lossy())),
        ("state", state_word(history, state).to_owned()),
        ("panel", safe(&format!("{} as {}", begun.panel, begun.user))),
        ("certificate", String::from(if history.is_insecure() { "NOT CHECKED (--insecure)" } else { "checked" })),
        ("list", safe(begun.path.as_deref().unwrap_or(&begun.list))),
        ("rows", format!("{} in the list, {} of them changes when it began", begun.rows, begun.changes)),
        ("begun", format!("{:.3}", begun.at)),
        ("  by", actor_words(&begun.by)),
        ("  options", options_words(&begun.options)),
        ("  reason", said(begun.reason.as_deref())),
        ("  ticket", said(begun.ticket.as_deref())),
    ];
    for resumed in &history.resumed {
        facts.extend([
            ("resumed", format!("{:.3}", resumed.at)),
            ("  by", actor_words(&resumed.by)),
            ("  options", options_words(&resumed.options)),
            ("  reason", said(resumed.reason.as_deref())),
            ("  ticket", said(resumed.ticket.as_deref())),
        ]);
        if resumed.cut > 0 {
            facts.push(("  cut off", format!("{} bytes of a line that was not written whole", resumed.cut)));
        }
    }
    facts.push(("last seen", format!("{:.3}", history.last_seen())));
    facts.push(("outcomes", counts_words(&history.counts())));
    facts.push(("lines", format!("{}, each follows the one before it", history.lines)));
    if history.torn > 0 {
        facts.push((
            "torn",
            format!("{} bytes at the end that were not written whole, and are passed over", history.torn),
        ));
    }
    facts.push(("checksum", history.head().to_owned()));
    facts.iter().try_for_each(|(name, value)| console::out(format_args!("{name:11} {value}")))?;
    console::out(
        "Note the checksum down where nobody can change it: as long as the journal begins with these lines, nothing in them was changed.",
    )
}

fn said(words: Option<&str>) -> String {
    words.map_or_else(|| String::from("none given"), safe)
}
