//! The conversation: greeting, `AUTHENTICATE PLAIN`, farewell (RFC 3501 and 9051).
//!
//! The password is sent when the server has invited to it, and so a refusal before that says nothing of the password.

use std::io;
use std::time::Duration;

use secrecy::SecretString;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;
use zeroize::Zeroizing;

use super::joint::Login;
use super::plain;
use super::said::{Heard, Said, TAG, answer, greeting};
use crate::address::Address;
use crate::text;

/// More than any server says before a login is over.
const MOST: usize = 64 * 1024;

/// How long a server may take to answer the farewell; who is not let go goes.
const FAREWELL: Duration = Duration::from_secs(2);

/// Why a conversation ended before the login was decided, safe to show once the password is taken out.
struct Broken(String);

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self(match error.kind() {
            io::ErrorKind::UnexpectedEof => "it was closed in the middle of the conversation".to_owned(),
            _ => format!("the connection broke: {error}"),
        })
    }
}

/// A connection, and what came over it that nobody has read yet.
struct Line<S> {
    stream: S,
    unread: Vec<u8>,
}

/// Logs in over a connection that begins, and out again.
pub(super) async fn log_in(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    mailbox: &Address,
    password: &SecretString,
    within: Duration,
) -> Login {
    let mut line = Line { stream, unread: Vec::new() };
    let decided = timeout(within, line.decide(mailbox, password)).await;
    match decided {
        Ok(Ok(login)) => {
            let _impolite = timeout(FAREWELL, line.leave()).await;
            login
        }
        Ok(Err(Broken(detail))) => Login::down(text::safe(&text::redact(&detail, &[password]))),
        Err(_) => Login::down(format!("no answer within {} s", within.as_secs_f64())),
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Line<S> {
    async fn decide(&mut self, mailbox: &Address, password: &SecretString) -> Result<Login, Broken> {
        self.expect_invitation(greeting).await?;
        self.say(format!("{TAG} AUTHENTICATE PLAIN\r\n").as_bytes()).await?;
        self.expect_invitation(answer).await?;
        self.say(&plain::line(mailbox, password)).await?;
        loop {
            match self.hear(answer).await? {
                Said::Done => return Ok(Login::Holds),
                Said::No(refusal) => return Ok(refusal.judge(password)),
                Said::Beside => {}
                Said::Ends(why) => return Err(Broken(why)),
                Said::GoOn => return Err(Broken("it asks for more than a password".to_owned())),
            }
        }
    }

    /// Waits until the server lets us go on, which it has to before the password is sent.
    async fn expect_invitation(&mut self, means: fn(&Heard<'_>) -> Said) -> Result<(), Broken> {
        loop {
            match self.hear(means).await? {
                Said::GoOn => return Ok(()),
                Said::Beside => {}
                Said::No(refusal) => {
                    return Err(Broken(format!("it does not take AUTHENTICATE PLAIN: {}", refusal.words)));
                }
                Said::Done => return Err(Broken("it says yes before it was given a password".to_owned())),
                Said::Ends(why) => return Err(Broken(why)),
            }
        }
    }

    /// Says goodbye and waits for the server to do so.
    async fn leave(&mut self) -> Result<(), Broken> {
        self.say(b"a2 LOGOUT\r\n").await?;
        while self.read().await? > 0 {
            self.unread.clear();
        }
        Ok(())
    }

    async fn say(&mut self, words: &[u8]) -> Result<(), Broken> {
        self.stream.write_all(words).await?;
        Ok(self.stream.flush().await?)
    }

    /// The next answer, and what it means.
    async fn hear(&mut self, means: fn(&Heard<'_>) -> Said) -> Result<Said, Broken> {
        loop {
            if let Some(said) = self.next_line(means) {
                return Ok(said);
            }
            if self.unread.len() >= MOST {
                return Err(Broken("it says more than any login needs".to_owned()));
            }
            if self.read().await? == 0 {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
            }
        }
    }

    /// The next line among what came; none where it has not come whole.
    fn next_line(&mut self, means: fn(&Heard<'_>) -> Said) -> Option<Said> {
        let length = self.unread.windows(2).position(|pair| pair == b"\r\n")? + 2;
        let said = means(&Heard::of(&self.unread[..length]));
        self.unread.drain(..length);
        Some(said)
    }

    /// Reads what there is, at least one byte; none where the other side has closed.
    async fn read(&mut self) -> Result<usize, Broken> {
        // A server may repeat what it was told.
        let mut piece = Zeroizing::new([0; 4096]);
        let length = self.stream.read(&mut *piece).await?;
        self.unread.extend_from_slice(&piece[..length]);
        Ok(length)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use tokio::io::{AsyncBufReadExt as _, BufReader, duplex};
    use tokio::time::Instant;

    use super::*;

    const READY: &str = "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n";

    /// What comes of a login on a server that says this line after line, each when it has heard one (the first at once); and what it heard.
    async fn with_server(lines: &[&str]) -> (Login, Vec<String>) {
        let (ours, theirs) = duplex(1024);
        let server = async {
            let (reading, mut writing) = tokio::io::split(theirs);
            let mut told = BufReader::new(reading).lines();
            let mut lines_heard = Vec::new();
            for line in lines {
                writing.write_all(line.as_bytes()).await.unwrap();
                lines_heard.extend(told.next_line().await.unwrap());
            }
            lines_heard
        };
        let anna = Address::parse("anna@example.com").unwrap();
        let password = SecretString::from("p\u{e9}+1");
        tokio::join!(log_in(ours, &anna, &password, Duration::from_secs(60)), server)
    }

    #[tokio::test(start_paused = true)]
    async fn a_login_is_asked_for_made_and_ended_politely() {
        let (login, heard) = with_server(&[READY, "+ \r\n", "* OK by the way\r\na1 OK Logged in\r\n"]).await;
        assert_eq!(login, Login::Holds);
        assert_eq!(heard, ["a1 AUTHENTICATE PLAIN", "AGFubmFAZXhhbXBsZS5jb20AcMOpKzE=", "a2 LOGOUT"]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_wrong_password_is_one_and_a_server_without_an_answer_is_none() {
        let (login, heard) = with_server(&[READY, "+ \r\n", "a1 NO [AUTHENTICATIONFAILED] No.\r\n"]).await;
        assert_eq!(login, Login::Refused { words: "[AUTHENTICATIONFAILED] No.".to_owned() });
        assert_eq!(heard.last().unwrap(), "a2 LOGOUT");
        for end in [
            "a1 NO [UNAVAILABLE] Later.\r\n",
            "a1 NO [ALERT] maintenance\r\n",
            "a1 NO [AUTHORIZATIONFAILED] Not here.\r\n",
            "* BYE Internal error.\r\n",
            "a1 BAD what?\r\n",
            "+ more\r\n",
            "nonsense\r\n",
            "",
        ] {
            let (login, _) = with_server(&[READY, "+ \r\n", end]).await;
            assert!(matches!(login, Login::Down { .. }), "{end:?}: {login:?}");
        }
    }

    /// NET-32: a server that has not invited to it gets no password, and what it says then is not of the password.
    #[tokio::test(start_paused = true)]
    async fn no_password_is_sent_uninvited() {
        for lines in [
            &["* BYE Overloaded.\r\n"][..],
            &["* PREAUTH Welcome.\r\n"],
            &["HTTP/1.1 400 Bad Request\r\n\r\n"],
            &[READY, "a1 NO [AUTHENTICATIONFAILED] Not that way.\r\n"],
            &[READY, "a1 NO Unsupported authentication mechanism.\r\n"],
            &[READY, "a1 OK Come in.\r\n"],
            &[READY, "* BYE Bye.\r\n"],
        ] {
            let (login, heard) = with_server(lines).await;
            assert!(matches!(login, Login::Down { .. }), "{lines:?}: {login:?}");
            assert!(heard.iter().all(|line| line == "a1 AUTHENTICATE PLAIN"), "{heard:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_server_is_not_waited_for_for_ever_nor_one_that_never_ends() {
        let anna = Address::parse("anna@example.com").unwrap();
        let password = SecretString::from("pw");
        let began = Instant::now();
        let (ours, _theirs) = duplex(64);
        let login = log_in(ours, &anna, &password, Duration::from_secs(7)).await;
        assert_eq!((login, began.elapsed().as_secs()), (Login::down("no answer within 7 s"), 7));
        let (ours, mut theirs) = duplex(64);
        let endless = async { while theirs.write_all(b"* OK and on and on ").await.is_ok() {} };
        let (login, ()) = tokio::join!(log_in(ours, &anna, &password, Duration::from_secs(7)), endless);
        assert_eq!(login, Login::down("it says more than any login needs"));
    }
}
