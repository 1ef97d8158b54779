//! Which sheet of a workbook is the list.

use calamine::{Sheet, SheetType, SheetVisible};

use super::error::ListErrorKind;
use super::facts::ListFacts;
use super::some::some_of;
use crate::text::safe;

/// The most sheets that a workbook may have: each is looked at.
pub(super) const MOST_SHEETS: usize = 1_000;

/// The longest name of a sheet, in characters; it stands in every problem.
pub(super) const LONGEST_NAME: usize = 255;

/// Chooses the sheet: the one the user names, else the only one that holds something. `holds_something` is asked about each.
///
/// A hidden sheet is taken only by its name, or where no other holds anything.
pub(super) fn choose(
    sheets: &[Sheet],
    wanted: Option<&str>,
    facts: &mut ListFacts,
    mut holds_something: impl FnMut(&str) -> Result<bool, ListErrorKind>,
) -> Result<String, ListErrorKind> {
    if sheets.len() > MOST_SHEETS {
        return Err(ListErrorKind::TooBig("it has too many sheets"));
    }
    if sheets.iter().any(|sheet| sheet.name.chars().count() > LONGEST_NAME) {
        return Err(ListErrorKind::Damaged("the name of a sheet is longer than any program allows"));
    }
    let sheets = || sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let name = if let Some(wanted) = wanted {
        named(sheets(), wanted)?
    } else {
        let mut filled = Vec::new();
        for sheet in sheets() {
            if holds_something(&sheet.name)? {
                filled.push(sheet);
            }
        }
        only_one(&filled, facts)?
    };
    facts.sheet = Some(safe(&name).into_owned());
    Ok(name)
}

fn named<'a>(mut sheets: impl Iterator<Item = &'a Sheet> + Clone, wanted: &str) -> Result<String, ListErrorKind> {
    let all = sheets.clone();
    let lower = wanted.to_lowercase();
    let found = sheets.find(|sheet| sheet.name.to_lowercase() == lower).map(|sheet| sheet.name.clone());
    found.ok_or_else(|| ListErrorKind::UnknownSheet { sheets: all.map(described).collect() })
}

fn only_one(filled: &[&Sheet], facts: &mut ListFacts) -> Result<String, ListErrorKind> {
    let (seen, hidden): (Vec<&Sheet>, Vec<&Sheet>) =
        filled.iter().partition(|sheet| sheet.visible == SheetVisible::Visible);
    let (one, passed_over) = match (seen.as_slice(), hidden.as_slice()) {
        ([one], passed_over) => (one, passed_over),
        ([], [one]) => (one, &[][..]),
        ([], []) => return Err(ListErrorKind::Empty),
        _ => return Err(ListErrorKind::SeveralSheets { sheets: filled.iter().copied().map(described).collect() }),
    };
    if one.visible != SheetVisible::Visible {
        facts.warnings.push(format!("the only sheet that holds something is hidden: {}", safe(&one.name)));
    }
    if !passed_over.is_empty() {
        let names: Vec<_> = passed_over.iter().map(|sheet| safe(&sheet.name)).collect();
        facts.warnings.push(format!("hidden sheets were passed over: {}", some_of(&names)));
    }
    Ok(one.name.clone())
}

fn described(sheet: &Sheet) -> String {
    let name = safe(&sheet.name);
    if sheet.visible == SheetVisible::Visible { name.into_owned() } else { format!("{name} (hidden)") }
}

#[cfg(test)]
mod tests {
    use super::super::facts::Format;
    use super::*;

    fn sheet(name: &str, visible: SheetVisible) -> Sheet {
        Sheet { name: name.to_owned(), typ: SheetType::WorkSheet, visible }
    }

    /// Chooses among `Empty`, `One`, `Two` and a hidden `Three`, of which `filled` hold something.
    fn chosen(filled: &[&str], wanted: Option<&str>) -> Result<(String, usize), String> {
        let sheets = [
            sheet("Empty", SheetVisible::Visible),
            sheet("One", SheetVisible::Visible),
            sheet("Two", SheetVisible::Visible),
            sheet("Three", SheetVisible::Hidden),
            sheet("Four", SheetVisible::VeryHidden),
        ];
        let mut facts = ListFacts::new("list.xlsx".to_owned(), Format::Xlsx);
        let name = choose(&sheets, wanted, &mut facts, |name| Ok(filled.contains(&name)));
        name.map(|name| (name, facts.warnings.len())).map_err(|error| error.to_string())
    }

    #[test]
    fn the_only_sheet_with_something_is_the_list() {
        assert_eq!(chosen(&["One"], None), Ok(("One".into(), 0)));
        assert_eq!(chosen(&["One", "Three"], None), Ok(("One".into(), 1)));
        assert_eq!(chosen(&["Three"], None), Ok(("Three".into(), 1)));
        assert_eq!(chosen(&[], None), Err("it is empty".into()));
        assert_eq!(
            chosen(&["One", "Two", "Three"], None),
            Err("several sheets hold something: One, Two, Three (hidden)".into())
        );
        assert_eq!(
            chosen(&["Three", "Four"], None),
            Err("several sheets hold something: Three (hidden), Four (hidden)".into())
        );
    }

    #[test]
    fn a_name_goes_before_everything() {
        assert_eq!(chosen(&["One", "Two"], Some("two")), Ok(("Two".into(), 0)));
        assert_eq!(chosen(&["One"], Some("Three")), Ok(("Three".into(), 0)));
        assert_eq!(
            chosen(&["One"], Some("Nine")),
            Err("it has no sheet of that name; its sheets are Empty, One, Two, Three (hidden), Four (hidden)".into())
        );
    }
}
