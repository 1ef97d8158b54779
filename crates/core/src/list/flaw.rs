//! What can be wrong with a row, and the words for it. None holds a cell's content.

use super::facts::Field;
use crate::account::AccountNameError;
use crate::address::AddressError;
use crate::reason::Reason;
use crate::target::Kind;

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Flaw {
    NoAddress,
    BadAddress(Field, AddressError),
    BadAccount(Field, AccountNameError),
    AccountMismatch,
    NoDomain,
    DomainMismatch,
    NoPassword,
    Number(Field),
    /// A number that is shown otherwise than it is.
    Dressed(Field),
    Moment(Field),
    Truth(Field),
    Formula(Field),
    Error(Field),
    Spaces(Field),
    /// A control character that is no line break.
    Control(Field),
    LineBreak(Field),
    Long(Field),
    BadKind,
    /// The sheet does not show the row.
    Hidden,
    /// Merged cells reach into this column.
    Merged(Field),
    /// More cells than the header has.
    Wide {
        cells: u32,
        header: u32,
    },
    /// What is another in other rows of the same target, and those rows as a phrase.
    Conflict(Difference, String),
}

/// In what two rows of one target differ; where they differ in more, it is the first of these.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Difference {
    Password,
    OldPassword,
    Account,
}

impl Flaw {
    /// Whose cell is meant.
    pub(super) fn field(&self) -> Option<Field> {
        match self {
            Self::NoAddress | Self::NoDomain | Self::Conflict(..) => Some(Field::Email),
            Self::AccountMismatch => Some(Field::Account),
            Self::DomainMismatch => Some(Field::Domain),
            Self::NoPassword => Some(Field::Password),
            Self::BadKind => Some(Field::Kind),
            Self::Wide { .. } | Self::Hidden => None,
            Self::BadAddress(field, _)
            | Self::BadAccount(field, _)
            | Self::Spaces(field)
            | Self::Number(field)
            | Self::Dressed(field)
            | Self::Moment(field)
            | Self::Truth(field)
            | Self::Formula(field)
            | Self::Error(field)
            | Self::Control(field)
            | Self::LineBreak(field)
            | Self::Long(field)
            | Self::Merged(field) => Some(*field),
        }
    }

    /// The word for it.
    pub(super) fn reason(&self) -> Reason {
        match self {
            Self::NoAddress => Reason::NoAddress,
            Self::BadAddress(..) => Reason::BadAddress,
            Self::BadAccount(..) => Reason::BadAccount,
            Self::AccountMismatch => Reason::AccountMismatch,
            Self::NoDomain => Reason::NoDomain,
            Self::DomainMismatch => Reason::DomainMismatch,
            Self::NoPassword => Reason::NoPassword,
            Self::Number(_) | Self::Dressed(_) | Self::Moment(_) | Self::Truth(_) => Reason::NotText,
            Self::Formula(_) => Reason::Formula,
            Self::Error(_) => Reason::CellError,
            Self::Spaces(_) => Reason::Spaces,
            Self::Control(_) | Self::LineBreak(_) => Reason::ControlCharacter,
            Self::Long(_) | Self::Wide { .. } => Reason::BadRow,
            Self::BadKind => Reason::BadKind,
            Self::Hidden => Reason::HiddenRow,
            Self::Merged(_) => Reason::MergedCells,
            Self::Conflict(..) => Reason::Conflict,
        }
    }

    /// What is wrong in a row of this kind, as a lower-case fragment.
    pub(super) fn what(&self, kind: Kind) -> String {
        let noun = |field: &Field| noun(*field, kind);
        match self {
            Self::NoAddress => format!("{} is missing", noun(&Field::Email)),
            Self::BadAddress(field, error) => format!("{} is not one that a mailbox can have: {error}", noun(field)),
            Self::BadAccount(field, error) => format!("{} is not one that an account can have: {error}", noun(field)),
            Self::AccountMismatch => "the row is of another account than its account column says".to_owned(),
            Self::NoDomain => "the address is a bare user name and nothing says its domain".to_owned(),
            Self::DomainMismatch => "the address has another domain than the domain column".to_owned(),
            Self::NoPassword => "the password is missing".to_owned(),
            Self::Number(field) => format!("{} is a number, so what was typed may be lost", noun(field)),
            Self::Dressed(field) => format!("{} is a number, and is shown otherwise than it is", noun(field)),
            Self::Moment(field) => format!("{} is a date or a time, so what was typed is lost", noun(field)),
            Self::Truth(field) => format!("{} is TRUE or FALSE and not a text", noun(field)),
            Self::Formula(field) => format!("{} is a formula", noun(field)),
            Self::Error(field) => format!("{} is a formula error", noun(field)),
            Self::Spaces(field) => {
                format!(
                    "{} begins or ends with a space, or with a character that looks like one or like nothing",
                    noun(field)
                )
            }
            Self::Control(field) => format!("{} holds a control character", noun(field)),
            Self::LineBreak(field) => format!("{} holds a line break", noun(field)),
            Self::Long(field) => format!("{} is longer than 32,767 characters", noun(field)),
            Self::BadKind => "the kind is not one that is understood".to_owned(),
            Self::Hidden => "the row is hidden in the sheet, by hand or by a filter".to_owned(),
            Self::Merged(field) => format!("merged cells reach into the column of {}", noun(field)),
            Self::Wide { cells, header } => format!("the row has {cells} cells, the header {header}"),
            Self::Conflict(difference, rows) => {
                format!("the same {} has {} in {rows}", target(kind), difference.words())
            }
        }
    }
}

impl Difference {
    fn words(self) -> &'static str {
        match self {
            Self::Password => "another password",
            Self::OldPassword => "another old password, or none,",
            Self::Account => "another account, or none,",
        }
    }
}

/// What is to be changed, as it stands in a sentence.
fn target(kind: Kind) -> &'static str {
    match kind {
        Kind::Mailbox => "address",
        Kind::Account => "account",
    }
}

/// The field as it stands in a sentence about a row of this kind.
fn noun(field: Field, kind: Kind) -> &'static str {
    match (field, kind) {
        (Field::Email, Kind::Account) => "the account's name",
        _ => field.noun(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flaw_speaks_of_what_the_row_is() {
        let address = Flaw::BadAccount(Field::Email, AccountNameError::Address);
        let conflict = |difference| Flaw::Conflict(difference, "row 3".to_owned());
        for (flaw, kind, what) in [
            (Flaw::NoAddress, Kind::Mailbox, "the address is missing"),
            (Flaw::NoAddress, Kind::Account, "the account's name is missing"),
            (
                address,
                Kind::Account,
                "the account's name is not one that an account can have: it holds an @, as an e-mail address does",
            ),
            (
                Flaw::Number(Field::Account),
                Kind::Mailbox,
                "the account's name is a number, so what was typed may be lost",
            ),
            (conflict(Difference::Password), Kind::Mailbox, "the same address has another password in row 3"),
            (
                conflict(Difference::OldPassword),
                Kind::Account,
                "the same account has another old password, or none, in row 3",
            ),
            (conflict(Difference::Account), Kind::Mailbox, "the same address has another account, or none, in row 3"),
        ] {
            assert_eq!(flaw.what(kind), what);
        }
    }
}
