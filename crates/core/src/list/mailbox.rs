//! From the address and domain cells to the mailbox that is meant.

use super::facts::Field;
use super::flaw::Flaw;
use super::password::{not_text, unfit_text};
use super::row::Cell;
use crate::address::{Address, normal_domain};

/// Finds the mailbox; what is wrong is added to `flaws`.
pub(super) fn mailbox(
    email: Cell<'_>,
    domain: Cell<'_>,
    default: Option<&str>,
    flaws: &mut Vec<Flaw>,
) -> Option<Address> {
    let email = trimmed(email, Field::Email, flaws);
    let domain = trimmed(domain, Field::Domain, flaws);
    let (email, domain) = (email?, domain?);
    let found = match (email.is_empty(), email.contains('@')) {
        (true, _) => Err(Flaw::NoAddress),
        (false, true) => full(email, domain),
        (false, false) => bare(email, domain, default),
    };
    found.map_err(|flaw| flaws.push(flaw)).ok()
}

/// The cell's text without the spaces at its ends; nothing where it is no fit text.
pub(super) fn trimmed<'a>(cell: Cell<'a>, field: Field, flaws: &mut Vec<Flaw>) -> Option<&'a str> {
    let text = match cell {
        Cell::Empty => return Some(""),
        Cell::Text(text) => {
            text.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '\u{200b}' | '\u{feff}'))
        }
        _ => "",
    };
    let flaw = not_text(cell, field).or_else(|| unfit_text(text, field));
    let fit = flaw.is_none();
    flaws.extend(flaw);
    fit.then_some(text)
}

fn full(email: &str, domain: &str) -> Result<Address, Flaw> {
    let address = Address::parse(email).map_err(|error| Flaw::BadAddress(Field::Email, error))?;
    if !domain.is_empty() {
        let domain = normal_domain(domain).map_err(|error| Flaw::BadAddress(Field::Domain, error))?;
        if domain != address.domain() {
            return Err(Flaw::DomainMismatch);
        }
    }
    Ok(address)
}

fn bare(local: &str, domain: &str, default: Option<&str>) -> Result<Address, Flaw> {
    let domain = match (domain, default) {
        ("", None) => return Err(Flaw::NoDomain),
        ("", Some(default)) => default,
        (own, _) => own,
    };
    let domain = normal_domain(domain).map_err(|error| Flaw::BadAddress(Field::Domain, error))?;
    Address::new(local, &domain).map_err(|error| Flaw::BadAddress(Field::Email, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{AddressError, Character};

    fn found(email: &str, domain: &str, default: Option<&str>) -> Result<String, Vec<Flaw>> {
        let mut flaws = Vec::new();
        let address = mailbox(Cell::Text(email), Cell::Text(domain), default, &mut flaws);
        address.map(|address| address.to_string()).ok_or(flaws)
    }

    #[test]
    fn the_domain_comes_from_the_address_the_column_or_the_option() {
        for (email, domain, default, sent) in [
            ("anna@example.com", "", None, "anna@example.com"),
            (" anna@example.com\u{a0}", "", None, "anna@example.com"),
            ("anna@example.com", " Example.COM", None, "anna@example.com"),
            ("anna", "example.com", None, "anna@example.com"),
            ("anna", "example.com", Some("example.net"), "anna@example.com"),
            ("anna", "", Some("example.net"), "anna@example.net"),
            ("anna@bücher.example", "xn--bcher-kva.example", None, "anna@xn--bcher-kva.example"),
        ] {
            assert_eq!(found(email, domain, default), Ok(sent.to_owned()));
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_the_column_it_stands_in() {
        for (email, domain, flaw) in [
            ("", "example.com", Flaw::NoAddress),
            ("  ", "", Flaw::NoAddress),
            ("anna", "", Flaw::NoDomain),
            ("anna@example.com", "example.net", Flaw::DomainMismatch),
            ("anna", "localhost", Flaw::BadAddress(Field::Domain, AddressError::ShortDomain)),
            ("an na", "example.com", Flaw::BadAddress(Field::Email, AddressError::BadCharacter(Character::Space))),
            ("an\nna@example.com", "", Flaw::LineBreak(Field::Email)),
        ] {
            assert_eq!(found(email, domain, None), Err(vec![flaw]));
        }
    }

    #[test]
    fn a_number_is_no_local_part() {
        let mut flaws = Vec::new();
        assert!(mailbox(Cell::Number(7.0), Cell::Formula, None, &mut flaws).is_none());
        assert_eq!(flaws, vec![Flaw::Number(Field::Email), Flaw::Formula(Field::Domain)]);
    }
}
