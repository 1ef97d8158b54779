//! What the user can do about what is wrong with a row.

use super::facts::Field;
use super::flaw::{Difference, Flaw};
use crate::account::AccountNameError;
use crate::target::Kind;

impl Flaw {
    /// What the user can do about it in a row of this kind.
    pub(super) fn remedy(&self, kind: Kind) -> String {
        match self.field() {
            _ if matches!(self, Self::Merged(_)) => self.remedy_in_its_cell(kind),
            Some(Field::Kind) => {
                "write mailbox or account or leave it empty, or say --columns kind=- where the column means something else"
            }
            Some(Field::Account) => {
                "write the name of the row's cPanel account or leave it empty, or say --columns account=- where the \
                 column means something else"
            }
            _ => self.remedy_in_its_cell(kind),
        }
        .to_owned()
    }

    fn remedy_in_its_cell(&self, kind: Kind) -> &'static str {
        match self {
            Self::NoAddress if kind == Kind::Account => "fill in the account's name, or delete the row",
            Self::NoAddress => "fill in the address, or delete the row",
            Self::BadAddress(..) => "write it as name@example.com, and check that the columns are not swapped",
            Self::BadAccount(_, AccountNameError::Address) => {
                "write the account's name alone; where a mailbox is meant, write mailbox into the kind column, or leave \
                 out --kind account"
            }
            Self::BadAccount(..) => "write the name as the panel has it, and check that the columns are not swapped",
            Self::NoDomain => {
                "write the full address, fill in a domain column, or use --domain; where cPanel accounts are meant, use \
                 --kind account"
            }
            Self::DomainMismatch => "make the two agree, or empty the domain's cell",
            Self::NoPassword => "fill in the password, or delete the row",
            Self::Number(Field::Password | Field::OldPassword) => {
                "format the column as text and type the password again, or use --allow-numeric for whole numbers"
            }
            Self::Number(_) | Self::Dressed(_) | Self::Moment(_) | Self::Truth(_) => {
                "format the column as text and type it again"
            }
            Self::Formula(_) => "replace the formula by its value as text (copy, paste special, values)",
            Self::Error(_) => "replace the error by a text",
            Self::Spaces(_) => "delete the space, or use --allow-spaces if it is meant",
            Self::Control(_) => "type the cell again",
            Self::LineBreak(_) => "delete the line break; in a CSV, look for a quotation mark too many",
            Self::Long(_) => "shorten it",
            Self::BadKind | Self::AccountMismatch => "correct the cell",
            Self::Hidden => "show the row, delete it, or use --include-hidden if it is meant",
            Self::Merged(_) => "unmerge the cells and fill in each row",
            Self::Wide { .. } => "put a cell that holds the delimiter in quotation marks, or delete what is too much",
            Self::Conflict(difference, _) => difference.remedy(),
        }
    }
}

impl Difference {
    fn remedy(self) -> &'static str {
        match self {
            Self::Password => "keep the row with the right password and delete the others",
            Self::OldPassword => "keep the row with the right old password and delete the others",
            Self::Account => "keep the row with the right account and delete the others",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_that_may_mean_something_else_can_be_left_unread() {
        for flaw in [Flaw::Number(Field::Account), Flaw::Formula(Field::Account), Flaw::AccountMismatch] {
            assert!(flaw.remedy(Kind::Mailbox).contains("--columns account=-"), "{flaw:?}");
        }
        for flaw in [Flaw::BadKind, Flaw::Number(Field::Kind)] {
            assert!(flaw.remedy(Kind::Mailbox).contains("--columns kind=-"), "{flaw:?}");
        }
    }

    #[test]
    fn an_address_among_accounts_has_two_ways_out() {
        let remedy = Flaw::BadAccount(Field::Email, AccountNameError::Address).remedy(Kind::Account);
        assert!(remedy.contains("kind column") && remedy.contains("--kind account"), "{remedy}");
    }
}
