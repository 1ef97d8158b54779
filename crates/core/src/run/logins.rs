//! The logins of a run: how fast they go, and when no more are tried, because a mail server blocks whoever is refused too often.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

use crate::address::Address;
use crate::event::{Event, Observer};
use crate::mail::{Login, Mail};
use crate::pace::{Pace, Rate};

/// So many logins in a row may be refused, or find a server that cannot say.
const CHANCES: u32 = 5;

/// How long after a change a mail server may not see it: Dovecot looks at a password file at most once a second (`db_passwd_file_sync` in its
/// `src/auth/db-passwd-file.c`).
const UNSEEN: Duration = Duration::from_millis(1_100);

/// The logins of a run.
pub(super) struct Logins {
    pace: Pace,
    /// A login takes a chance; one that is refused keeps it, until another succeeds. Closed when none is left.
    chances: Semaphore,
    refused: Cell<u32>,
    /// How many logins in a row each server could not decide.
    undecided: RefCell<HashMap<String, u32>>,
}

impl Logins {
    /// Logins that leave no faster than this.
    pub(super) fn at(rate: Rate) -> Self {
        Self {
            pace: Pace::new(rate),
            chances: Semaphore::new(CHANCES as usize),
            refused: Cell::new(0),
            undecided: RefCell::default(),
        }
    }

    /// Logs in once, when a change that was answered then can be seen; not at all where too many were in vain.
    pub(super) async fn log_in(
        &self,
        mail: &dyn Mail,
        mailbox: &Address,
        password: &SecretString,
        answered: Option<Instant>,
        observer: &dyn Observer,
    ) -> Login {
        if let Some(answered) = answered {
            sleep_until(answered + UNSEEN).await;
        }
        let Ok(chance) = self.chances.acquire().await else {
            return Login::down("no more logins are tried, because too many were refused");
        };
        let server = mail.server(mailbox);
        if self.is_given_up(&server) {
            return Login::down(format!("{server} is not asked any more, because it could not say again and again"));
        }
        self.pace.ready().await;
        let login = mail.log_in(mailbox, password).await;
        match &login {
            Login::Holds => self.note_success(&server),
            Login::Refused { .. } => self.note_refusal(chance, observer),
            Login::Down { detail } => self.note_undecided(&server, detail, observer),
        }
        login
    }

    fn is_given_up(&self, server: &str) -> bool {
        self.undecided.borrow().get(server).is_some_and(|&count| count >= CHANCES)
    }

    fn note_success(&self, server: &str) {
        self.undecided.borrow_mut().remove(server);
        self.chances.add_permits(self.refused.take() as usize);
    }

    fn note_refusal(&self, chance: SemaphorePermit<'_>, observer: &dyn Observer) {
        chance.forget();
        self.refused.update(|count| count + 1);
        if self.refused.get() == CHANCES {
            self.chances.close();
            let why = "5 logins in a row were refused, and a mail server blocks whoever goes on; look whether it is the right one (--imap-host)";
            observer.note(&Event::LoginsEnded { why });
        }
    }

    fn note_undecided(&self, server: &str, detail: &str, observer: &dyn Observer) {
        let count = {
            let mut undecided = self.undecided.borrow_mut();
            let count = undecided.entry(server.to_owned()).or_default();
            *count += 1;
            *count
        };
        if count == CHANCES {
            let why = format!("{server} could not say 5 times in a row, and is not asked any more: {detail}");
            observer.note(&Event::LoginsEnded { why: &why });
        }
    }
}
