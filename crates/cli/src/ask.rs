//! The one question: shall it be done?

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::thread;

use cprekey_core::brake::Brake;
use cprekey_core::failpoint::failpoint;
use cprekey_core::text::one_line;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::terminal;
use tokio::sync::oneshot;

/// What is to be typed for a yes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wanted {
    /// The word.
    Yes,
    /// How many changes there are, where a word would be typed too easily.
    Count(usize),
}

impl Wanted {
    /// What stands behind the question.
    const fn prompt(self) -> &'static str {
        match self {
            Self::Yes => "[y/N]",
            Self::Count(_) => "Type how many changes that are to go on:",
        }
    }

    fn is_met(self, answer: &str) -> bool {
        let answer = answer.trim();
        match self {
            Self::Yes => matches!(answer.to_lowercase().as_str(), "y" | "yes"),
            Self::Count(count) => answer == count.to_string(),
        }
    }
}

/// Asks at the terminal and waits for an answer; an interruption is a no.
///
/// # Errors
///
/// Fails where there is no terminal to ask at.
pub(crate) async fn ask(question: String, wanted: Wanted, brake: &Brake) -> Result<bool, Failure> {
    let terminal = terminal::open().map_err(|_| {
        Failure::bad_input("there is no terminal to ask at, so nothing was done")
            .with_remedy("look at what is planned, and say --yes where it is right")
    })?;
    let screen = terminal.try_clone();
    let (sender, receiver) = oneshot::channel();
    // Reading cannot be broken off, so it has a thread that nobody waits for.
    thread::spawn(move || sender.send(read_answer(&terminal, &question, wanted)));
    tokio::select! {
        answer = receiver => Ok(answer.is_ok_and(|answer| answer.unwrap_or(false))),
        () = brake.pulled() => {
            // The question has no line of its own to end.
            let _gone = screen.and_then(|mut screen| writeln!(screen));
            Ok(false)
        }
    }
}

fn read_answer(mut terminal: &File, question: &str, wanted: Wanted) -> io::Result<bool> {
    failpoint("question", b"");
    write!(terminal, "{} {} ", one_line(question), wanted.prompt())?;
    let mut answer = String::new();
    BufReader::new(terminal).read_line(&mut answer)?;
    Ok(wanted.is_met(&answer))
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn only_yes_is_yes() {
        assert!([" y\n", "YES", "Yes\n"].iter().all(|answer| Wanted::Yes.is_met(answer)));
        assert!(!["", "\n", "n", "yep", "oui", "yes please"].iter().any(|answer| Wanted::Yes.is_met(answer)));
    }

    #[test]
    fn where_a_count_is_wanted_a_yes_is_none() {
        assert!(["12\n", " 12 \n"].iter().all(|answer| Wanted::Count(12).is_met(answer)));
        assert!(!["", "y\n", "yes", "1", "012", "12 changes"].iter().any(|answer| Wanted::Count(12).is_met(answer)));
    }
}
