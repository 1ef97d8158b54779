//! Finds secrets where they must not be, in whatever form they may have got there.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{Cursor, Read as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use calamine::{Reader as _, open_workbook_auto_from_rs};
use zip::ZipArchive;

use crate::forms::forms;

/// What is shorter is found by chance, in a time or a number.
const SHORTEST: usize = 5;

/// So many bytes lead to a secret.
const LEAD: usize = 4;

/// The secrets, each in its forms, by their first bytes.
pub struct Needles(HashMap<[u8; LEAD], Vec<Vec<u8>>>);

impl Needles {
    /// What to look for.
    pub fn new(secrets: &BTreeSet<String>) -> Self {
        let mut needles: HashMap<_, Vec<_>> = HashMap::new();
        for form in secrets.iter().filter(|secret| secret.len() >= SHORTEST).flat_map(|secret| forms(secret)) {
            if let Some(lead) = form.first_chunk::<LEAD>() {
                needles.entry(*lead).or_default().push(form);
            }
        }
        Self(needles)
    }

    /// The first secret in a text, as it stands there.
    pub fn found_in(&self, text: &[u8]) -> Option<Cow<'_, str>> {
        text.windows(LEAD).enumerate().find_map(|(at, lead)| {
            let candidates = self.0.get(lead)?;
            let found = candidates.iter().find(|needle| text[at..].starts_with(needle))?;
            Some(String::from_utf8_lossy(found))
        })
    }
}

/// What was searched, and what was found.
#[derive(Debug, Default)]
pub struct Searched {
    /// How many files and names there were.
    pub places: usize,
    /// Where a secret stands, and in which form.
    pub leaks: Vec<String>,
}

/// Searches the files below a folder, but for those that are there to hold secrets; and everything's name.
pub(crate) fn search_files(needles: &Needles, folder: &Path, private: &BTreeSet<PathBuf>) -> Searched {
    let mut searched = Searched::default();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path();
        let mut look = |bytes: &[u8], what: &str| {
            searched.places += 1;
            let found = needles.found_in(bytes);
            searched.leaks.extend(found.map(|needle| format!("{}: {needle}{what}", path.display())));
        };
        look(entry.file_name().as_bytes(), " in its name");
        if path.is_symlink() {
            // What it leads to lies below the folder itself, or is none of its files, as the panel's programs are.
            continue;
        }
        if path.is_file() && !private.contains(&path) {
            look(&content(&path), "");
        }
        if path.is_dir() {
            let below = search_files(needles, &path, private);
            searched.places += below.places;
            searched.leaks.extend(below.leaks);
        }
    }
    searched
}

/// What a file says: its bytes, and what is compressed in it where it is a workbook, and its cells; told by its content.
fn content(path: &Path) -> Vec<u8> {
    let mut bytes = fs::read(path).unwrap();
    if is_program(&bytes) {
        // Such as the panel copies into its folder where links do not do; it was built before there were secrets.
        return Vec::new();
    }
    if bytes.starts_with(b"PK") {
        let inside = [inflated(&bytes), cells(&bytes)].concat();
        bytes.extend(inside);
    }
    bytes
}

/// Whether it is one, and not what a program has left when it was killed, which is written alike.
fn is_program(bytes: &[u8]) -> bool {
    const KIND: usize = 16;
    const CORE: u8 = 4;
    bytes.starts_with(b"\x7fELF") && bytes.get(KIND) != Some(&CORE)
}

fn inflated(archive: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Ok(mut archive) = ZipArchive::new(Cursor::new(archive)) {
        for number in 0..archive.len() {
            archive.by_index(number).unwrap().read_to_end(&mut bytes).unwrap();
        }
    }
    bytes
}

