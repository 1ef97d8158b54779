//! Which part of a workbook of Excel 2007 or later is which, found as the library that reads it finds them, and whether each is what it
//! may be before the library takes it in.

use std::collections::{HashMap, HashSet};

use quick_xml::events::BytesStart;

use super::budget::normal;
use super::error::ListErrorKind;
use super::markup::{malformed, plain, raw, tags};
use super::part::Part;
use super::parts::{Parts, damaged};
use super::sheets::MOST_SHEETS;

/// What a workbook is made of.
pub(super) struct Book<'a> {
    /// In its own order.
    pub(super) sheets: Vec<SheetPart<'a>>,
    /// The table of the texts that cells share.
    pub(super) texts: Option<&'a Part>,
}

/// A sheet.
pub(super) struct SheetPart<'a> {
    pub(super) name: String,
    /// Whether it is one of cells, and users see it.
    pub(super) is_seen: bool,
    /// Where it stands.
    pub(super) part: Option<&'a Part>,
}

/// What a relation is of, and what it leads to.
#[derive(Default)]
struct Relation {
    kind: String,
    target: String,
}

/// Tags that a small part may have besides one for each of its bytes, and those that the table of texts may have besides eight: an honest
/// table never says the same twice.
const FREE_TAGS: u64 = 50_000;
const FREE_TEXT_TAGS: u64 = 1_000_000;
const TEXT_TAGS_A_BYTE: u64 = 8;

/// What the styles may come to when the longest word of one is written out for each: bytes, and bytes for each byte in the file.
const FREE_STYLES: u64 = 16 << 20;
const STYLES_A_BYTE: u64 = 512;

/// Finds the parts of a workbook.
pub(super) fn read<'a>(parts: &mut Parts<'a, '_>) -> Result<Book<'a>, ListErrorKind> {
    let (folder, name) = document(parts)?;
    if let Some(styles) = parts.find(&format!("{folder}styles.xml")) {
        allow_styles(styles)?;
    }
    let texts = parts.find(&format!("{folder}sharedStrings.xml"));
    if let Some(texts) = texts {
        texts.allow_tags(FREE_TEXT_TAGS, TEXT_TAGS_A_BYTE)?;
    }
    if let Some(theme) = parts.find(&format!("{folder}theme/theme1.xml")) {
        theme.allow_tags(FREE_TAGS, 1)?;
    }
    let relations = targets(parts, &format!("{folder}_rels/{name}.rels"))?;
    let mut found = Vec::new();
    read_small(parts, &format!("{folder}{name}"), |element, tag| {
        if let (Some(tag), "sheet") = (tag, element) {
            let Relation { kind, target } = relations.get(&relation(tag)?).ok_or_else(damaged)?;
            let path = target.strip_prefix('/').map_or_else(|| format!("{folder}{target}"), str::to_owned);
            let is_seen = kind.ends_with("/worksheet") && raw(tag, "state")?.is_none_or(|state| state == "visible");
            found.push((plain(tag, "name")?.unwrap_or_default(), is_seen, path));
        }
        Ok(!(element == "workbook" && tag.is_none()))
    })?;
    plausible(&found)?;
    let sheets = found.into_iter().map(|(name, is_seen, path)| SheetPart { name, is_seen, part: parts.find(&path) });
    Ok(Book { sheets: sheets.collect(), texts })
}

/// The folder and the name of the part that is the workbook.
fn document(parts: &mut Parts<'_, '_>) -> Result<(String, String), ListErrorKind> {
    let mut found = None;
    read_small(parts, "_rels/.rels", |element, tag| {
        if let (Some(tag), "Relationship") = (tag, element)
            && raw(tag, "Type")?.is_some_and(|kind| kind.ends_with("/relationships/officeDocument"))
        {
            found = plain(tag, "Target")?.or(found.take());
        }
        Ok(true)
    })?;
    let target = found.ok_or_else(damaged)?;
    let (folder, name) = target.split_at(target.rfind('/').map_or(0, |slash| slash + 1));
    let name = if name.is_empty() { "workbook.xml" } else { name };
    Ok((folder.strip_prefix('/').unwrap_or(folder).to_owned(), name.to_owned()))
}

/// What each relation of the workbook leads to.
fn targets(parts: &mut Parts<'_, '_>, name: &str) -> Result<HashMap<String, Relation>, ListErrorKind> {
    let mut targets = HashMap::new();
    read_small(parts, name, |element, tag| {
        if let (Some(tag), "Relationship") = (tag, element)
            && let Some(id) = raw(tag, "Id")?
        {
            let word = |name| raw(tag, name).map(|word| word.unwrap_or_default().into_owned());
            targets.insert(id.into_owned(), Relation { kind: word("Type")?, target: word("Target")? });
        }
        Ok(true)
    })?;
    Ok(targets)
}

/// The relation of a sheet, whatever the prefix of its attribute.
fn relation(sheet: &BytesStart<'_>) -> Result<String, ListErrorKind> {
    let mut found = String::new();
    for attribute in sheet.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| malformed())?;
        if attribute.key.local_name().as_ref() == "id" {
            found = attribute.value.into_owned();
        }
    }
    Ok(found)
}

fn read_small(
    parts: &mut Parts<'_, '_>,
    name: &str,
    visit: impl FnMut(&str, Option<&BytesStart<'_>>) -> Result<bool, ListErrorKind>,
) -> Result<(), ListErrorKind> {
    let part = parts.find(name).ok_or_else(damaged)?;
    part.allow_tags(FREE_TAGS, 1)?;
    tags(parts.open(part)?, visit)
}

/// The library copies a font's name and a number's form into every style that has them.
fn allow_styles(styles: &Part) -> Result<(), ListErrorKind> {
    styles.allow_tags(FREE_TAGS, 1)?;
    let most = styles.compressed.saturating_mul(STYLES_A_BYTE).saturating_add(FREE_STYLES);
    if styles.tags.saturating_mul(styles.longest) > most {
        return Err(ListErrorKind::TooBig("its styles are too long for so many"));
    }
    Ok(())
}

/// Sheets that are one and the same part would have it read again and again.
fn plausible(sheets: &[(String, bool, String)]) -> Result<(), ListErrorKind> {
    let mut paths = HashSet::new();
    if sheets.len() > MOST_SHEETS {
        return Err(ListErrorKind::TooBig("it has too many sheets"));
    }
    if !sheets.iter().all(|(_, _, path)| paths.insert(normal(path.as_bytes()))) {
        return Err(ListErrorKind::Damaged("two of its sheets are one and the same"));
    }
    Ok(())
}
