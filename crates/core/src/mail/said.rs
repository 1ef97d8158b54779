//! What a mail server's words mean: a pure decision.
//!
//! Sources: RFC 3501 and 9051 (the answers), RFC 5530 (the codes that tell a wrong password from a server that cannot say).

use imap_proto::{Response, Status};
use secrecy::SecretString;

use super::joint::Login;
use crate::text;

/// What the answer to a step of the conversation is.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Said {
    /// It goes on: a greeting, or an invitation to send the password.
    GoOn,
    /// The command was carried out.
    Done,
    /// The command was refused, in these words.
    No(String),
    /// Something beside; the answer is still to come.
    Beside,
    /// The server ends the conversation, or what it says makes no sense here.
    Ends(String),
}

/// A line of a server.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Heard<'a> {
    /// One that answers, greets, invites or says goodbye.
    Answer(Response<'a>),
    /// One of something else than logins. It is not looked into: lists within lists within lists could exhaust the stack of whoever does.
    Beside,
    /// One that is not IMAP.
    Nonsense,
}

impl<'a> Heard<'a> {
    /// What a line is, its line break included.
    pub(super) fn of(line: &'a [u8]) -> Self {
        let mut words = line.trim_ascii_end().split(|byte| *byte == b' ');
        let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let is_status =
            ["OK", "NO", "BAD", "BYE", "PREAUTH"].iter().any(|word| second.eq_ignore_ascii_case(word.as_bytes()));
        if first == b"*" && !is_status {
            return Self::Beside;
        }
        if !is_status && !first.starts_with(b"+") {
            return Self::Nonsense;
        }
        match Response::parse(line) {
            Ok(([], response)) => Self::Answer(response),
            _ => Self::Nonsense,
        }
    }
}

/// The tag of the one command whose answer counts.
pub(super) const TAG: &str = "a1";

/// What the first line of a server means.
pub(super) fn greeting(heard: &Heard<'_>) -> Said {
    let Heard::Answer(response) = heard else { return Said::Ends("its greeting is not that of IMAP".to_owned()) };
    match response {
        Response::Data { status: Status::Ok, .. } => Said::GoOn,
        Response::Data { status: Status::PreAuth, .. } => {
            Said::Ends("it lets everybody in, so that no login proves anything".to_owned())
        }
        Response::Data { status: Status::Bye, outcome } => Said::Ends(farewell(outcome)),
        _ => Said::Ends("its greeting is not that of IMAP".to_owned()),
    }
}

/// What a later line means.
pub(super) fn answer(heard: &Heard<'_>) -> Said {
    let response = match heard {
        Heard::Answer(response) => response,
        Heard::Beside => return Said::Beside,
        Heard::Nonsense => return Said::Ends("what it says is not IMAP".to_owned()),
    };
    match response {
        Response::Continue(_) => Said::GoOn,
        Response::Done { tag, status, outcome } if tag.0 == TAG => match status {
            Status::Ok => Said::Done,
            Status::No => Said::No(outcome.information.as_deref().unwrap_or_default().to_owned()),
            _ => Said::Ends(format!("it does not understand AUTHENTICATE PLAIN: {}", words(outcome))),
        },
        Response::Done { .. } => Said::Ends("it answers what nobody asked".to_owned()),
        Response::Data { status: Status::Bye, outcome } => Said::Ends(farewell(outcome)),
        _ => Said::Beside,
    }
}

/// What a refusal after the password was sent means; `words` are the server's, without a code that stands for something else than logins.
///
/// Only what speaks of the password counts as a wrong one. Every other code says that nobody looked, or that it cannot be told.
pub(super) fn refusal(words: &str, password: &SecretString) -> Login {
    let shown = text::safe(&text::redact(words, &[password])).into_owned();
    match code(words).as_deref() {
        None | Some("AUTHENTICATIONFAILED" | "AUTHORIZATIONFAILED") => Login::Refused { words: shown },
        Some(_) => Login::Down { detail: shown },
    }
}

