//! Numbers that a workbook shows otherwise than it holds them: `00042` is 42, `5%` is 0.05.

use std::collections::HashSet;

use calamine::{DataRef, Style, Xlsx, XlsxError};

use super::source::Input;

/// Where such numbers stand, as `(row, column)` from 0.
pub(super) fn dressed(workbook: &mut Xlsx<Input<'_>>, sheet: &str) -> Result<HashSet<(u32, u32)>, XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let plain: Vec<bool> = cells.styles().iter().map(is_plain).collect();
    let mut places = HashSet::new();
    loop {
        let (cell, style) = match cells.next_cell_with_style_id() {
            Ok(Some(cell)) => cell,
            Ok(None) => return Ok(places),
            // An error that the library does not know is no number.
            Err(XlsxError::CellError(_)) => continue,
            Err(error) => return Err(error),
        };
        let number = matches!(cell.get_value(), DataRef::Float(_) | DataRef::Int(_));
        if number && !plain.get(style).copied().unwrap_or(true) {
            places.insert(cell.get_position());
        }
    }
}

/// Whether a style shows a whole number as its digits.
fn is_plain(style: &Style) -> bool {
    let code = style.number_format.as_ref().map_or("General", |format| format.format_code.as_str());
    matches!(code, "General" | "GENERAL" | "general" | "0" | "@" | "")
}
