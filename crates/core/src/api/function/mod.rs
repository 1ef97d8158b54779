//! Typed calls: each function's arguments as it wants them, and its data as it is.
//!
//! A reader of data expects an answer whose verdict is [`Done`](super::answer::Verdict::Done).

mod account;
mod data;
mod mailboxes;
mod password;
mod strength;

pub use account::{Account, account, get_user_information};
pub use mailboxes::{Mailbox, list_pops, mailboxes};
pub use password::{is_valid, passwd_pop, verify_password};
pub use strength::{get_required_strength, required_strength};
