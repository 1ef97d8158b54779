//! The parts of plain workbooks, of which cases change some: a header, and a mailbox in the second row.

use serde::Deserialize;

use super::pieces::Content;
use super::zip::Part;

/// A workbook of Excel 2007 or later with one sheet: `email` and `password`, and below them a mailbox.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Workbook {
    /// The cell B2, as XML.
    pub(crate) password: Option<String>,
    /// The cell A2, as XML.
    pub(crate) address: Option<String>,
    /// What stands between the tags of `sheetData`, instead of all that.
    pub(crate) rows: Option<Content>,
    /// What stands before `sheetData`.
    #[serde(default)]
    pub(crate) before: String,
    /// What stands behind `sheetData`.
    #[serde(default)]
    pub(crate) behind: String,
    /// The table of texts: what stands between the tags of `sst`.
    pub(crate) texts: Option<Content>,
    /// The styles: what stands between the tags of `styleSheet`.
    pub(crate) styles: Option<String>,
}

/// An ODS spreadsheet with one sheet of the same.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Spreadsheet {
    /// The cell B2, as XML.
    pub(crate) password: Option<String>,
    /// What stands between the tags of the table, instead of all that.
    pub(crate) rows: Option<Content>,
    /// What stands before the document's first tag.
    #[serde(default)]
    pub(crate) before: String,
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

impl Workbook {
    /// Its parts.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let mut parts = vec![
            Part::new("[Content_Types].xml", types().as_str()),
            Part::new(
                "_rels/.rels",
                relations(&[("rId1", "officeDocument", "xl/workbook.xml")]).as_str(),
            ),
            Part::new(
                "xl/workbook.xml",
                format!(
                    r#"<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>"#
                )
                .as_str(),
            ),
            Part::new("xl/_rels/workbook.xml.rels", self.workbook_relations().as_str()),
        ];
        if let Some(texts) = &self.texts {
            parts.push(Part::new(
                "xl/sharedStrings.xml",
                around(&format!(r#"<sst xmlns="{MAIN}">"#), texts.clone(), "</sst>"),
            ));
        }
        if let Some(styles) = &self.styles {
            let styles = format!(r#"<styleSheet xmlns="{MAIN}">{styles}</styleSheet>"#);
            parts.push(Part::new("xl/styles.xml", styles.as_str()));
        }
        parts.push(Part::new("xl/worksheets/sheet1.xml", self.sheet()));
        parts
    }

    fn workbook_relations(&self) -> String {
        let mut found = vec![("rId1", "worksheet", "worksheets/sheet1.xml")];
        found.extend(self.texts.as_ref().map(|_| ("rId2", "sharedStrings", "sharedStrings.xml")));
        found.extend(self.styles.as_ref().map(|_| ("rId3", "styles", "styles.xml")));
        relations(&found)
    }

    fn sheet(&self) -> Content {
        let begin = format!(r#"<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{}<sheetData>"#, self.before);
        let rows = self.rows.clone().unwrap_or_else(|| {
            let own = |cell: &Option<String>, place, text| cell.clone().unwrap_or_else(|| inline(place, text));
            let (address, password) =
                (own(&self.address, "A2", "anna@example.com"), own(&self.password, "B2", "Tide&amp;Orchard#7"));
            let header = inline("A1", "email") + &inline("B1", "password");
            Content::Whole(format!(r#"<row r="1">{header}</row><row r="2">{address}{password}</row>"#))
        });
        around(&begin, rows, &format!("</sheetData>{}</worksheet>", self.behind))
    }
}

impl Spreadsheet {
    /// Its parts.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let spaces = ["office", "table", "text"]
            .map(|space| format!(r#" xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0""#));
        let begin = format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>{}<office:document-content{} office:version="1.3"><office:body><office:spreadsheet><table:table table:name="Sheet1">"#,
            self.before,
            spaces.concat()
        );
        let rows = self.rows.clone().unwrap_or_else(|| {
            let password = self.password.clone().unwrap_or_else(|| text("Tide&amp;Orchard#7"));
            let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
            Content::Whole(row(text("email") + &text("password")) + &row(text("anna@example.com") + &password))
        });
        let end = "</table:table></office:spreadsheet></office:body></office:document-content>";
        let manifest = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
        let kind = Part { store: true, ..Part::new("mimetype", "application/vnd.oasis.opendocument.spreadsheet") };
        vec![kind, Part::new("META-INF/manifest.xml", manifest), Part::new("content.xml", around(&begin, rows, end))]
    }
}

fn around(begin: &str, content: Content, end: &str) -> Content {
    let whole = [Content::from(begin), content, Content::from(end)];
    Content::Pieces(whole.iter().flat_map(Content::pieces).collect())
}

fn inline(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn text(text: &str) -> String {
    format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
}

fn types() -> String {
    let parts = [
        ("workbook", "sheet.main"),
        ("worksheets/sheet1", "worksheet"),
        ("sharedStrings", "sharedStrings"),
        ("styles", "styles"),
    ];
    let parts =
        parts.map(|(name, kind)| format!(r#"<Override PartName="/xl/{name}.xml" ContentType="{KIND}.{kind}+xml"/>"#));
    format!(
        r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{}</Types>"#,
        parts.concat()
    )
}

fn relations(found: &[(&str, &str, &str)]) -> String {
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!(r#"<Relationship Id="{id}" Type="{RELATIONS}/{kind}" Target="{target}"/>"#)
    };
    let all: String = found.iter().map(one).collect();
    format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{all}</Relationships>"#)
}
