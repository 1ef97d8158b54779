//! A genuine workbook of as many rows as a sheet can have.

use std::path::Path;

use rust_xlsxwriter::Workbook;

/// The last row that a sheet can have, from 0.
const LAST_ROW: u32 = 1_048_575;

/// Writes a workbook of 1,048,576 rows and three columns: a header, and below it a mailbox, its password and a name in each. Its texts stand in
/// a table that all cells share, as Excel has it, or in the cells themselves.
pub fn million(path: &Path, shared: bool) {
    let mut workbook = Workbook::new();
    let sheet =
        if shared { workbook.add_worksheet_with_low_memory() } else { workbook.add_worksheet_with_constant_memory() };
    let sheet = sheet.unwrap();
    for (column, header) in (0..).zip(["email", "password", "name"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    for row in 1..=LAST_ROW {
        sheet.write_string(row, 0, format!("user{row}@example.com")).unwrap();
        sheet.write_string(row, 1, format!("Tide&Orchard#{row}")).unwrap();
        sheet.write_string(row, 2, format!("Anna Orchard the {row}th")).unwrap();
    }
    workbook.save(path).unwrap();
}
