//! What calamine, the library that reads workbooks, gives for a cell, in our words.

use calamine::{Data, DataRef};

use super::row::Cell;

/// A cell of the streaming readers.
pub(super) fn seen<'a>(value: &'a DataRef<'_>) -> Cell<'a> {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::Text(text),
        DataRef::SharedString(text) => Cell::Text(text),
        DataRef::Int(whole) => number(*whole),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(_) => Cell::Truth,
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => Cell::Moment,
        DataRef::Error(_) => Cell::Error,
    }
}

/// A cell of the readers that take a sheet as a whole.
pub(super) fn seen_whole(value: &Data) -> Cell<'_> {
    match value {
        Data::Empty => Cell::Empty,
        Data::String(text) => Cell::Text(text),
        Data::Int(whole) => number(*whole),
        Data::Float(number) => Cell::Number(*number),
        Data::Bool(_) => Cell::Truth,
        Data::DateTime(_) | Data::DateTimeIso(_) | Data::DurationIso(_) => Cell::Moment,
        Data::Error(_) => Cell::Error,
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers beyond 53 bits are refused anyway")]
fn number(whole: i64) -> Cell<'static> {
    Cell::Number(whole as f64)
}
