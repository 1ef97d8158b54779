//! What can be wrong with a row, and the words for it: what it is, and what to do. None holds a cell's content.

use super::facts::Field;
use crate::address::AddressError;
use crate::reason::Reason;

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Flaw {
    NoAddress,
    BadAddress(Field, AddressError),
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
    Spaces,
    /// A control character that is no line break.
    Control(Field),
    LineBreak(Field),
    Long(Field),
    BadKind,
    /// More cells than the header has.
    Wide {
        cells: u32,
        header: u32,
    },
    /// The rows, as a phrase, in which the address has another password.
    Conflict(String),
}

impl Flaw {
    /// Whose cell is meant.
    pub(super) fn field(&self) -> Option<Field> {
        match self {
            Self::NoAddress | Self::NoDomain | Self::Conflict(_) => Some(Field::Email),
            Self::DomainMismatch => Some(Field::Domain),
            Self::NoPassword | Self::Spaces => Some(Field::Password),
            Self::BadKind => Some(Field::Kind),
            Self::Wide { .. } => None,
            Self::BadAddress(field, _)
            | Self::Number(field)
            | Self::Dressed(field)
            | Self::Moment(field)
            | Self::Truth(field)
            | Self::Formula(field)
            | Self::Error(field)
            | Self::Control(field)
            | Self::LineBreak(field)
            | Self::Long(field) => Some(*field),
        }
    }

    /// The word for it.
    pub(super) fn reason(&self) -> Reason {
        match self {
            Self::NoAddress => Reason::NoAddress,
            Self::BadAddress(..) => Reason::BadAddress,
            Self::NoDomain => Reason::NoDomain,
            Self::DomainMismatch => Reason::DomainMismatch,
            Self::NoPassword => Reason::NoPassword,
            Self::Number(_) | Self::Dressed(_) | Self::Moment(_) | Self::Truth(_) => Reason::NotText,
            Self::Formula(_) => Reason::Formula,
            Self::Error(_) => Reason::CellError,
            Self::Spaces => Reason::Spaces,
            Self::Control(_) | Self::LineBreak(_) => Reason::ControlCharacter,
            Self::Long(_) | Self::Wide { .. } => Reason::BadRow,
            Self::BadKind => Reason::BadKind,
            Self::Conflict(_) => Reason::Conflict,
        }
    }

    /// What is wrong, as a lower-case fragment.
    pub(super) fn what(&self) -> String {
        match self {
            Self::NoAddress => "the address is missing".to_owned(),
            Self::BadAddress(field, error) => format!("{} is not one that a mailbox can have: {error}", field.noun()),
            Self::NoDomain => "the address is a bare user name and nothing says its domain".to_owned(),
            Self::DomainMismatch => "the address has another domain than the domain column".to_owned(),
            Self::NoPassword => "the password is missing".to_owned(),
            Self::Number(field) => format!("{} is a number, so what was typed may be lost", field.noun()),
            Self::Dressed(field) => format!("{} is a number, and is shown otherwise than it is", field.noun()),
            Self::Moment(field) => format!("{} is a date or a time, so what was typed is lost", field.noun()),
            Self::Truth(field) => format!("{} is TRUE or FALSE and not a text", field.noun()),
            Self::Formula(field) => format!("{} is a formula", field.noun()),
            Self::Error(field) => format!("{} is a formula error", field.noun()),
            Self::Spaces => {
                "the password begins or ends with a space, or with a character that looks like one".to_owned()
            }
            Self::Control(field) => format!("{} holds a control character", field.noun()),
            Self::LineBreak(field) => format!("{} holds a line break", field.noun()),
            Self::Long(field) => format!("{} is longer than 32,767 characters", field.noun()),
            Self::BadKind => "the kind is not one that is understood".to_owned(),
            Self::Wide { cells, header } => format!("the row has {cells} cells, the header {header}"),
            Self::Conflict(rows) => format!("the same address has another password in {rows}"),
        }
    }

    /// What the user can do about it.
    pub(super) fn remedy(&self) -> String {
        match self {
            Self::NoAddress => "fill in the address, or delete the row",
            Self::BadAddress(..) => "write it as name@example.com, and check that the columns are not swapped",
            Self::NoDomain => "write the full address, fill in a domain column, or use --domain",
            Self::DomainMismatch => "make the two agree, or empty the domain's cell",
            Self::NoPassword => "fill in the password, or delete the row",
            Self::Number(Field::Password) => {
                "format the column as text and type the password again, or use --allow-numeric for whole numbers"
            }
            Self::Number(_) | Self::Dressed(_) | Self::Moment(_) | Self::Truth(_) => {
                "format the column as text and type it again"
            }
            Self::Formula(_) => "replace the formula by its value as text (copy, paste special, values)",
            Self::Error(_) => "replace the error by a text",
            Self::Spaces => "delete the space, or use --allow-spaces if it is meant",
            Self::Control(_) => "type the cell again",
            Self::LineBreak(_) => "delete the line break; in a CSV, look for a quotation mark too many",
            Self::Long(_) => "shorten it",
            Self::BadKind => "write mailbox or leave it empty, or say --columns kind=- where the column means something else: only mailboxes are changed",
            Self::Wide { .. } => "put a cell that holds the delimiter in quotation marks, or delete what is too much",
            Self::Conflict(_) => "keep the row with the right password and delete the others",
        }
        .to_owned()
    }
}
