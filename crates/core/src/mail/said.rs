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

/// The tag of the one command whose answer counts.
pub(super) const TAG: &str = "a1";

/// What the first line of a server means.
pub(super) fn greeting(response: &Response<'_>) -> Said {
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
pub(super) fn answer(response: &Response<'_>) -> Said {
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
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn read(line: &str, means: fn(&Response<'_>) -> Said) -> Said {
        means(&Response::parse(format!("{line}\r\n").as_bytes()).unwrap().1)
    }

    #[test]
    fn only_a_server_that_wants_a_login_is_greeted() {
        assert_eq!(read("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] Dovecot ready.", greeting), Said::GoOn);
        assert_eq!(read("* OK ready", greeting), Said::GoOn);
        for line in ["* PREAUTH hello", "* BYE overloaded", "+ go on", "a1 OK done", "* 3 EXISTS"] {
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
