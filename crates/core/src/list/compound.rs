//! Takes the workbook out of the container of Excel 97 to 2003 ([MS-CFB]: Compound File Binary File Format) as the library does, but
//! refuses chains of sectors that run in circles: those would fill the memory.

use encoding_rs::UTF_16LE;
use zeroize::Zeroizing;

use super::error::ListErrorKind;

/// Sector numbers from here on mean something else than a sector.
const FIRST_RESERVED: u32 = 0xffff_fffa;
const FIRST_NO_TABLE: u32 = 0xffff_fffc;
const END_OF_CHAIN: u32 = 0xffff_fffe;

/// Streams shorter than this are kept in sectors of 64 bytes, which themselves are kept in a stream.
const SHORTEST_LONG_STREAM: usize = 4096;
const SHORT_SECTOR: usize = 64;

/// The bytes of a header, which takes a whole sector.
const HEADER: usize = 512;

/// The content of the stream `Workbook` or `Book`; nothing where there is none.
pub(super) fn workbook(file: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, ListErrorKind> {
    let long = Sectors::of_file(file)?;
    let entries = entries(&long.chain(number(file, 48)?, usize::MAX)?, long.size);
    let root = entries.first().ok_or_else(damaged)?;
    let (mut short_bytes, mut short_next) = Default::default();
    let short_tables = index(number(file, 64)?);
    if short_tables > 0 {
        short_bytes = long.chain(root.start, root.length)?;
        short_next = numbers(&long.chain(number(file, 60)?, short_tables.saturating_mul(long.size))?);
    }
    let short = Sectors { bytes: &short_bytes, size: SHORT_SECTOR, next: short_next };
    let named = |name: &str| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
    let Some(entry) = named("Workbook").or_else(|| named("Book")) else { return Ok(None) };
    let kept_in = if entry.length < SHORTEST_LONG_STREAM { &short } else { &long };
    let content = kept_in.chain(entry.start, entry.length)?;
    if content.len() < entry.length && !content.len().is_multiple_of(kept_in.size) {
        return Err(damaged());
    }
    Ok(Some(content))
}

/// Sectors of one size, and which follows which.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u32>,
}

/// A stream's name and place.
struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> Sectors<'a> {
    /// The sectors of the file itself.
    fn of_file(file: &'a [u8]) -> Result<Self, ListErrorKind> {
        let size = match file.get(30..32) {
            Some([9, 0]) => 512,
            Some([12, 0]) => 4096,
            _ => return Err(damaged()),
        };
        let bytes = file.get(size..).ok_or_else(damaged)?;
        let mut sectors = Self { bytes, size, next: Vec::new() };
        let tables = sectors.tables(file)?;
        if tables.len() > sectors.count() {
            return Err(damaged());
        }
        for table in tables {
            let numbers = numbers(sectors.sector(table)?);
            sectors.next.extend(numbers);
        }
        Ok(sectors)
    }

    /// The sectors that say which sector follows which; the header names the first of them, and further sectors the others.
    fn tables(&self, file: &[u8]) -> Result<Vec<u32>, ListErrorKind> {
        let mut tables = numbers(file.get(76..HEADER).ok_or_else(damaged)?);
        let mut further = number(file, 68)?;
        let mut read = 0;
        while further < FIRST_RESERVED {
            read += 1;
            if read > self.count() {
                return Err(damaged());
            }
            tables.extend(numbers(self.sector(further)?));
            further = tables.pop().ok_or_else(damaged)?;
        }
        tables.retain(|table| *table < FIRST_NO_TABLE);
        Ok(tables)
    }

    /// How many sectors there are, the last one perhaps cut short.
    fn count(&self) -> usize {
        self.bytes.len().div_ceil(self.size)
    }

    fn sector(&self, id: u32) -> Result<&[u8], ListErrorKind> {
        let start = index(id).saturating_mul(self.size);
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty()).ok_or_else(damaged)?;
        Ok(&rest[..rest.len().min(self.size)])
    }

    /// The content of a chain of sectors, as much of it as wanted.
    fn chain(&self, start: u32, length: usize) -> Result<Zeroizing<Vec<u8>>, ListErrorKind> {
        let most = self.bytes.len().min(length);
        let mut content = Zeroizing::new(Vec::with_capacity(most));
        let mut id = start;
        for _ in 0..=self.count() {
            if id == END_OF_CHAIN {
                return Ok(content);
            }
            let sector = self.sector(id)?;
            let wanted = sector.len().min(length - content.len());
            content.extend_from_slice(&sector[..wanted]);
            if content.len() >= length {
                return Ok(content);
            }
            id = *self.next.get(index(id)).ok_or_else(damaged)?;
            if sector.len() < self.size && id != END_OF_CHAIN {
                return Err(damaged());
            }
        }
        Err(damaged())
    }
}

fn entries(directory: &[u8], sector_size: usize) -> Vec<Entry> {
    directory.as_chunks::<128>().0.iter().map(|bytes| entry(bytes, sector_size)).collect()
}

fn entry(bytes: &[u8; 128], sector_size: usize) -> Entry {
    let (name, ..) = UTF_16LE.decode(&bytes[..64]);
    let name = name.split('\0').next().unwrap_or_default().to_owned();
    let numbers = numbers(&bytes[116..]);
    let (start, length) = match numbers[..] {
        [start, low, high] if sector_size > HEADER => (start, index(high) << 32 | index(low)),
        [start, low, _] => (start, index(low)),
        _ => (END_OF_CHAIN, 0),
    };
    Entry { name, start, length }
}

fn number(bytes: &[u8], at: usize) -> Result<u32, ListErrorKind> {
    let bytes = bytes.get(at..).and_then(|bytes| bytes.first_chunk()).ok_or_else(damaged)?;
    Ok(u32::from_le_bytes(*bytes))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()
}

fn index(id: u32) -> usize {
    usize::try_from(id).unwrap_or(usize::MAX)
}

fn damaged() -> ListErrorKind {
    ListErrorKind::Damaged("its parts do not fit together")
}
