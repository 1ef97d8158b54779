//! Zip files byte by byte (APPNOTE.TXT of PKWARE), with every lie that their headers can tell.

use serde::Deserialize;

use super::deflate::{Packed, deflated, stored};
use super::pieces::Content;

/// A part of a zip file.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Part {
    /// Its name; `{n}` in it stands for its number where there are many.
    pub(crate) name: String,
    /// What is in it.
    #[serde(default = "nothing")]
    pub(crate) content: Content,
    /// Whether it stands there uncompressed.
    #[serde(default)]
    pub(crate) store: bool,
    /// How many such parts there are.
    #[serde(default = "one")]
    pub(crate) times: u32,
    /// Whether all of them share the bytes of the first.
    #[serde(default)]
    pub(crate) overlap: bool,
    /// Whether it stands beside a part of the same name, instead of in its place.
    #[serde(default)]
    pub(crate) beside: bool,
    /// What its headers say that is not so.
    #[serde(default)]
    pub(crate) says: Lies,
}

/// What headers say that is not so; what is left out is true.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Lies {
    /// The inflated size.
    pub(crate) size: Option<u32>,
    /// The compressed size.
    pub(crate) compressed: Option<u32>,
    /// The checksum.
    pub(crate) crc: Option<u32>,
    /// The method of compression: 0 is none, 8 deflate.
    pub(crate) method: Option<u16>,
    /// The flags: bit 0 says encrypted.
    pub(crate) flags: Option<u16>,
    /// The name in the header that stands before the content; the directory has the other one.
    pub(crate) local_name: Option<String>,
    /// The sizes of a zip64 field, in the directory: inflated, compressed.
    pub(crate) zip64: Option<(u64, u64)>,
    /// Where the part's own header begins.
    pub(crate) offset: Option<u32>,
}

/// What the end of a zip file says that is not so.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct End {
    /// How many parts there are.
    pub(crate) parts: Option<u16>,
    /// How long the directory is.
    pub(crate) length: Option<u32>,
    /// Where the directory begins.
    pub(crate) offset: Option<u32>,
    /// What stands behind everything, as the file's comment.
    pub(crate) comment: Option<String>,
    /// Whether the end stands there twice, the first time for an empty file.
    #[serde(default)]
    pub(crate) twice: bool,
}

fn nothing() -> Content {
    Content::from("")
}

fn one() -> u32 {
    1
}

impl Part {
    /// An honest part.
    pub(crate) fn new(name: &str, content: impl Into<Content>) -> Self {
        let lies = Lies::default();
        Self {
            name: name.to_owned(),
            content: content.into(),
            store: false,
            times: 1,
            overlap: false,
            beside: false,
            says: lies,
        }
    }
}

impl Part {
    /// How many bytes it holds, as often as it is there.
    pub(crate) fn inflated(&self) -> u64 {
        deflated(&self.content).size * u64::from(self.times)
    }
}

/// The zip file of these parts.
pub(crate) fn zip(parts: &[Part], end: &End) -> Vec<u8> {
    let (mut file, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u32);
    for part in parts {
        let packed = if part.store { stored(&part.content) } else { deflated(&part.content) };
        let mut offset = file.len();
        for number in 1..=part.times {
            let name = part.name.replace("{n}", &number.to_string());
            if number == 1 || !part.overlap {
                offset = file.len();
                local(&mut file, part, &name, &packed);
                file.extend(&packed.bytes);
            }
            central(&mut directory, part, &name, &packed, offset);
            count += 1;
        }
    }
    let offset = file.len();
    file.extend(&directory);
    if end.twice {
        ended(&mut file, &End::default(), 0, 0, offset);
    }
    ended(&mut file, end, count, directory.len(), offset);
    file
}

/// The header before a part's content (APPNOTE 4.3.7).
fn local(file: &mut Vec<u8>, part: &Part, name: &str, packed: &Packed) {
    let name = part.says.local_name.as_deref().unwrap_or(name);
    file.extend(b"PK\x03\x04\x14\0");
    common(file, part, packed, false);
    file.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    file.extend([0, 0]);
    file.extend(name.as_bytes());
}

/// A part's entry in the directory (APPNOTE 4.3.12), with a zip64 field (4.5.3) where it says so.
fn central(directory: &mut Vec<u8>, part: &Part, name: &str, packed: &Packed, offset: usize) {
    let extra = part.says.zip64.map_or(Vec::new(), |(size, compressed)| {
        [&[1, 0, 16, 0][..], &size.to_le_bytes(), &compressed.to_le_bytes()].concat()
    });
    directory.extend(b"PK\x01\x02\x14\0\x14\0");
    common(directory, part, packed, part.says.zip64.is_some());
    directory.extend(u16::try_from(name.len()).unwrap().to_le_bytes());
    directory.extend(u16::try_from(extra.len()).unwrap().to_le_bytes());
    directory.extend([0; 12 - 2]);
    directory.extend(part.says.offset.unwrap_or_else(|| cut_to_32(offset)).to_le_bytes());
    directory.extend(name.as_bytes());
    directory.extend(extra);
}

/// What both headers say alike: flags, method, time, checksum, sizes.
fn common(header: &mut Vec<u8>, part: &Part, packed: &Packed, elsewhere: bool) {
    let says = &part.says;
    header.extend(says.flags.unwrap_or(0).to_le_bytes());
    header.extend(says.method.unwrap_or(if part.store { 0 } else { 8 }).to_le_bytes());
    header.extend([0, 0, 0x21, 0]);
    header.extend(says.crc.unwrap_or(packed.crc).to_le_bytes());
    let sizes = [
        says.compressed.unwrap_or_else(|| cut_to_32(packed.bytes.len())),
        says.size.unwrap_or_else(|| u32::try_from(packed.size).unwrap_or(u32::MAX)),
    ];
    header.extend(sizes.map(|size| if elsewhere { u32::MAX } else { size }).into_iter().flat_map(u32::to_le_bytes));
}

/// The end of the directory (APPNOTE 4.3.16), before it that of zip64 (4.3.14, 4.3.15) where there are too many parts for it.
fn ended(file: &mut Vec<u8>, end: &End, count: u32, length: usize, offset: usize) {
    let short = u16::try_from(count).unwrap_or(u16::MAX);
    if short == u16::MAX {
        let start = u64::try_from(file.len()).unwrap();
        let (length, offset) = (u64::try_from(length).unwrap(), u64::try_from(offset).unwrap());
        file.extend(b"PK\x06\x06");
        file.extend(44_u64.to_le_bytes());
        file.extend(b"\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
        file.extend([u64::from(count), u64::from(count), length, offset].into_iter().flat_map(u64::to_le_bytes));
        file.extend(b"PK\x06\x07\0\0\0\0");
        file.extend(start.to_le_bytes());
        file.extend(1_u32.to_le_bytes());
    }
    let comment = end.comment.as_deref().unwrap_or_default();
    let parts = end.parts.unwrap_or(short).to_le_bytes();
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(parts.into_iter().chain(parts));
    file.extend(end.length.unwrap_or_else(|| cut_to_32(length)).to_le_bytes());
    file.extend(end.offset.unwrap_or_else(|| cut_to_32(offset)).to_le_bytes());
    file.extend(u16::try_from(comment.len()).unwrap().to_le_bytes());
    file.extend(comment.as_bytes());
}

fn cut_to_32(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}
