//! From cells to the names of cPanel accounts: the one that a row is of, and the one that a mailbox belongs to.

use super::facts::Field;
use super::flaw::Flaw;
use super::mailbox::trimmed;
use super::row::Cell;
use crate::account::AccountName;

/// Finds the account that gets the password; what is wrong is added to `flaws`.
///
/// Where the row's account column says something, it must say the same.
pub(super) fn account(name: Cell<'_>, owner: Cell<'_>, flaws: &mut Vec<Flaw>) -> Option<AccountName> {
    let before = flaws.len();
    let name = named(name, Field::Email, flaws);
    if name.is_none() && flaws.len() == before {
        flaws.push(Flaw::NoAddress);
    }
    let owner = self::owner(owner, flaws);
    if let (Some(name), Some(owner)) = (&name, &owner)
        && name != owner
    {
        flaws.push(Flaw::AccountMismatch);
    }
    name
}

/// Finds the account that a mailbox belongs to, where the row says it; what is wrong is added to `flaws`.
pub(super) fn owner(cell: Cell<'_>, flaws: &mut Vec<Flaw>) -> Option<AccountName> {
    named(cell, Field::Account, flaws)
}

/// The name in a cell; none where the cell is empty, or where it is no name, which is added to `flaws`.
fn named(cell: Cell<'_>, field: Field, flaws: &mut Vec<Flaw>) -> Option<AccountName> {
    let name = trimmed(cell, field, flaws).filter(|name| !name.is_empty())?;
    AccountName::parse(name).map_err(|error| flaws.push(Flaw::BadAccount(field, error))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::AccountNameError;

    fn found(name: &str, owner: &str) -> (Option<String>, Vec<Flaw>) {
        let mut flaws = Vec::new();
        let account = account(Cell::Text(name), Cell::Text(owner), &mut flaws);
        (account.map(|account| account.to_string()), flaws)
    }

    #[test]
    fn the_name_is_taken_without_spaces_around_it_and_in_lower_case() {
        for (name, owner) in [("shop", ""), (" Shop\u{a0}", "  "), ("shop", "SHOP")] {
            assert_eq!(found(name, owner), (Some("shop".to_owned()), vec![]));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_the_column_it_stands_in() {
        use AccountNameError::{Address, BadCharacter, BadStart};
        let (name, owner) = (Field::Email, Field::Account);
        for (cells, account, flaws) in [
            (("", ""), None, vec![Flaw::NoAddress]),
            ((" ", "shop"), None, vec![Flaw::NoAddress]),
            (("anna@example.com", ""), None, vec![Flaw::BadAccount(name, Address)]),
            (("-x", ""), None, vec![Flaw::BadAccount(name, BadStart)]),
            (("sh\nop", ""), None, vec![Flaw::LineBreak(name)]),
            (("shop", "blog"), Some("shop"), vec![Flaw::AccountMismatch]),
            (("shop", "my shop"), Some("shop"), vec![Flaw::BadAccount(owner, BadCharacter)]),
        ] {
            assert_eq!(found(cells.0, cells.1), (account.map(str::to_owned), flaws), "{cells:?}");
        }
    }

    #[test]
    fn a_number_is_no_name() {
        let mut flaws = Vec::new();
        assert!(account(Cell::Number(7.0), Cell::Formula, &mut flaws).is_none());
        assert_eq!(flaws, vec![Flaw::Number(Field::Email), Flaw::Formula(Field::Account)]);
    }
}
