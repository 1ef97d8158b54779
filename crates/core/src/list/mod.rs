//! Lists: from the user's file to entries.
//!
//! A list's journey: a [`Source`] is opened and told by its content; a reader for its format gives row after row; each row is
//! understood by itself; repeats, conflicts and the limit are settled over all of them.

mod account;
mod assemble;
mod binary_parts;
mod book;
mod budget;
mod cells;
mod columns;
mod compound;
mod container;
mod delimited;
mod dialect;
mod directory;
mod doubts;
mod encoding;
mod error;
mod extent;
mod facts;
mod far_cells;
mod flaw;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod gather;
mod glance;
mod grid;
mod kept;
mod layout;
mod lines;
mod mailbox;
mod marks;
mod markup;
mod names;
mod numbers;
mod old_records;
mod open_lines;
mod options;
mod part;
mod parts;
mod password;
mod plain_tags;
mod preview;
mod quotes;
mod read;
mod records;
mod remedy;
mod repeats;
mod row;
mod sheet_marks;
mod sheets;
mod simple;
mod some;
mod source;
mod suspicion;
mod swapped;
mod texts;
mod understand;
mod unseen;
mod value;
mod values;
mod watch;
mod xlsb;
mod xlsx;

pub use columns::{Columns, ColumnsError};
pub use error::{ListError, ListErrorKind};
pub use facts::{Field, Format, ListFacts, TakenColumn};
pub use options::{ListOptions, OptionError, delimiter, encoding};
pub use preview::Preview;
pub use read::{List, read};
pub use source::Source;
pub use suspicion::Suspicion;

#[cfg(test)]
mod tests;
