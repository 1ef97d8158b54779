//! How runs are told in words. What a journal says is somebody else's: nothing of it steers a terminal.

use cprekey_core::brake::Cause;
use cprekey_core::journal::{Actor, History, State};
use cprekey_core::summary::Counts;
use cprekey_core::text::one_line;
use jiff::Timestamp;

use crate::look::counted;

/// How a run stands, in a word.
pub(super) fn state_word(history: &History, state: State) -> &'static str {
    match state {
        State::Running => "running",
        State::CutOff => "cut off",
        State::Ended => match history.ended.and_then(|ended| ended.cause) {
            None => "ended",
            Some(Cause::Interrupted) => "interrupted",
            Some(_) => "stopped",
        },
    }
}

/// How long ago it was, in one unit: "3 h".
pub(super) fn age(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.duration_since(at).as_secs().max(0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} min", seconds / 60),
        3_600..86_400 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// Counts in words; of no row, "no rows".
pub(super) fn counts_words(counts: &Counts) -> String {
    if counts.total() == 0 { String::from("no rows") } else { counted(counts) }
}

/// Who it was, where, and by which program.
pub(super) fn actor_words(by: &Actor) -> String {
    safe(&format!("{} (uid {}) on {}, process {}, {}", by.user, by.uid, by.machine, by.pid, by.program))
}

/// Options as they would be typed in a shell.
pub(super) fn options_words(options: &[String]) -> String {
    if options.is_empty() {
        return String::from("none");
    }
    let quoted: Vec<String> = options.iter().map(|word| quoted(&safe(word))).collect();
    quoted.join(" ")
}

/// A word on one line that steers no terminal.
pub(super) fn safe(word: &str) -> String {
    one_line(word).into_owned()
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_=./:,%@+#".contains(letter);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_has_one_unit() {
        let after =
            |seconds| age(Timestamp::UNIX_EPOCH, Timestamp::UNIX_EPOCH + std::time::Duration::from_secs(seconds));
        assert_eq!([5, 61, 7_300, 200_000].map(after), ["5 s", "1 min", "2 h", "2 d"]);
        assert_eq!(age(Timestamp::UNIX_EPOCH + std::time::Duration::from_secs(9), Timestamp::UNIX_EPOCH), "0 s");
    }

    #[test]
    fn options_are_words_of_a_shell_that_steer_no_terminal() {
        let options = ["--host=cp.example.net:2083", "--include=*@x", "--reason=it's \u{1b}[2J"].map(String::from);
        assert_eq!(options_words(&options), r"--host=cp.example.net:2083 '--include=*@x' '--reason=it'\''s \u{1b}[2J'");
        assert_eq!(options_words(&[]), "none");
    }
}