fn cells(workbook: &[u8]) -> Vec<u8> {
    let Ok(mut workbook) = open_workbook_auto_from_rs(Cursor::new(workbook)) else { return Vec::new() };
    let sheets = workbook.worksheets();
    let cells = sheets.iter().flat_map(|(_, sheet)| sheet.used_cells()).map(|(_, _, cell)| cell.to_string());
    cells.collect::<Vec<_>>().join("\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

    use super::*;

    #[test]
    fn a_secret_is_found_in_every_form() {
        let needles = Needles::new(&BTreeSet::from(["p+q é\"%41".to_owned()]));
        for text in [
            "p+q é\"%41",
            "password=p%2Bq+%C3%A9%22%2541&x",
            "?p%2Bq%20%C3%A9%22%2541",
            "?p%2bq%20%c3%a9%22%2541",
            r#"{"a":"p+q é\"%41"}"#,
            "a,\"p+q é\"\"%41\",b",
        ] {
            assert!(needles.found_in(text.as_bytes()).is_some(), "{text}");
        }
        assert_eq!(needles.found_in(b"p+q \"%41"), None);
    }

    #[test]
    fn a_secret_is_found_in_json_escapes() {
        let needles = Needles::new(&BTreeSet::from(["p&\"é😀z".to_owned()]));
        for text in [
            r#"p&\"é😀z"#,
            r#"p&\"\u00e9\ud83d\ude00z"#,
            r"p\u0026\u0022\u00E9\uD83D\uDE00z",
            r"\u0070\u0026\u0022\u00e9\ud83d\ude00\u007a",
        ] {
            assert!(needles.found_in(format!("{{\"a\":\"{text}\"}}").as_bytes()).is_some(), "{text}");
        }
    }

    #[test]
    fn a_secret_is_found_in_base64_wherever_it_begins() {
        let needles = Needles::new(&BTreeSet::from(["Tide?>Orchard".to_owned()]));
        for before in ["", "a", "ab", "abc"] {
            for after in ["", "x", "yz"] {
                let text = format!("{before}Tide?>Orchard{after}");
                for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
                    let encoded = engine.encode(&text);
                    assert!(needles.found_in(encoded.as_bytes()).is_some(), "{text}: {encoded}");
                }
            }
        }
        assert_eq!(needles.found_in(STANDARD_NO_PAD.encode("Tree?>Orchard").as_bytes()), None);
    }

    #[test]
    fn a_secret_is_found_in_utf_16() {
        let needles = Needles::new(&BTreeSet::from(["Tide&é".to_owned()]));
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let text: Vec<_> = "a Tide&é b".encode_utf16().flat_map(bytes).collect();
            assert!(needles.found_in(&text).is_some());
        }
    }

    #[test]
    fn a_secret_is_found_in_html_and_shells_and_digits_and_backwards() {
        let needles = Needles::new(&BTreeSet::from(["Tide's <&\"é".to_owned()]));
        for text in [
            "<p>Tide's &lt;&amp;\"é</p>",
            "<p>Tide's &lt;&amp;&quot;é</p>",
            "<p>Tide&#39;s &lt;&amp;&quot;é</p>",
            "&#84;&#105;&#100;&#101;&#39;&#115;&#32;&#60;&#38;&#34;&#233;",
            "&#x54;&#x69;&#x64;&#x65;&#x27;&#x73;&#x20;&#x3c;&#x26;&#x22;&#xe9;",
            "password: 'Tide''s <&\"é'",
            r#"'Tide'\''s <&"é'"#,
            "546964652773203c2622c3a9",
            "546964652773203C2622C3A9",
            "é\"&< s'ediT",
        ] {
            assert!(needles.found_in(text.as_bytes()).is_some(), "{text}");
        }
    }

    #[test]
    fn a_secret_is_found_in_what_is_left_of_a_killed_program() {
        let folder = tempfile::tempdir().unwrap();
        let needles = Needles::new(&BTreeSet::from(["Tide&Orchard".to_owned()]));
        for (kind, found) in [(2, 0), (3, 0), (4, 1)] {
            let bytes = [b"\x7fELF".as_slice(), &[0; 12], &[kind, 0], b"Tide&Orchard"].concat();
            fs::write(folder.path().join("elf"), bytes).unwrap();
            assert_eq!(search_files(&needles, folder.path(), &BTreeSet::new()).leaks.len(), found, "{kind}");
        }
    }

    #[test]
    fn a_secret_is_found_in_names_of_files_and_folders() {
        let needles = Needles::new(&BTreeSet::from(["Tide&Orchard".to_owned()]));
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("of-Tide&Orchard")).unwrap();
        fs::write(folder.path().join("of-Tide&Orchard/Tide%26Orchard.csv"), "").unwrap();
        assert_eq!(search_files(&needles, folder.path(), &BTreeSet::new()).leaks.len(), 2);
    }

    #[test]
    fn a_secret_is_found_in_the_cells_of_a_workbook() {
        let folder = tempfile::tempdir().unwrap();
        let rows = [("anna@example.com".to_owned(), "Tide&Orchard".to_owned())];
        fs::write(folder.path().join("a.xlsx"), crate::files::xlsx(&rows)).unwrap();
        let needles = Needles::new(&BTreeSet::from(["Tide&Orchard".to_owned()]));
        assert_eq!(search_files(&needles, folder.path(), &BTreeSet::new()).leaks.len(), 1);
        let private = BTreeSet::from([folder.path().join("a.xlsx")]);
        assert_eq!(search_files(&needles, folder.path(), &private).leaks.len(), 0);
    }
}
