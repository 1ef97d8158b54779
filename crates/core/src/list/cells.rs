//! One row's cells by what they hold, and what they mean together: a mailbox or an account, and its passwords.

use super::account::{account, owner};
use super::facts::Field;
use super::flaw::Flaw;
use super::layout::Layout;
use super::mailbox::{mailbox, trimmed};
use super::names;
use super::options::ListOptions;
use super::password::{old_password, password};
use super::row::{Cell, Row};
use crate::account::AccountName;
use crate::change::Passwords;
use crate::target::{Kind, Target};

/// One row's cells by what they hold.
pub(super) struct Cells<'a> {
    pub(super) row: &'a Row,
    pub(super) layout: &'a Layout,
    pub(super) options: &'a ListOptions,
}

impl<'a> Cells<'a> {
    fn of(&self, field: Field) -> Cell<'a> {
        self.layout.cell(self.row, field)
    }

    /// What the row is of. Where its cell says nothing that is understood, it is what the user says; what is wrong is added to `flaws`.
    pub(super) fn kind(&self, flaws: &mut Vec<Flaw>) -> Kind {
        let said = trimmed(self.of(Field::Kind), Field::Kind, flaws).filter(|word| !word.is_empty());
        let understood = said.and_then(names::kind);
        if said.is_some() && understood.is_none() {
            flaws.push(Flaw::BadKind);
        }
        understood.unwrap_or(self.options.kind)
    }

    /// What gets the password, and the account to act for; what is wrong is added to `flaws`. An account acts for itself, and its row's
    /// domain means nothing.
    pub(super) fn target(&self, kind: Kind, flaws: &mut Vec<Flaw>) -> (Option<Target>, Option<AccountName>) {
        let (name, account_cell) = (self.of(Field::Email), self.of(Field::Account));
        match kind {
            Kind::Mailbox => {
                let address = mailbox(name, self.of(Field::Domain), self.options.domain.as_deref(), flaws);
                (address.map(Target::from), owner(account_cell, flaws))
            }
            Kind::Account => (account(name, account_cell, flaws).map(Target::from), None),
        }
    }

    /// The passwords; what is wrong is added to `flaws`. A mailbox has no use for its old one, so nobody looks at that cell.
    pub(super) fn passwords(&self, kind: Kind, flaws: &mut Vec<Flaw>) -> Option<Passwords> {
        let new = password(self.of(Field::Password), self.options, flaws);
        let old = match kind {
            Kind::Mailbox => None,
            Kind::Account => old_password(self.of(Field::OldPassword), self.options, flaws),
        };
        Some(Passwords { new: new?, old })
    }
}
