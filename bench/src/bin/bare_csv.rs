//! `bare_csv FILE` reads every record of a CSV into one that is used again, and does nothing but count: the least that reading it takes. It says
//! how many rows there are and how many bytes their fields have.

use std::env;
use std::io::Write as _;

use anyhow::{Context as _, Result};
use csv::{ByteRecord, ReaderBuilder};

fn main() -> Result<()> {
    let path = env::args().nth(1).context("say `bare_csv FILE`")?;
    let mut reader = ReaderBuilder::new().has_headers(false).from_path(path)?;
    let mut record = ByteRecord::new();
    let (mut rows, mut bytes) = (0_u64, 0);
    while reader.read_byte_record(&mut record)? {
        rows += 1;
        bytes += record.iter().map(<[u8]>::len).sum::<usize>();
    }
    writeln!(std::io::stdout(), "{rows} rows, {bytes} bytes")?;
    Ok(())
}
