//! `bare_cells FILE` reads every cell of a workbook's first sheet with calamine's own reader of cells, and does nothing but count: the least that
//! reading it with that library takes. It says how many rows there are and how many bytes their texts have.

use std::env;
use std::fs::File;
use std::io::{BufReader, Write as _};

use anyhow::{Context as _, Result};
use calamine::{DataRef, Reader as _, Xlsx, open_workbook};

fn main() -> Result<()> {
    let path = env::args().nth(1).context("say `bare_cells FILE`")?;
    let mut workbook: Xlsx<BufReader<File>> = open_workbook(path)?;
    let sheet = workbook.sheet_names().first().cloned().context("there is no sheet")?;
    let mut cells = workbook.worksheet_cells_reader(&sheet)?;
    let (mut rows, mut bytes) = (0, 0);
    while let Some(cell) = cells.next_cell()? {
        rows = cell.get_position().0 + 1;
        bytes += match cell.get_value() {
            DataRef::String(text) => text.len(),
            DataRef::SharedString(text) => text.len(),
            _ => 0,
        };
    }
    writeln!(std::io::stdout(), "{rows} rows, {bytes} bytes")?;
    Ok(())
}
