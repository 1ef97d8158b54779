//! How a workbook's report looks: widths, header, and one colour a kind of outcome.

use rust_xlsxwriter::{Color, Format};

use super::joint::HEADER;
use crate::outcome::Outcome;

/// The widths of the columns of the sheet of rows, in characters.
pub(super) const ROWS_WIDTHS: [u16; HEADER.len()] = [8, 36, 12, 18, 70, 10, 12, 26];

/// The widths of the columns of the sheet of the summary, in characters.
pub(super) const SUMMARY_WIDTHS: [u16; 2] = [22, 60];

/// The header's cells.
pub(super) fn header() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0x00D9_E1F2))
}

/// A cell of text; it stays text when somebody edits it.
pub(super) fn text() -> Format {
    Format::new().set_quote_prefix()
}

/// The cell that says the outcome.
pub(super) fn outcome(outcome: Outcome) -> Format {
    let (paper, ink) = match outcome {
        Outcome::Changed | Outcome::Unchanged => (0x00C6_EFCE, 0x0000_6100),
        Outcome::Refused | Outcome::Invalid => (0x00FF_C7CE, 0x009C_0006),
        Outcome::Unknown | Outcome::NotTried => (0x00FF_EB9C, 0x007F_6000),
        Outcome::Skipped => (0x00ED_EDED, 0x0059_5959),
    };
    Format::new().set_background_color(Color::RGB(paper)).set_font_color(Color::RGB(ink))
}
