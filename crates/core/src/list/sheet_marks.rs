//! Looks through the sheets of a workbook of Excel 2007 or later (ECMA-376, part 1, 18.3.1) for what the library that reads them passes
//! over: hidden rows and columns, merged cells, errors that it does not know, and values that it would take for others.

use std::collections::HashMap;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zeroize::Zeroizing;

use super::book::{self, SheetPart};
use super::error::ListErrorKind;
use super::glance::Glance;
use super::marks::{Marks, reference};
use super::markup::{Depth, is_set, malformed, number, raw};
use super::part::Part;
use super::parts::{Parts, damaged};
use super::source::Input;
use super::values::Value;

/// How many rows a sheet has at most.
const MOST_ROWS: u32 = 1_048_576;

/// What a sheet holds that the library does not give.
#[derive(Clone, Debug, Default)]
pub(super) struct Looked {
    /// What it says of whole rows and columns.
    pub(super) marks: Marks,
    /// Where errors stand, in the order of the sheet.
    pub(super) errors: Vec<(u32, u32)>,
}

/// What each sheet holds, by its name; `wanted` is the only one that matters, where the user names it. In a plain sheet there is none of it.
pub(super) fn of_workbook(
    input: &mut Input<'_>,
    counted: &[Part],
    wanted: Option<&str>,
) -> Result<HashMap<String, Looked>, ListErrorKind> {
    let wanted = wanted.map(str::to_lowercase);
    let mut parts = Parts::new(input, counted)?;
    let mut found = HashMap::new();
    for SheetPart { name, part, .. } in book::read(&mut parts)?.sheets {
        let matters = wanted.as_ref().is_none_or(|wanted| *wanted == name.to_lowercase());
        let looked = match part.filter(|_| matters) {
            Some(part) if !is_plain(parts.open(part)?)? => look_through(parts.open(part)?)?,
            _ => Looked::default(),
        };
        found.entry(name).or_insert(looked);
    }
    Ok(found)
}

/// Whether the sheet is written so plainly that it need not be looked through.
fn is_plain(mut sheet: impl BufRead) -> Result<bool, ListErrorKind> {
    let mut glance = Glance::new();
    loop {
        let bytes = sheet.fill_buf().map_err(|_| damaged())?;
        if bytes.is_empty() {
            return Ok(glance.ended());
        }
        let length = bytes.len();
        glance.over(bytes);
        sheet.consume(length);
    }
}

/// Reads the elements as the library does.
fn look_through(sheet: impl BufRead) -> Result<Looked, ListErrorKind> {
    let mut reader = Reader::from_reader(sheet);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut buffer = Zeroizing::new(Vec::new());
    let mut sheet = Sheet::default();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| malformed())? {
            Event::Start(tag) => sheet.begin(&tag)?,
            Event::End(tag) => sheet.end(tag.local_name().as_ref())?,
            Event::Text(text) => sheet.value.text(&text)?,
            Event::Eof => return Ok(sheet.looked),
            Event::GeneralRef(_) => sheet.value.entity()?,
            Event::CData(_) => sheet.value.section()?,
            _ => sheet.value.remark()?,
        }
    }
}

/// A sheet as far as it was read.
#[derive(Default)]
struct Sheet {
    looked: Looked,
    has_data: bool,
    /// Where the next cell stands that does not say it itself.
    row: u32,
    column: u32,
    in_hidden_row: bool,
    value: Value,
    depth: Depth,
}

impl Sheet {
    fn begin(&mut self, tag: &BytesStart<'_>) -> Result<(), ListErrorKind> {
        self.depth.begin()?;
        match tag.local_name().as_ref() {
            "c" => self.begin_cell(tag)?,
            "row" => self.begin_row(tag)?,
            "v" => self.value.begin()?,
            "sheetData" if self.has_data => return Err(ListErrorKind::Damaged("a sheet of it holds two tables")),
            "sheetData" => self.has_data = true,
            "col" if is_set(tag, "hidden")? => hide_columns(tag, &mut self.looked.marks)?,
            "mergeCell" => merge(tag, &mut self.looked.marks)?,
            _ => self.value.element()?,
        }
        Ok(())
    }

    fn begin_row(&mut self, tag: &BytesStart<'_>) -> Result<(), ListErrorKind> {
        if let Some(number) = number(tag, "r")? {
            self.row = number.checked_sub(1).ok_or_else(malformed)?;
        }
        if self.row >= MOST_ROWS {
            return Err(outside());
        }
        self.in_hidden_row = is_set(tag, "hidden")?;
        if self.in_hidden_row {
            self.looked.marks.hide_rows(self.row, self.row);
        }
        Ok(())
    }

    /// A cell may say that it stands in another row than the one it is listed in, and the library believes it.
    fn begin_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), ListErrorKind> {
        let (mut place, mut kind) = (None, None);
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| malformed())?;
            match attribute.key.as_ref() {
                "r" if place.is_none() => place = Some(reference(&attribute.value).ok_or_else(outside)?),
                "t" if kind.is_none() => kind = Some(attribute.value),
                "r" | "t" => return Err(malformed()),
                _ => {}
            }
        }
        let (row, column) = place.unwrap_or((self.row, self.column));
        self.column = column.saturating_add(1);
        if self.in_hidden_row && row != self.row {
            self.looked.marks.hide_rows(row, row);
        }
        if kind.as_deref() == Some("e") {
            self.looked.errors.push((row, column));
        }
        self.value = Value::of(kind.as_deref());
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ListErrorKind> {
        self.depth.end();
        match name {
            "v" => self.value.end()?,
            "row" => {
                self.row = self.row.saturating_add(1);
                self.column = 0;
                self.in_hidden_row = false;
            }
            _ => {}
        }
        Ok(())
    }
}

fn outside() -> ListErrorKind {
    ListErrorKind::Damaged("it has a cell outside the sheet")
}

fn hide_columns(columns: &BytesStart<'_>, marks: &mut Marks) -> Result<(), ListErrorKind> {
    let from_0 = |name| number(columns, name)?.and_then(|column| column.checked_sub(1)).ok_or_else(malformed);
    marks.hide_columns(from_0("min")?, from_0("max")?);
    Ok(())
}

fn merge(area: &BytesStart<'_>, marks: &mut Marks) -> Result<(), ListErrorKind> {
    let Some(area) = raw(area, "ref")? else { return Ok(()) };
    let (first, last) = area.split_once(':').unwrap_or((&area, &area));
    let (first, last) = reference(first).zip(reference(last)).ok_or_else(malformed)?;
    let ordered = |one: u32, other: u32| (one.min(other), one.max(other));
    marks.merge(ordered(first.0, last.0), ordered(first.1, last.1));
    Ok(())
}

#[cfg(test)]
mod tests;
