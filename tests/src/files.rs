//! Lists as users have them.

use rust_xlsxwriter::Workbook;

/// A CSV list with the columns `email` and `password`.
pub(crate) fn csv(rows: &[(String, String)]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["email", "password"]).unwrap();
    for (address, password) in rows {
        writer.write_record([address, password]).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A workbook with the columns `email` and `password`, all cells texts.
pub(crate) fn xlsx(rows: &[(String, String)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "email").unwrap().write_string(0, 1, "password").unwrap();
    for (row, (address, password)) in (1..).zip(rows) {
        sheet.write_string(row, 0, address).unwrap().write_string(row, 1, password).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}
