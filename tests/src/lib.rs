//! What every black-box test stands on: a fresh place, the built programs in it, and a rehearsal panel on loopback.
//!
//! ```no_run
//! use cprekey_tests::{Panel, Place};
//!
//! let place = Place::new();
//! let panel = Panel::with_mailboxes(&place, 1);
//! place.csv("list.csv", [("user1@example.com", "Tide&Orchard#7")]);
//! let run = place.apply("list.csv").on(&panel).run();
//! assert_eq!(run.code, 0, "{run}");
//! assert_eq!(run.report()[0].outcome, "changed");
//! assert!(panel.verify("user1@example.com", "Tide&Orchard#7"));
//! ```
//!
//! Nothing of ours is imported: the programs are what `cargo xtask test` built beside the tests. Every run has a deadline, and
//! after it everything that was written is searched for the passwords and tokens of the place.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(
    clippy::must_use_candidate,
    clippy::missing_panics_doc,
    reason = "everything here panics where a test is to fail"
)]

mod control;
pub mod corpus;
mod counters;
mod deadline;
mod files;
mod forger;
mod forms;
mod identity;
mod imap_server;
mod invocation;
mod leaks;
mod logins;
mod mail;
mod panel;
mod payloads;
mod person;
mod place;
mod programs;
mod report;
mod run;

pub use counters::Counters;
pub use deadline::eventually;
pub use forger::{Aim, Ending, Forger, Forgery, Piece};
pub use imap_server::{Ending as MailEnding, MailServer, Reply};
pub use invocation::Invocation;
pub use leaks::{Needles, Searched};
pub use logins::{Attempt, imap_login, smtp_login};
pub use mail::{Dovecot, Exim};
pub use panel::{ACCOUNTS, BEFORE, Change, Panel};
pub use payloads::{Payload, harm_at_a_terminal, harm_in, payloads};
pub use person::Person;
pub use place::Place;
pub use programs::{client, program, program_with_failpoints, program_without_sync};
pub use report::{HEADER, Row};
pub use run::{Run, Running};
