//! The corpus: lists as data (`fixtures/corpus`), each with what `cprekey check` must say of it, and what makes their bytes.

mod binary;
mod case;
mod deflate;
mod million;
mod pieces;
mod recipe;
mod theme;
mod weigh;
mod workbook;
mod zip;

pub use case::{Case, Set, Verdict, Way};
pub use million::million;
pub use recipe::Recipe;
pub use theme::{cases, themes};
pub use weigh::{Weight, weigh};