/// The code in brackets that such words begin with, in capitals. (Those that the parser knows, which are not of logins, are no part of the words.)
fn code(words: &str) -> Option<String> {
    let (inside, _) = words.strip_prefix('[')?.split_once(']')?;
    inside.split(' ').next().map(str::to_ascii_uppercase)
}

fn farewell(outcome: &imap_proto::Outcome<'_>) -> String {
    format!("it ended the conversation: {}", words(outcome))
}

fn words<'a>(outcome: &'a imap_proto::Outcome<'_>) -> &'a str {
    outcome.information.as_deref().unwrap_or("it does not say why")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(line: &str, means: fn(&Heard<'_>) -> Said) -> Said {
        means(&Heard::of(format!("{line}\r\n").as_bytes()))
    }

    proptest! {
        /// A server may say what it likes.
        #[test]
        fn no_line_brings_the_reader_down(
            begin in prop::sample::select(vec!["* OK ", "a1 NO ", "+ ", "* BYE [", "a1 OK [CAPABILITY ", "", "* 1 FETCH (BODY "]),
            rest in prop::collection::vec(any::<u8>(), 0..80),
        ) {
            let line = [begin.as_bytes(), &rest, b"\r\n"].concat();
            let heard = Heard::of(&line);
            let _meant = (greeting(&heard), answer(&heard));
        }
    }

    #[test]
    fn lists_within_lists_are_not_looked_into() {
        let deep = format!("* 1 FETCH (BODY {}", "(".repeat(60_000));
        assert_eq!(read(&deep, answer), Said::Beside);
        assert!(matches!(read(&format!("a1 FETCH {}", "(".repeat(60_000)), answer), Said::Ends(_)));
    }

    #[test]
    fn only_a_server_that_wants_a_login_is_greeted() {
        assert_eq!(read("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] Dovecot ready.", greeting), Said::GoOn);
        assert_eq!(read("* OK ready", greeting), Said::GoOn);
        for line in
            ["* PREAUTH hello", "* BYE overloaded", "+ go on", "a1 OK done", "* 3 EXISTS", "HTTP/1.1 400 Bad Request"]
        {
            assert!(matches!(read(line, greeting), Said::Ends(_)), "{line}");
        }
    }

    #[test]
    fn the_answer_is_the_one_with_our_tag() {
        assert_eq!(read("+ ", answer), Said::GoOn);
        assert_eq!(read("+", answer), Said::GoOn);
        assert_eq!(read("a1 OK [CAPABILITY IMAP4rev1] Logged in", answer), Said::Done);
        assert_eq!(read("* OK still here", answer), Said::Beside);
        assert_eq!(read("* NO a warning", answer), Said::Beside);
        assert_eq!(read("* CAPABILITY IMAP4rev1", answer), Said::Beside);
        assert_eq!(read("a1 NO [AUTHENTICATIONFAILED] no", answer), Said::No("[AUTHENTICATIONFAILED] no".to_owned()));
        for line in ["a1 BAD what?", "a2 OK done", "* BYE [UNAVAILABLE] later"] {
            assert!(matches!(read(line, answer), Said::Ends(_)), "{line}");
        }
    }

    /// NET-32: a server that cannot say is no wrong password.
    #[test]
    fn a_wrong_password_is_told_from_a_server_that_cannot_say() {
        let password = SecretString::from("S3CRET-word");
        let wrong = |words: &str| matches!(refusal(words, &password), Login::Refused { .. });
        for words in ["", "Authentication failed.", "[AUTHENTICATIONFAILED] no", "[authorizationfailed] no"] {
            assert!(wrong(words), "{words}");
        }
        for code in ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN", "EXPIRED", "PRIVACYREQUIRED", "X"] {
            assert!(!wrong(&format!("[{code}] Temporary authentication failure.")), "{code}");
        }
    }

    #[test]
    fn what_a_server_repeats_reaches_nobody() {
        let password = SecretString::from("S3CRET-word");
        for words in ["no S3CRET-word \u{1b}[2J", "[LIMIT] no S3CRET-word"] {
            let shown = format!("{:?}", refusal(words, &password));
            assert!(!shown.contains("S3CRET") && !shown.contains('\u{1b}'), "{shown}");
        }
    }
}
