//! The value of a cell of a workbook of Excel 2007 or later as it is written down. The library that reads it passes over what it does not
//! expect there, and takes a number of the table of texts that it cannot read for 0: another cell's text would be the password.

use super::error::ListErrorKind;

/// The longest number of a text.
const MOST_DIGITS: usize = 10;

/// A cell's value as far as it was read.
#[derive(Default)]
pub(super) struct Value {
    kind: Kind,
    open: bool,
    values: u32,
    pieces: u32,
}

#[derive(Clone, Copy, Default, Eq, PartialEq)]
enum Kind {
    /// A number of the table of texts.
    Shared,
    /// A text, which may have entities.
    Text,
    /// A number, a truth value or an error.
    #[default]
    Plain,
}

impl Value {
    /// That of a cell of this type.
    pub(super) fn of(kind: Option<&str>) -> Self {
        let kind = match kind {
            Some("s") => Kind::Shared,
            Some("str" | "d" | "inlineStr" | "is") => Kind::Text,
            _ => Kind::Plain,
        };
        Self { kind, ..Self::default() }
    }

    /// The value begins.
    pub(super) fn begin(&mut self) -> Result<(), ListErrorKind> {
        self.values += 1;
        self.pieces = 0;
        if self.open || self.values > 1 {
            return Err(unlike());
        }
        self.open = true;
        Ok(())
    }

    /// The value ends.
    pub(super) fn end(&mut self) -> Result<(), ListErrorKind> {
        if std::mem::take(&mut self.open) { Ok(()) } else { Err(unlike()) }
    }

    /// A piece of text.
    pub(super) fn text(&mut self, text: &str) -> Result<(), ListErrorKind> {
        if !self.open {
            return Ok(());
        }
        self.pieces += 1;
        let digits = || text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        match self.kind {
            Kind::Text => Ok(()),
            Kind::Plain if self.pieces == 1 => Ok(()),
            Kind::Shared if self.pieces == 1 && digits() => Ok(()),
            Kind::Plain | Kind::Shared => Err(unlike()),
        }
    }

    /// An entity, which only a text has.
    pub(super) fn entity(&self) -> Result<(), ListErrorKind> {
        self.only_where(self.kind == Kind::Text)
    }

    /// A comment or the like, over which a text goes on.
    pub(super) fn remark(&self) -> Result<(), ListErrorKind> {
        self.only_where(self.kind == Kind::Text)
    }

    /// A marked section, whose text would be lost.
    pub(super) fn section(&self) -> Result<(), ListErrorKind> {
        self.only_where(false)
    }

    /// An element, which no value has.
    pub(super) fn element(&self) -> Result<(), ListErrorKind> {
        self.only_where(false)
    }

    fn only_where(&self, allowed: bool) -> Result<(), ListErrorKind> {
        if self.open && !allowed { Err(unlike()) } else { Ok(()) }
    }
}

fn unlike() -> ListErrorKind {
    ListErrorKind::Damaged("a cell's value is written as no program writes it")
}
