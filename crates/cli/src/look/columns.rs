//! The columns as they were taken: shown before the first change, with passwords masked.

use std::io;

use cprekey_core::list::{Preview, Suspicion};
use cprekey_core::place::column_letters;
use cprekey_core::text;
use serde::Serialize;

use super::json;

/// One column.
#[derive(Serialize)]
struct Shown<'a> {
    field: &'static str,
    column: String,
    header: Option<&'a str>,
    sample: &'a str,
}

/// The columns, and what is suspicious about their passwords.
#[derive(Serialize)]
#[serde(tag = "event", rename = "columns")]
struct Columns<'a> {
    columns: Vec<Shown<'a>>,
    suspicions: Vec<String>,
}

fn column<'a>(preview: &'a Preview<'_>) -> Shown<'a> {
    Shown {
        field: preview.taken.field.word(),
        column: column_letters(preview.taken.column),
        header: preview.taken.header.as_deref(),
        sample: &preview.sample,
    }
}

/// Shows a line for each column through `write`, under each other.
pub(crate) fn show_columns(previews: &[Preview<'_>], mut write: impl FnMut(String)) {
    let words = |preview| {
        let Shown { field, column, header, sample } = column(preview);
        let header = header.map(|header| format!(" \"{}\"", text::safe(header))).unwrap_or_default();
        (field, format!("column {column}{header}"), sample)
    };
    let lines: Vec<_> = previews.iter().map(words).collect();
    let widest = |width: fn(&(&str, String, &str)) -> usize| lines.iter().map(width).max().unwrap_or_default();
    let (fields, places) = (widest(|line| line.0.len()), widest(|line| line.1.chars().count()));
    for (field, place, sample) in &lines {
        write(format!("  {field:fields$}  {place:places$}  {sample}").trim_end().to_owned());
    }
}

/// Writes the columns as an event to standard output.
///
/// # Errors
///
/// Where standard output cannot be written.
pub(crate) fn write_columns(previews: &[Preview<'_>], suspicions: &[Suspicion]) -> io::Result<()> {
    let suspicions = suspicions.iter().map(ToString::to_string).collect();
    json::write(&Columns { columns: previews.iter().map(column).collect(), suspicions })
}
