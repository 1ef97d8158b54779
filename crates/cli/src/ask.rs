//! The one question: shall it be done?

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::thread;

use cprekey_core::brake::Brake;
use cprekey_core::failpoint::failpoint;
use cprekey_frontend::failure::Failure;
use cprekey_frontend::terminal;
use tokio::sync::oneshot;

/// Asks at the terminal and waits for an answer; an interruption is a no.
///
/// # Errors
///
/// Fails where there is no terminal to ask at.
pub(crate) async fn ask(question: String, brake: &Brake) -> Result<bool, Failure> {
    let terminal = terminal::open().map_err(|_| {
        Failure::bad_input("there is no terminal to ask at, so nothing was sent")
            .with_remedy("look at the plan, and say --yes where it is right")
    })?;
    let screen = terminal.try_clone();
    let (sender, receiver) = oneshot::channel();
    // Reading cannot be broken off, so it has a thread that nobody waits for.
    thread::spawn(move || sender.send(read_answer(&terminal, &question)));
    tokio::select! {
        answer = receiver => Ok(answer.is_ok_and(|answer| answer.unwrap_or(false))),
        () = brake.pulled() => {
            // The question has no line of its own to end.
            let _gone = screen.and_then(|mut screen| writeln!(screen));
            Ok(false)
        }
    }
}

fn read_answer(mut terminal: &File, question: &str) -> io::Result<bool> {
    failpoint("question", b"");
    write!(terminal, "{question} [y/N] ")?;
    let mut answer = String::new();
    BufReader::new(terminal).read_line(&mut answer)?;
    Ok(is_yes(&answer))
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::is_yes;

    #[test]
    fn only_yes_is_yes() {
        assert!([" y\n", "YES", "Yes\n"].iter().all(|answer| is_yes(answer)));
        assert!(!["", "\n", "n", "yep", "oui", "yes please"].iter().any(|answer| is_yes(answer)));
    }
}
