//! Gives a whole list of cPanel mailboxes their new passwords: lists → calls → paced runs → honest outcomes.
//!
//! A row's journey is the order of the modules: [`list`] reads rows, [`entry`] holds what each was understood to be, [`api`]
//! asks the panel, [`report`] keeps what became of each. The core prints nothing, ends no process, asks no question, and reads
//! neither flags nor the environment.

pub mod account;
pub mod address;
pub mod api;
pub mod brake;
pub mod change;
pub mod entry;
pub mod event;
pub mod failpoint;
pub mod journal;
pub mod line;
pub mod list;
pub mod mail;
pub mod outcome;
pub mod pace;
pub mod paced;
pub mod place;
pub mod plan;
pub mod problem;
pub mod reason;
pub mod report;
pub mod retry;
pub mod run;
#[cfg(test)]
mod scripted;
pub mod selection;
pub mod summary;
pub mod target;
pub mod text;

/// A password or a token: wiped when dropped, never shown by `Debug`; [`ExposeSecret::expose_secret`] is the only way in.
pub use secrecy::{ExposeSecret, SecretString};

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::fmt::Display;

    use serde::Serialize;

    use super::*;
    use crate::api::Call;
    use crate::api::function::Batch;
    use crate::api::https::Credential;
    use crate::change::{Change, Passwords};
    use crate::entry::{Entry, Task};
    use crate::list::{ListOptions, Source};
    use crate::target::Target;

    /// What holds for every type, and once more for one that can be shown or written: then nobody knows which is meant.
    trait CannotBeShown<Why> {
        fn holds() {}
    }

    impl<T> CannotBeShown<()> for T {}
    impl<T: Display> CannotBeShown<u8> for T {}
    impl<T: Serialize> CannotBeShown<u16> for T {}

    /// SEC-08: this is compiled only as long as a secret can be neither shown nor written.
    #[test]
    fn a_secret_can_be_neither_shown_nor_written() {
        <SecretString as CannotBeShown<_>>::holds();
        <Passwords as CannotBeShown<_>>::holds();
        <Change<'_> as CannotBeShown<_>>::holds();
        <Entry as CannotBeShown<_>>::holds();
        <Call<'_> as CannotBeShown<_>>::holds();
        <Batch as CannotBeShown<_>>::holds();
        <Credential as CannotBeShown<_>>::holds();
        <Source as CannotBeShown<_>>::holds();
    }

    /// SEC-08: whatever holds a secret has a `Debug` that does not show it.
    #[test]
    fn no_debug_shows_a_secret() {
        let secret = SecretString::from("S3CRET");
        let passwords = Passwords { new: secret.clone(), old: Some(secret.clone()) };
        let target = Target::from(address::Address::parse("anna@example.com").unwrap());
        let change = Change { target: &target, account: None, passwords: &passwords };
        let call = Call::uapi("Email", "passwd_pop").secret("password", &secret);
        let batch = Batch::new(&[call.clone().on_behalf_of("shop")]).unwrap();
        let credential = Credential { user: "shop".into(), token: secret.clone() };
        let source = Source::from_stream("-", "email,password\nanna@example.com,S3CRET\n".as_bytes()).unwrap();
        let list = list::read(&source, &ListOptions::default()).unwrap();
        assert!(matches!(list.entries[0].task, Task::Change(_)));
        let shown = format!("{change:#?} {call:#?} {batch:#?} {credential:#?} {source:#?} {list:#?}");
        assert!(shown.contains("REDACTED") && !shown.contains("S3CRET"), "{shown}");
    }
}
