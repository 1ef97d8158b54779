//! A zip container whose parts have been counted, and are now looked up and read.

use std::io::{BufRead, BufReader};

use zip::ZipArchive;

use super::budget::normal;
use super::error::ListErrorKind;
use super::part::Part;
use super::source::Input;

/// A container and its parts.
pub(super) struct Parts<'a, 'b> {
    archive: ZipArchive<&'a mut Input<'b>>,
    /// In the order of the container.
    counted: &'a [Part],
}

impl<'a, 'b> Parts<'a, 'b> {
    /// Opens a container that was counted.
    pub(super) fn new(input: &'a mut Input<'b>, counted: &'a [Part]) -> Result<Self, ListErrorKind> {
        let archive = ZipArchive::new(input).map_err(|_| damaged())?;
        Ok(Self { archive, counted })
    }

    /// What was counted of a part, whatever the case of its name.
    pub(super) fn find(&self, name: &str) -> Option<&'a Part> {
        let name = normal(name.as_bytes());
        self.counted.iter().find(|part| part.name == name)
    }

    /// A part's content.
    pub(super) fn open(&mut self, part: &Part) -> Result<impl BufRead, ListErrorKind> {
        let index = self.counted.iter().position(|own| own.name == part.name).ok_or_else(damaged)?;
        self.archive.by_index(index).map(BufReader::new).map_err(|_| damaged())
    }
}

pub(super) fn damaged() -> ListErrorKind {
    ListErrorKind::Damaged("its parts do not fit together")
}
