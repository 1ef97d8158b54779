//! Looks how many texts a workbook of Excel 2007 or later announces: the library makes room for all of them, whatever then comes.

use std::io::{BufRead, BufReader};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zeroize::Zeroizing;
use zip::ZipArchive;

use super::error::ListErrorKind;
use super::source::Input;

/// More than fit in the table of texts that the budget allows.
const MOST_TEXTS: u64 = 20_000_000;

/// Refuses a workbook that announces more texts than any list has.
pub(super) fn check(input: &mut Input<'_>) -> Result<(), ListErrorKind> {
    let mut archive = ZipArchive::new(input).map_err(|_| ListErrorKind::Damaged("it is no proper zip file"))?;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| ListErrorKind::Damaged("it is no proper zip file"))?;
        if part.name_raw().to_ascii_lowercase().ends_with(b"sharedstrings.xml") {
            look_at(BufReader::new(part))?;
        }
    }
    Ok(())
}

/// Reads to the first element of the table; what is malformed is left to the library.
fn look_at(part: impl BufRead) -> Result<(), ListErrorKind> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().check_end_names = false;
    let mut buffer = Zeroizing::new(Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) if tag.local_name().as_ref() == "sst" => return allow(&tag),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

fn allow(table: &BytesStart<'_>) -> Result<(), ListErrorKind> {
    for attribute in table.attributes() {
        let attribute = attribute.map_err(|_| ListErrorKind::Damaged("its XML is malformed"))?;
        let announced = attribute.value.trim().trim_start_matches(['+', '0']);
        let many = announced.len() > 18 || announced.parse::<u64>().is_ok_and(|announced| announced > MOST_TEXTS);
        if attribute.key.as_ref() == "uniqueCount" && many {
            return Err(ListErrorKind::TooBig("it says that it has more texts than a list can have"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_texts_as_a_sheet_has_cells_are_allowed() {
        for (count, fits) in
            [("0", true), ("4194304", true), ("x", true), ("40000000000", false), (" 0099999999999999999999", false)]
        {
            let table = format!(r#"<?xml version="1.0"?><x:sst count="9" uniqueCount="{count}"><x:si/></x:sst>"#);
            assert_eq!(look_at(table.as_bytes()).is_ok(), fits, "{count}");
        }
        assert!(look_at(&b"<sst"[..]).is_ok());
    }
}
