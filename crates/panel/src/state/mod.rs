//! What the panel is a panel of: accounts, their mailboxes and the passwords of these, and the users of WHM.

mod account_passwords;
mod accounts;
mod crypt;
mod layout;
mod memory;
mod operators;
mod passwords;
mod shadow;
mod shadow_text;
mod token;

pub(crate) use accounts::{Account, Hosting, Mailbox};
pub(crate) use layout::Layout;
pub(crate) use operators::{Operator, Operators};
pub(crate) use passwords::Passwords;
pub(crate) use shadow::StoreError;
pub(crate) use token::Token;
