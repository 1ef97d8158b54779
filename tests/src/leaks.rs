//! Finds secrets where they must not be, in whatever form they may have got there.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use calamine::{Reader as _, open_workbook_auto_from_rs};

/// What is shorter is found by chance, in a time or a number.
const SHORTEST: usize = 5;

/// So many bytes lead to a secret.
const LEAD: usize = 4;

/// The secrets, each in its forms, by their first bytes.
pub(crate) struct Needles(HashMap<[u8; LEAD], Vec<Vec<u8>>>);

impl Needles {
    /// What to look for.
    pub(crate) fn new(secrets: &BTreeSet<String>) -> Self {
        let mut needles: HashMap<_, Vec<_>> = HashMap::new();
        for form in secrets.iter().filter(|secret| secret.len() >= SHORTEST).flat_map(|secret| forms(secret)) {
            if let Some(lead) = form.first_chunk::<LEAD>() {
                needles.entry(*lead).or_default().push(form);
            }
        }
        Self(needles)
    }

    /// The first secret in a text, as it stands there.
    pub(crate) fn found_in(&self, text: &[u8]) -> Option<Cow<'_, str>> {
        text.windows(LEAD).enumerate().find_map(|(at, lead)| {
            let candidates = self.0.get(lead)?;
            let found = candidates.iter().find(|needle| text[at..].starts_with(needle))?;
            Some(String::from_utf8_lossy(found))
        })
    }
}

/// The secret as it is, and as programs write it: percent-encoded, in JSON and CSV, in base64, and in UTF-16.
fn forms(secret: &str) -> BTreeSet<Vec<u8>> {
    let texts = percent_encoded(secret).into_iter().chain(in_json(secret)).chain(in_base64(secret));
    let texts = texts.chain([secret.to_owned(), secret.replace('"', "\"\"")]);
    let utf_16 = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    texts.map(String::into_bytes).chain([utf_16]).collect()
}

/// With different characters left as they are, and with escapes in upper and lower case.
fn percent_encoded(secret: &str) -> [String; 5] {
    let percent = |keep: &str| -> String {
        let encode = |byte: u8| match char::from(byte) {
            plain if plain.is_ascii_alphanumeric() || keep.contains(plain) => plain.to_string(),
            _ => format!("%{byte:02X}"),
        };
        secret.bytes().map(encode).collect()
    };
    let form = percent("*-._ ").replace(' ', "+");
    let uri = percent("-._~");
    let [form_lower, uri_lower] = [&form, &uri].map(|text| lower_escapes(text));
    [form, uri, percent(""), form_lower, uri_lower]
}

/// With as few escapes as JSON allows, and with more and more of `\u0041`, in upper and lower case.
fn in_json(secret: &str) -> Vec<String> {
    let plain: [fn(char) -> bool; 5] = [
        |_| true,
        |letter| letter.is_ascii(),
        |letter| letter.is_ascii() && !"<>&'+\"".contains(letter),
        |letter| letter.is_ascii_alphanumeric(),
        |_| false,
    ];
    let unit = |unit: u16, upper| if upper { format!("\\u{unit:04X}") } else { format!("\\u{unit:04x}") };
    let letter = |letter: char, plain: fn(char) -> bool, upper| {
        if plain(letter) {
            let json = serde_json::Value::from(letter.to_string()).to_string();
            return json[1..json.len() - 1].to_owned();
        }
        letter.encode_utf16(&mut [0; 2]).iter().map(|&code| unit(code, upper)).collect()
    };
    let ways = plain.into_iter().flat_map(|plain| [(plain, false), (plain, true)]);
    ways.map(|(plain, upper)| secret.chars().map(|character| letter(character, plain, upper)).collect()).collect()
}

/// In both alphabets, and wherever in a group of three bytes it begins: what of its base64 does not depend on the bytes around it.
fn in_base64(secret: &str) -> Vec<String> {
    let whole = |before: usize| {
        let bytes = [&vec![0; before], secret.as_bytes()].concat();
        let certain = (before * 8).div_ceil(6)..bytes.len() * 8 / 6;
        [STANDARD_NO_PAD, URL_SAFE_NO_PAD].map(|engine| engine.encode(&bytes)[certain.clone()].to_owned())
    };
    (0..3).flat_map(whole).collect()
}

/// The same text with its escapes in lower case.
fn lower_escapes(text: &str) -> String {
    let mut parts = text.split('%');
    let begin = parts.next().unwrap_or_default().to_owned();
    parts.fold(begin, |text, part| {
        let (escape, rest) = part.split_at(2);
        format!("{text}%{}{rest}", escape.to_ascii_lowercase())
    })
}

/// The files below a folder in which a secret stands, but for those that are there to hold secrets; and whatever has one in its name.
pub(crate) fn found_in_files(needles: &Needles, folder: &Path, private: &BTreeSet<PathBuf>) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = entry.path();
        let in_name = needles.found_in(entry.file_name().as_bytes());
        found.extend(in_name.map(|needle| format!("{}: {needle} in its name", path.display())));
        if path.is_symlink() {
            // What it leads to lies below the folder itself, or is none of its files, as the panel's programs are.
            continue;
        }
        if path.is_dir() {
            found.extend(found_in_files(needles, &path, private));
        } else if path.is_file() && !private.contains(&path) {
            found.extend(needles.found_in(&content(&path)).map(|needle| format!("{}: {needle}", path.display())));
        }
    }
    found
}

/// What a file says: its bytes, and the cells where it is a workbook, told by its content.
fn content(path: &Path) -> Vec<u8> {
    let mut bytes = fs::read(path).unwrap();
    if bytes.starts_with(b"\x7fELF") {
        // A program, such as the panel copies into its folder where links do not do; it was built before there were secrets.
        return Vec::new();
    }
    if bytes.starts_with(b"PK") {
        let mut workbook = open_workbook_auto_from_rs(std::io::Cursor::new(&bytes)).unwrap();
        let sheets = workbook.worksheets();
        let cells = sheets.iter().flat_map(|(_, sheet)| sheet.used_cells()).map(|(_, _, cell)| cell.to_string());
        let cells: Vec<_> = cells.collect();
        bytes.extend(cells.join("\n").into_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
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
        let text: Vec<_> = "a Tide&é b".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(needles.found_in(&text).is_some());
    }

    #[test]
    fn a_secret_is_found_in_names_of_files_and_folders() {
        let needles = Needles::new(&BTreeSet::from(["Tide&Orchard".to_owned()]));
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("of-Tide&Orchard")).unwrap();
        fs::write(folder.path().join("of-Tide&Orchard/Tide%26Orchard.csv"), "").unwrap();
        assert_eq!(found_in_files(&needles, folder.path(), &BTreeSet::new()).len(), 2);
    }

    #[test]
    fn a_secret_is_found_in_the_cells_of_a_workbook() {
        let folder = tempfile::tempdir().unwrap();
        let rows = [("anna@example.com".to_owned(), "Tide&Orchard".to_owned())];
        fs::write(folder.path().join("a.xlsx"), crate::files::xlsx(&rows)).unwrap();
        let needles = Needles::new(&BTreeSet::from(["Tide&Orchard".to_owned()]));
        assert_eq!(found_in_files(&needles, folder.path(), &BTreeSet::new()).len(), 1);
        let private = BTreeSet::from([folder.path().join("a.xlsx")]);
        assert_eq!(found_in_files(&needles, folder.path(), &private).len(), 0);
    }
}
