//! What a mail server's words mean: a pure decision.
//!
//! Sources: RFC 3501 and 9051 (the answers), RFC 5530 (the codes that tell a wrong password from a server that cannot say).

use imap_proto::{Outcome, Response, Status};
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
    /// The command was refused.
    No(Refusal),
    /// Something beside; the answer is still to come.
    Beside,
    /// The server ends the conversation, or what it says makes no sense here.
    Ends(String),
}

/// How a command was refused.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Refusal {
    /// What the server said, not yet safe to show.
    pub(super) words: String,
    /// Whether that speaks of the password: by `AUTHENTICATIONFAILED`, or by no code at all. Every other code says that nobody looked, that it cannot be
    /// told, or (`AUTHORIZATIONFAILED`) that the password is right and lets nobody in all the same.
    is_of_password: bool,
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
            Status::No => Said::No(Refusal::of(outcome)),
            _ => Said::Ends(format!("it does not understand AUTHENTICATE PLAIN: {}", words(outcome))),
        },
        Response::Done { .. } => Said::Ends("it answers what nobody asked".to_owned()),
        Response::Data { status: Status::Bye, outcome } => Said::Ends(farewell(outcome)),
        _ => Said::Beside,
    }
}

impl Refusal {
    fn of(outcome: &Outcome<'_>) -> Self {
        let words = outcome.information.as_deref().unwrap_or_default();
        // The codes that the parser knows are not of logins, and no part of the words.
        let is_of_password = outcome.code.is_none() && speaks_of_password(words);
        Self { words: words.to_owned(), is_of_password }
    }

    /// What it means for a password that was sent.
    pub(super) fn judge(&self, password: &SecretString) -> Login {
        let shown = text::safe(&text::redact(&self.words, &[password])).into_owned();
        if self.is_of_password { Login::Refused { words: shown } } else { Login::Down { detail: shown } }
    }
}

/// Whether words begin with the code for a wrong password, or have no code. What looks like a code anywhere may be one.
fn speaks_of_password(words: &str) -> bool {
    let code = words.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    code.map_or(!words.contains('['), |(code, _)| code.eq_ignore_ascii_case("AUTHENTICATIONFAILED"))
}

fn farewell(outcome: &Outcome<'_>) -> String {
    format!("it ended the conversation: {}", words(outcome))
}

fn words<'a>(outcome: &'a Outcome<'_>) -> &'a str {
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
        let no = Refusal { words: "[AUTHENTICATIONFAILED] no".to_owned(), is_of_password: true };
        assert_eq!(read("a1 NO [AUTHENTICATIONFAILED] no", answer), Said::No(no));
        for line in ["a1 BAD what?", "a2 OK done", "* BYE [UNAVAILABLE] later"] {
            assert!(matches!(read(line, answer), Said::Ends(_)), "{line}");
        }
    }

    fn judged(words: &str) -> Login {
        match read(format!("a1 NO {words}").trim_end(), answer) {
            Said::No(refusal) => refusal.judge(&SecretString::from("S3CRET-word")),
            other => unreachable!("{words}: {other:?}"),
        }
    }

    /// NET-32: a server that cannot say is no wrong password, nor is one that knows the password and lets nobody in all the same.
    #[test]
    fn a_wrong_password_is_told_from_a_server_that_cannot_say() {
        let is_wrong = |words: &str| matches!(judged(words), Login::Refused { .. });
        for words in ["", "no", "Authentication failed.", "[AUTHENTICATIONFAILED] no", "[authenticationfailed] no"] {
            assert!(is_wrong(words), "{words}");
        }
        for code in
            ["AUTHORIZATIONFAILED", "UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN", "EXPIRED", "X", ""]
        {
            assert!(!is_wrong(&format!("[{code}] Temporary authentication failure.")), "{code}");
        }
        for words in
            ["later [UNAVAILABLE]", "[UNAVAILABLE later", "[AUTHENTICATIONFAILED no", "[X] [AUTHENTICATIONFAILED]"]
        {
            assert!(!is_wrong(words), "{words}");
        }
    }

    /// NET-32: the parser takes the codes that it knows out of the words.
    #[test]
    fn a_code_that_is_not_of_logins_calls_no_password_wrong() {
        for code in ["ALERT", "alert", "PARSE", "TRYCREATE", "READ-ONLY", "CAPABILITY IMAP4rev1 AUTH=PLAIN"] {
            let login = judged(&format!("[{code}] maintenance"));
            assert_eq!(login, Login::down("maintenance"), "{code}");
        }
    }

    #[test]
    fn what_a_server_repeats_reaches_nobody() {
        for words in ["no S3CRET-word \u{1b}[2J", "no S3CRET-word", "[LIMIT] no S3CRET-word", "[ALERT] no S3CRET-word"]
        {
            let shown = format!("{:?}", judged(words));
            assert!(!shown.contains("S3CRET") && !shown.contains('\u{1b}'), "{shown}");
        }
    }
}
