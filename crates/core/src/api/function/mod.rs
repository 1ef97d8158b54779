//! Typed calls: each function's arguments as it wants them, and its data as it is.
//!
//! A reader of data expects an answer whose verdict is [`Done`](super::answer::Verdict::Done).

mod account;
mod account_password;
mod batch;
mod data;
mod hosted;
mod mailboxes;
mod owner;
mod password;
mod strength;

pub use account::{Account, account, get_user_information};
pub use account_password::{change_agrees, change_password, set_account_password};
pub use batch::{Batch, BatchError};
pub use hosted::{HostedAccount, hosted_accounts, list_accounts};
pub use mailboxes::{Mailbox, list_pops, mailboxes};
pub use owner::{domain_owner, get_domain_owner};
pub use password::{is_valid, passwd_pop, verify_password};
pub use strength::{get_required_strength, required_strength};
