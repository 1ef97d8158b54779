//! What is written and how it looks, where that is of lists and their rows.

use std::num::NonZeroUsize;

use anstyle::{AnsiColor, Style};
use cprekey_core::outcome::Outcome;
use cprekey_core::plan::Plan;
pub(crate) use cprekey_frontend::console::{
    err, out, show_failure, show_parse_end, tell, warn, warn_of_arguments, warn_of_insecure, written,
};
use cprekey_frontend::exit::Exit;

use crate::args::{ColorChoice, OutputArgs};

/// How headings look.
pub(crate) const BOLD: Style = Style::new().bold();
const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default();
const DIM: Style = Style::new().dimmed();

/// Uses colours as the user wants them, from now on.
pub(crate) fn choose_color(choice: ColorChoice) {
    let choice = match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

/// A number of rows in words.
pub(crate) fn rows(count: usize) -> String {
    format!("{count} {}", if count == 1 { "row" } else { "rows" })
}

/// The colour of an outcome.
pub(crate) const fn style_of(outcome: Outcome) -> Style {
    match outcome {
        Outcome::Changed | Outcome::Unchanged => GREEN,
        Outcome::Refused | Outcome::Invalid | Outcome::Unknown => RED,
        Outcome::NotTried => YELLOW,
        Outcome::Skipped => DIM,
    }
}

/// Says that there was nothing to do.
pub(crate) fn nothing_to_do(output: &OutputArgs) -> Exit {
    if !output.quiet {
        tell("there is nothing to do: the list has no row to change");
    }
    Exit::NothingToDo
}

/// Warns where fewer calls are under way at once than were asked for.
pub(crate) fn warn_of_fewer_jobs(typed: Option<NonZeroUsize>, jobs: NonZeroUsize, output: &OutputArgs) {
    if let Some(typed) = typed.filter(|_| !output.quiet) {
        warn(format_args!("--jobs {typed}: no more than {jobs} programs are started at once here, two for each core"));
    }
}

/// Warns where a mail server is named that no login goes to.
pub(crate) fn warn_of_vain_mail_server(in_vain: bool, output: &OutputArgs) {
    if in_vain && !output.quiet {
        warn("--imap-host: no mailbox is logged in to without --verify imap");
    }
}

/// What a plan changes, in words: "5 mailboxes", "5 mailboxes and 2 accounts".
pub(crate) fn targets(plan: &Plan) -> String {
    let counted = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mailboxes = plan.changes - plan.accounts;
    let parts = [(mailboxes, "mailbox", "mailboxes"), (plan.accounts, "account", "accounts")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, ..)| *count > 0).map(|&(count, one, many)| counted(count, one, many)).collect();
    parts.join(" and ")
}
