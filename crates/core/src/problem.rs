//! What is wrong with a row of the list: where, why, and what to do. Never what stands in the cell.

use std::fmt;

use crate::place::Place;
use crate::reason::Reason;

/// One thing that is wrong with a row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// The word for it.
    pub reason: Reason,
    /// What is wrong, as a lower-case fragment without the cell's content: "the password is a number".
    pub what: String,
    /// What the user can do about it: "format the column as text and type the password again, or use --allow-numeric".
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.what)
    }
}
