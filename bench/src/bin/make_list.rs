//! `make_list shared|inline|csv ROWS DOMAINS FILE` writes a list to measure with: a workbook with shared or inline texts, or a CSV. Large
//! workbooks take much memory to write, so this is a program of its own.

use std::env;
use std::fs::OpenOptions;
use std::io::{BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt as _;

use anyhow::{Result, bail};
use rust_xlsxwriter::Workbook;

const USAGE: &str = "say `make_list shared|inline|csv ROWS DOMAINS FILE`";

const HEADER: [&str; 3] = ["email", "password", "name"];

/// How long a password is.
const LENGTH: usize = 16;

/// The signs of passwords, none of which a CSV would quote. The letters and digits are those that nobody takes for others.
const UPPER: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const LOWER: &[u8] = b"abcdefghijkmnopqrstuvwxyz";
const DIGITS: &[u8] = b"23456789";
const SIGNS: &[u8] = b"!#%*+?_-";

const FIRST: &[&str] =
    &["Anna", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Hugo", "Ida", "Jonas", "Klara", "Leo"];
const LAST: &[&str] =
    &["Orchard", "Fisher", "Miller", "Baker", "Hunter", "Carter", "Shepherd", "Weaver", "Mason", "Archer"];

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let [kind, rows, domains, path] = &words[..] else { bail!(USAGE) };
    let list = List { rows: rows.parse()?, domains: domains.parse()? };
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    match kind.as_str() {
        "shared" | "inline" => list.write_workbook(file, kind == "shared"),
        "csv" => list.write_csv(file),
        _ => bail!(USAGE),
    }
}

struct List {
    rows: u32,
    domains: u32,
}

impl List {
    /// The cells of a row, counted from 1.
    fn row(&self, row: u32) -> [String; 3] {
        let domain = match row % self.domains {
            0 => "example.com".to_owned(),
            number => format!("site{number}.example"),
        };
        let (first, last) = (pick(FIRST, u64::from(row)), pick(LAST, mixed(u64::from(row))));
        [format!("user{row}@{domain}"), password(row), format!("{first} {last}")]
    }

    fn write_workbook(&self, file: impl Write + std::io::Seek + Send, shared: bool) -> Result<()> {
        let mut workbook = Workbook::new();
        let sheet = if shared {
            workbook.add_worksheet_with_low_memory()
        } else {
            workbook.add_worksheet_with_constant_memory()
        };
        let sheet = sheet?;
        for (column, header) in (0..).zip(HEADER) {
            sheet.write_string(0, column, header)?;
        }
        for row in 1..=self.rows {
            for (column, text) in (0..).zip(self.row(row)) {
                sheet.write_string(row, column, text)?;
            }
        }
        workbook.save_to_writer(file)?;
        Ok(())
    }

    fn write_csv(&self, file: impl Write) -> Result<()> {
        let mut file = BufWriter::new(file);
        writeln!(file, "{}", HEADER.join(","))?;
        for row in 1..=self.rows {
            writeln!(file, "{}", self.row(row).join(","))?;
        }
        file.flush()?;
        Ok(())
    }
}

/// The password of a row: a capital letter first and four signs of every kind in all. The row's own number is in it, so that all are different.
fn password(row: u32) -> String {
    let kinds = [UPPER, LOWER, DIGITS, SIGNS];
    let mut chance = mixed(u64::from(row));
    // Eight letters say more than 36 bits, so that those of the row are not lost.
    let mut number = u64::from(row) | (chance >> 48) << 20;
    let mut letters = String::with_capacity(LENGTH);
    for place in 0..LENGTH {
        let kind = kinds[place % kinds.len()];
        // The letters say the number, the other signs are chance.
        let from = if kind.len() > DIGITS.len() { &mut number } else { &mut chance };
        letters.push(char::from(pick(kind, *from)));
        *from /= kind.len() as u64;
    }
    letters
}

fn pick<T: Copy>(from: &[T], number: u64) -> T {
    from[usize::try_from(number % from.len() as u64).unwrap_or_default()]
}

/// Mixes the bits of a number, as `SplitMix64` does.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_address_and_password_is_another_and_names_are_few() {
        let list = List { rows: 50_000, domains: 20 };
        for column in [0, 1] {
            let cells: HashSet<_> = (1..=list.rows).map(|row| list.row(row)[column].clone()).collect();
            assert_eq!(cells.len(), 50_000, "column {column}");
        }
        let names: HashSet<_> = (1..=list.rows).map(|row| list.row(row)[2].clone()).collect();
        assert_eq!(names.len(), FIRST.len() * LAST.len());
        let domains: HashSet<_> =
            (1..=100).map(|row| list.row(row)[0].split_once('@').map(|at| at.1.to_owned())).collect();
        assert_eq!(domains.len(), 20);
        assert_eq!(List { rows: 1, domains: 1 }.row(1)[0], "user1@example.com");
    }

    #[test]
    fn a_password_has_signs_of_every_kind() {
        for row in [1, 2, 1_048_575] {
            let password = password(row);
            assert_eq!(password.len(), LENGTH);
            for kind in [UPPER, LOWER, DIGITS, SIGNS] {
                assert_eq!(password.bytes().filter(|byte| kind.contains(byte)).count(), 4, "{password}");
            }
        }
    }
}
