//! `LibreOffice`, without a window: it opens files as a user would, and saves what it made of them.

use std::process::Command;

use calamine::{Data, Ods, Range, Reader as _, open_workbook};
use cprekey_tests::Place;

/// What `LibreOffice` made of a file: its first sheet, and the formulas and texts of all of them.
#[derive(Debug)]
pub(crate) struct Sheet {
    first: Range<Data>,
    formulas: Vec<String>,
    texts: Vec<String>,
}

impl Sheet {
    /// How many rows the first sheet has.
    pub(crate) fn height(&self) -> u32 {
        u32::try_from(self.first.height()).unwrap()
    }

    /// The text in a cell of the first sheet; a number, a date or an error is none.
    pub(crate) fn text(&self, row: u32, column: u32) -> String {
        match self.first.get_value((row, column)) {
            Some(Data::String(text)) => told_apart(text),
            None | Some(Data::Empty) => String::new(),
            Some(other) => format!("no text, but {other:?}"),
        }
    }

    /// Every formula.
    pub(crate) fn formulas(&self) -> &[String] {
        &self.formulas
    }

    /// Every text of every sheet.
    pub(crate) fn all_texts(&self) -> &[String] {
        &self.texts
    }
}

/// A text whose blanks are told apart from what is no blank, and not from each other: the format counts them in a way of its own.
pub(crate) fn told_apart(text: &str) -> String {
    text.split([' ', '\u{a0}']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Opens workbooks.
pub(crate) fn opened(place: &Place, files: &[&str]) -> Vec<Sheet> {
    converted(place, "workbooks", &[], files)
}

/// Opens text lists, split at these characters (numbers, as `LibreOffice`'s filter takes them), and with formulas evaluated.
pub(crate) fn opened_as_text(place: &Place, separators: &str, files: &[&str]) -> Vec<Sheet> {
    let filter = format!("--infilter=CSV:{separators},34,76,1,,0,false,false,false,false,false,-1,true");
    converted(place, &format!("at-{}", separators.replace('/', "-")), &[&filter], files)
}

/// One run of `LibreOffice` for all the files, with a profile of its own; they come as open documents into a folder of the place.
fn converted(place: &Place, folder: &str, options: &[&str], files: &[&str]) -> Vec<Sheet> {
    let profile = format!("-env:UserInstallation=file://{}", place.path("profile").display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--norestore", "--nolockcheck"])
        .args(options)
        .args(["--convert-to", "ods", "--outdir"])
        .arg(place.path(folder))
        .args(files)
        .env("HOME", place.path("home"))
        .current_dir(place.path(""))
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    let result = |file: &&str| format!("{folder}/{}.ods", file.rsplit_once('.').unwrap().0);
    files.iter().map(|file| read(place, &result(file))).collect()
}

fn read(place: &Place, name: &str) -> Sheet {
    let mut book: Ods<_> = open_workbook(place.path(name)).unwrap();
    let names = book.sheet_names();
    let ranges: Vec<_> = names.iter().map(|name| book.worksheet_range(name).unwrap()).collect();
    let formulas = names.iter().flat_map(|name| {
        let formulas = book.worksheet_formula(name).unwrap();
        let formulas: Vec<_> = formulas.used_cells().map(|(.., formula)| formula.clone()).collect();
        formulas
    });
    let formulas = formulas.filter(|formula| !formula.is_empty()).collect();
    let texts = ranges.iter().flat_map(Range::used_cells).map(|(.., cell)| cell.to_string()).collect();
    Sheet { first: ranges.into_iter().next().unwrap(), formulas, texts }
}
