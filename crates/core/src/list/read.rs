//! Reads a list: opens it, tells what it is, and has it read and understood.

use std::panic::{self, AssertUnwindSafe};

use super::container;
use super::delimited;
use super::error::{ListError, ListErrorKind};
use super::facts::{Format, ListFacts};
use super::grid;
use super::options::ListOptions;
use super::source::{Input, Source};
use super::suspicion::{Suspicion, suspicions};
use super::understand::Understanding;
use super::watch::Watch;
use super::xlsb;
use super::xlsx;
use crate::address::normal_domain;
use crate::entry::Entry;

/// A list that was read.
#[derive(Debug)]
pub struct List {
    /// One for each row below the header that is not empty, in list order.
    pub entries: Vec<Entry>,
    /// What was found out on the way.
    pub facts: ListFacts,
    /// What is suspicious about the new passwords: not to be sent before the user has confirmed it.
    pub suspicions: Vec<Suspicion>,
}

/// Reads a list and understands its rows. A list of nothing but a header has no entries.
///
/// # Errors
///
/// Says why it cannot be read as a list at all; what is wrong with single rows stands in their entries.
pub fn read(source: &Source, options: &ListOptions) -> Result<List, ListError> {
    let file = source.name();
    read_named(source, options, &file).map_err(|kind| kind.in_file(&file))
}

fn read_named(source: &Source, options: &ListOptions, file: &str) -> Result<List, ListErrorKind> {
    if options.domain.as_deref().is_some_and(|domain| normal_domain(domain).is_err()) {
        return Err(ListErrorKind::BadDomain);
    }
    if !options.header && options.columns.is_empty() {
        return Err(ListErrorKind::NoColumns);
    }
    let opened = source.open()?;
    let watch = opened.watch;
    let read = read_opened(opened.input, opened.length, options, file);
    if watch.as_ref().is_some_and(Watch::saw_a_change) {
        return Err(ListErrorKind::Changed);
    }
    let mut list = read?;
    if let (Some(watch), Source::File(path)) = (watch, source) {
        list.facts.warnings.extend(watch.exposure(path));
    }
    Ok(list)
}

fn read_opened(mut input: Input<'_>, length: u64, options: &ListOptions, file: &str) -> Result<List, ListErrorKind> {
    let format = container::tell(&mut input, options.encoding.is_some())?;
    let mut facts = ListFacts::new(file.to_owned(), format);
    facts.warnings.extend(idle_options(options, format).map(str::to_owned));
    let mut list = Understanding::new(options, facts);
    let read = match format {
        Format::Csv => delimited::read(input, length, &mut list),
        Format::Xlsx => survived(|| xlsx::read(input, length, &mut list)),
        Format::Xlsb => survived(|| xlsb::read(input, length, &mut list)),
        Format::Ods => survived(|| grid::read_ods(input, length, &mut list)),
        Format::Xls => survived(|| grid::read_xls(input, length, &mut list)),
    };
    // What is wrong with the rows before is told rather than where reading ended.
    list.settle()?;
    read?;
    let (entries, facts) = list.finish()?;
    let suspicions = suspicions(&entries, &facts.columns);
    Ok(List { entries, facts, suspicions })
}

/// What to say about options that mean nothing for this kind of list.
fn idle_options(options: &ListOptions, format: Format) -> Option<&'static str> {
    if format == Format::Csv {
        return options.sheet.as_ref().map(|_| "a text list has no sheets: --sheet was passed over");
    }
    let said = options.delimiter.is_some() || options.encoding.is_some();
    said.then_some("a workbook knows its own form: --delimiter and --encoding were passed over")
}

/// The library that reads workbooks panics over some damaged ones; for the user that is a damaged workbook.
fn survived(read: impl FnOnce() -> Result<(), ListErrorKind>) -> Result<(), ListErrorKind> {
    let ended = panic::catch_unwind(AssertUnwindSafe(read));
    ended.unwrap_or(Err(ListErrorKind::Damaged("it cannot be understood")))
}
