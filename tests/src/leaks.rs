//! Finds secrets where they must not be, in whatever form they may have got there.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Reader as _, open_workbook_auto_from_rs};

/// What is shorter is found by chance, in a time or a number.
const SHORTEST: usize = 5;

/// So many bytes lead to a secret.
const LEAD: usize = 4;

/// The secrets, each in its forms, by their first bytes.
pub(crate) struct Needles(HashMap<[u8; LEAD], Vec<String>>);

impl Needles {
    /// What to look for.
    pub(crate) fn new(secrets: &BTreeSet<String>) -> Self {
        let mut needles: HashMap<_, Vec<_>> = HashMap::new();
        for form in secrets.iter().filter(|secret| secret.len() >= SHORTEST).flat_map(|secret| forms(secret)) {
            if let Some(lead) = form.as_bytes().first_chunk::<LEAD>() {
                needles.entry(*lead).or_default().push(form);
            }
        }
        Self(needles)
    }

    /// The first secret in a text.
    pub(crate) fn found_in(&self, text: &[u8]) -> Option<&str> {
        text.windows(LEAD).enumerate().find_map(|(at, lead)| {
            let candidates = self.0.get(lead)?;
            candidates.iter().find(|needle| text[at..].starts_with(needle.as_bytes())).map(String::as_str)
        })
    }
}

/// The secret as it is, percent-encoded in several ways, and as JSON and CSV write it.
fn forms(secret: &str) -> BTreeSet<String> {
    let json = serde_json::Value::from(secret).to_string();
    let percent = |keep: &str| -> String {
        let encode = |byte: u8| match char::from(byte) {
            plain if plain.is_ascii_alphanumeric() || keep.contains(plain) => plain.to_string(),
            _ => format!("%{byte:02X}"),
        };
        secret.bytes().map(encode).collect()
    };
    let form = percent("*-._ ").replace(' ', "+");
    let uri = percent("-._~");
    let everything = percent("");
    let lower = [&form, &uri].map(|text| lower_escapes(text));
    let [form_lower, uri_lower] = lower;
    let json = json[1..json.len() - 1].to_owned();
    [secret.to_owned(), secret.replace('"', "\"\""), json, form, uri, everything, form_lower, uri_lower].into()
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

/// The files below a folder in which a secret stands, but for those that are there to hold secrets.
pub(crate) fn found_in_files(needles: &Needles, folder: &Path, private: &BTreeSet<PathBuf>) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
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
