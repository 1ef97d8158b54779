//! How a list is made.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::binary::Binary;
use super::pieces::{Content, encoded};
use super::workbook::{Spreadsheet, Workbook};
use super::zip::{End, Part, zip};

/// How a list is made. One of `text`, `fixture`, `base64`, `workbook`, `spreadsheet`, `binary` says what it is; parts alone make a zip file.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recipe {
    /// A text.
    text: Option<Content>,
    /// The text's encoding.
    encoding: Option<String>,
    /// Whether the text begins with a byte order mark.
    #[serde(default)]
    mark: bool,
    /// A file below `fixtures`.
    fixture: Option<String>,
    /// The file itself.
    base64: Option<String>,
    workbook: Option<Workbook>,
    spreadsheet: Option<Spreadsheet>,
    binary: Option<Binary>,
    /// Parts of the zip file, in the place of those of the same name, or further ones.
    #[serde(default)]
    parts: Vec<Part>,
    /// The parts that are missing.
    #[serde(default)]
    without: Vec<String>,
    /// What the zip file's end says that is not so.
    #[serde(default)]
    end: End,
    /// What stands in the file instead of something else.
    #[serde(default)]
    patch: Vec<Patch>,
    /// How many bytes are left of the file.
    cut: Option<usize>,
}

/// Something that stands in a file instead of something else.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Patch {
    /// What is looked for, where it first stands.
    find: Content,
    /// What stands there instead.
    put: Content,
}

impl Recipe {
    /// The ending that such a file usually has.
    ///
    /// # Panics
    ///
    /// Where the fixture has none.
    pub fn ending(&self) -> &str {
        match self {
            Self { fixture: Some(path), .. } => Path::new(path).extension().unwrap().to_str().unwrap(),
            Self { text: Some(_), .. } => "csv",
            Self { spreadsheet: Some(_), .. } => "ods",
            Self { binary: Some(_), .. } => "xlsb",
            _ => "xlsx",
        }
    }

    /// Writes the list to a file.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut file = BufWriter::new(fs::File::create(path)?);
        match &self.text {
            Some(text) if self.cut.is_none() && self.patch.is_empty() => self.write_text(text, &mut file)?,
            _ => file.write_all(&self.bytes())?,
        }
        file.flush()
    }

    /// The list's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = match self {
            Self { text: Some(text), .. } => {
                let mut bytes = Vec::new();
                self.write_text(text, &mut bytes).unwrap();
                bytes
            }
            Self { fixture: Some(path), .. } => fs::read(fixtures().join(path)).unwrap(),
            Self { base64: Some(text), .. } => STANDARD.decode(text.replace(['\n', ' '], "")).unwrap(),
            _ => zip(&self.all_parts(), &self.end),
        };
        for patch in &self.patch {
            bytes = patch.apply(&bytes);
        }
        bytes.truncate(self.cut.unwrap_or(usize::MAX));
        bytes
    }

    /// How many bytes its parts really hold; of what is no zip file, how many it has.
    pub fn inflated(&self) -> u64 {
        match self {
            Self { text: None, fixture: None, base64: None, .. } => self.all_parts().iter().map(Part::inflated).sum(),
            _ => u64::try_from(self.bytes().len()).unwrap(),
        }
    }

    fn write_text(&self, text: &Content, to: &mut dyn Write) -> io::Result<()> {
        let encoding = self.encoding.as_deref().unwrap_or("utf-8");
        let mark = if self.mark { encoded("\u{feff}", encoding) } else { Vec::new() };
        to.write_all(&mark)?;
        text.write(to, encoding)
    }

    fn all_parts(&self) -> Vec<Part> {
        let mut parts = match self {
            Self { workbook: Some(workbook), .. } => workbook.parts(),
            Self { spreadsheet: Some(spreadsheet), .. } => spreadsheet.parts(),
            Self { binary: Some(binary), .. } => binary.parts(),
            _ => Vec::new(),
        };
        parts.retain(|part| !self.without.contains(&part.name));
        for part in &self.parts {
            match parts.iter_mut().find(|own| own.name == part.name && !part.beside) {
                Some(own) => *own = part.clone(),
                None => parts.push(part.clone()),
            }
        }
        parts
    }
}

impl Patch {
    fn apply(&self, bytes: &[u8]) -> Vec<u8> {
        let [find, put] = [&self.find, &self.put].map(|content| {
            let mut bytes = Vec::new();
            content.write(&mut bytes, "utf-8").unwrap();
            bytes
        });
        let at = bytes
            .windows(find.len())
            .position(|window| window == find)
            .unwrap_or_else(|| panic!("{find:?} stands nowhere"));
        [&bytes[..at], &put, &bytes[at + find.len()..]].concat()
    }
}

/// The folder `fixtures` of the repository.
pub(super) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}
