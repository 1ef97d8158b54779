//! The lists of the works: always the same.

use anyhow::Result;
use rust_xlsxwriter::Workbook;

/// How many rows a long list has below its header.
pub(super) const ROWS: u32 = 10_000;

const HEADER: [&str; 3] = ["email", "name", "password"];

fn row(number: u32) -> [String; 3] {
    [format!("user{number}@example.com"), format!("User no. {number}"), format!("Tide&Orchard#{number}x")]
}

/// A text list of so many rows.
pub(super) fn csv(rows: u32) -> String {
    let lines = (1..=rows).map(|number| row(number).join(","));
    [HEADER.join(",")].into_iter().chain(lines).map(|line| line + "\n").collect()
}

/// The same as a workbook.
pub(super) fn workbook(rows: u32) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, HEADER)?;
    for number in 1..=rows {
        sheet.write_row(number, 0, row(number))?;
    }
    Ok(workbook.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_list_has_a_header_and_its_rows() {
        let text = "email,name,password\nuser1@example.com,User no. 1,Tide&Orchard#1x\n";
        assert_eq!(csv(1), text);
        assert_eq!(csv(ROWS).lines().count(), 10_001);
    }
}
