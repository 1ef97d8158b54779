//! Standard output and standard error: what was asked for on the one, everything else on the other.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use cprekey_core::outcome::Outcome;
use cprekey_core::plan::Plan;
use cprekey_frontend::exit::Exit;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::profile::ParseEnd;

use crate::args::{ColorChoice, OutputArgs};

/// How headings look.
pub(crate) const BOLD: Style = Style::new().bold();
const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default();
const CYAN: Style = AnsiColor::Cyan.on_default();
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

/// Writes a line of what was asked for.
///
/// # Errors
///
/// Where nobody reads any more, or the disk is full.
pub(crate) fn out(line: impl Display) -> io::Result<()> {
    writeln!(anstream::stdout().lock(), "{line}")
}

/// Writes a line for the person at the terminal.
///
/// # Errors
///
/// Where nobody reads any more.
pub(crate) fn err(line: impl Display) -> io::Result<()> {
    writeln!(anstream::stderr().lock(), "{line}")
}

/// Writes a line for the person at the terminal; nothing can be done where that fails.
pub(crate) fn tell(line: impl Display) {
    let _gone = err(line);
}

/// A number of rows in words.
pub(crate) fn rows(count: usize) -> String {
    format!("{count} {}", if count == 1 { "row" } else { "rows" })
}

/// Warns.
pub(crate) fn warn(line: impl Display) {
    tell(format_args!("{YELLOW}warning:{YELLOW:#} {line}"));
}

/// Shows why the program ends, in two lines.
pub(crate) fn show_failure(failure: &Failure) -> Exit {
    tell(format_args!("{RED}error:{RED:#} {failure}"));
    if let Some(remedy) = &failure.remedy {
        tell(format_args!(" {CYAN}help:{CYAN:#} {remedy}"));
    }
    failure.exit
}

/// Shows why the command line could not be read, or the help that was asked for.
pub(crate) fn show_parse_end(end: ParseEnd) -> Exit {
    match end {
        ParseEnd::Profile(failure) => show_failure(&failure),
        ParseEnd::Clap(error) => {
            let _gone = error.print();
            if error.use_stderr() { Exit::BadInput } else { Exit::Done }
        }
    }
}

/// What a failed write to standard output comes to: nothing where the reader has gone away.
pub(crate) fn write_failed(error: &io::Error) -> Option<Failure> {
    let gone = error.kind() == io::ErrorKind::BrokenPipe;
    (!gone).then(|| Failure::new(Exit::Failed, format!("standard output cannot be written: {error}")))
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

/// Warns where nobody checks who the panel is.
pub(crate) fn warn_of_insecure(insecure: bool) {
    if insecure {
        warn(
            "--insecure: the panel's certificate is not checked; whoever is in between can read the token and every password",
        );
    }
}

/// Warns where passwords may stand in arguments.
pub(crate) fn warn_of_arguments(allowed: bool) {
    if allowed {
        warn(
            "--allow-argv: where a program takes passwords in no other way, other users of this server can read them in its list of \
             processes, unless /proc is mounted with hidepid",
        );
    }
}

/// Says that there was nothing to do.
pub(crate) fn nothing_to_do(output: &OutputArgs) -> Exit {
    if !output.quiet {
        tell("there is nothing to do: the list has no row to change");
    }
    Exit::NothingToDo
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
