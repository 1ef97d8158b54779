//! A glance at a sheet of Excel 2007 or later: whether it is written so plainly that the library which reads it cannot
//! miss or mistake anything in it. Nearly all sheets are, and need not be looked through by themselves, which takes far longer.

use memchr::{memchr_iter, memmem};
use zeroize::Zeroizing;

use super::markup::Depth;
use super::plain_tags::{is_harmless, is_plain_value, is_utf_8, local, name_of, plain_cell, plain_row, tag_of};

/// How much is kept of what stands behind a `<` until the next one comes; no plain tag is longer.
const LONGEST: usize = 4096;

/// A sheet as far as it has come.
pub(super) struct Glance {
    is_plain: bool,
    next: Next,
    has_data: bool,
    in_cell: bool,
    depth: Depth,
    /// What has come since the last `<`, where bytes ended between two.
    piece: Zeroizing<Vec<u8>>,
}

/// What must come next.
#[derive(Clone, Copy)]
enum Next {
    Beginning,
    Declaration,
    Root,
    Anything,
    EndOfValue,
    EndOfCell,
}

impl Glance {
    /// Of a sheet of which nothing has come yet.
    pub(super) fn new() -> Self {
        let piece = Zeroizing::new(Vec::with_capacity(LONGEST));
        Self { is_plain: true, next: Next::Beginning, has_data: false, in_cell: false, depth: Depth::default(), piece }
    }

    /// Looks at the next bytes; once something is not plain, at no more of them.
    pub(super) fn over(&mut self, new: &[u8]) {
        let mut start = 0;
        if self.is_plain {
            for end in memchr_iter(b'<', new) {
                self.end_piece(&new[start..end]);
                start = end + 1;
                if !self.is_plain {
                    return;
                }
            }
            self.keep(&new[start..]);
        }
    }

    /// The sheet has ended: whether all of it was plain.
    pub(super) fn ended(mut self) -> bool {
        self.end_piece(b"");
        self.is_plain && self.depth.is_closed() && matches!(self.next, Next::Anything)
    }

    fn keep(&mut self, rest: &[u8]) {
        let room = LONGEST.saturating_sub(self.piece.len()).min(rest.len());
        self.piece.extend_from_slice(&rest[..room]);
    }

    fn end_piece(&mut self, rest: &[u8]) {
        if self.piece.is_empty() {
            self.is_plain &= self.fits(rest);
            return;
        }
        self.keep(rest);
        let mut piece = std::mem::take(&mut self.piece);
        self.is_plain &= self.fits(&piece);
        piece.clear();
        self.piece = piece;
    }

    /// Whether a piece, which begins behind a `<` and ends before the next one, is as plain as it must be where it stands.
    fn fits(&mut self, piece: &[u8]) -> bool {
        match self.next {
            Next::Beginning => {
                self.next = Next::Declaration;
                matches!(piece, b"" | b"\xef\xbb\xbf")
            }
            Next::Declaration if piece.starts_with(b"?xml ") => {
                self.next = Next::Root;
                is_utf_8(piece)
            }
            Next::Declaration | Next::Root => {
                self.next = Next::Anything;
                name_of(piece) == b"worksheet" && self.begins(piece)
            }
            Next::Anything => match piece.first() {
                Some(b'/') => {
                    let name = local(name_of(&piece[1..]));
                    self.in_cell &= name != b"c";
                    self.ends(name != b"v")
                }
                Some(b'!' | b'?') => false,
                _ => self.begins(piece),
            },
            Next::EndOfValue => {
                self.next = Next::EndOfCell;
                self.ends(piece == b"/v>")
            }
            Next::EndOfCell => {
                self.next = Next::Anything;
                self.in_cell = false;
                self.ends(piece.starts_with(b"/c>"))
            }
        }
    }

    fn ends(&mut self, fits: bool) -> bool {
        let is_open = !self.depth.is_closed();
        self.depth.end();
        fits && is_open
    }

    fn begins(&mut self, piece: &[u8]) -> bool {
        let Some((tag, behind)) = tag_of(piece) else { return false };
        if !tag.ends_with(b"/") && self.depth.begin().is_err() {
            return false;
        }
        match name_of(tag) {
            b"c" => !std::mem::replace(&mut self.in_cell, !tag.ends_with(b"/")) && plain_cell(tag).is_some(),
            b"row" => plain_row(tag).is_some(),
            b"v" => {
                self.next = Next::EndOfValue;
                self.in_cell && tag == b"v" && is_plain_value(behind)
            }
            b"col" => memmem::find(tag, b"hidden").is_none(),
            b"sheetData" => !std::mem::replace(&mut self.has_data, true),
            name => is_harmless(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a sheet is plain, in whatever pieces it comes.
    fn is_plain(sheet: &[u8]) -> bool {
        let [whole, by_seven, by_one] = [sheet.len(), 7, 1].map(|size| {
            let mut glance = Glance::new();
            sheet.chunks(size.max(1)).for_each(|bytes| glance.over(bytes));
            glance.ended()
        });
        assert_eq!((whole, whole), (by_seven, by_one), "{}", String::from_utf8_lossy(sheet));
        whole
    }

    fn sheet(before: &str, rows: &str, behind: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<worksheet xmlns=\"x>y\" xmlns:x14ac='z'>{before}<sheetData>{rows}</sheetData>{behind}</worksheet>"
        )
    }

    #[test]
    fn what_programs_write_is_plain() {
        let rows = r#"<row r="1" spans="1:2" x14ac:dyDescent="0.25"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2" t="s"><v>1234567890</v></c></row>
            <row r="2"><c r="A2" s="1"/><c r="B2" t="inlineStr"><is><t xml:space="preserve">a &amp; b > c </t></is></c><c><f>A1&lt;2</f><v>7</v></c></row><row/>"#;
        let before = r#"<dimension ref="A1:B2"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="1" max="1" width="9"/></cols>"#;
        let behind = r#"<pageMargins left="0.7"/><extLst><ext uri="{1}"><x14:cfRule type="dataBar"/></ext></extLst>"#;
        assert!(is_plain(sheet(before, rows, behind).as_bytes()));
        assert!(is_plain(format!("\u{feff}{}", sheet("", rows, "")).as_bytes()));
        assert!(is_plain(b"<worksheet><sheetData/></worksheet>"));
    }

    /// INP-11, INP-17, INP-19: whatever the library misses or mistakes has the sheet looked through, in whatever spelling.
    #[test]
    fn what_may_be_missed_or_mistaken_is_not_plain() {
        let cell = |cell: &str| sheet("", &format!("<row>{cell}</row>"), "");
        assert!(is_plain(cell(r#"<c t="s"><v>1</v></c>"#).as_bytes()));
        for odd in [
            sheet(r#"<cols><col min="1" max="1" hidden="1"/></cols>"#, "", ""),
            sheet("<cols><x:col min='1' max='1'\nhidden='1'/></cols>", "", ""),
            sheet("", r#"<row r="1" hidden="1"/>"#, ""),
            sheet("", "<row\thidden='true'/>", ""),
            sheet("", "<x:row/>", ""),
            sheet("", r#"<row r="0"/>"#, ""),
            sheet("", r#"<row r="1048577"/>"#, ""),
            sheet("", r#"<row r="1" a="<t>" hidden="1"/>"#, ""),
            sheet("", r#"<row r="1" a=">" hidden="1"/>"#, ""),
            sheet("", "", r#"<mergeCells><mergeCell ref="A1:B2"/></mergeCells>"#),
            sheet("", "", r#"<mergeCells><a:mergeCell ref="A1:B2"/></mergeCells>"#),
            sheet("", "", "<sheetData/>"),
            sheet("", "", "<!-- -->"),
            sheet("<?x?>", "", ""),
            sheet("", &"<a>".repeat(300), &"</a>".repeat(300)),
            sheet("", "<a>", ""),
            sheet("<a\u{e9}/>", "", ""),
            sheet("", "", "").replace("UTF-8", "ISO-8859-1"),
            sheet("", "", "").replace("worksheet", "x:worksheet"),
            format!("x{}", sheet("", "", "")),
            "<worksheet".to_owned(),
            "</worksheet>".to_owned(),
            String::new(),
        ] {
            assert!(!is_plain(odd.as_bytes()), "{odd}");
        }
        let wide: Vec<u8> = sheet("", "", "").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(!is_plain(&wide) && !is_plain(&wide[1..]));
        for odd in [
            r#"<c t="e"><v>#SPILL!</v></c>"#,
            r#"<c t="s"><v>-1</v></c>"#,
            r#"<c t="s"><v> 1</v></c>"#,
            r#"<c t="s"><v>12345678901</v></c>"#,
            r#"<c t="s"><v>1&#48;</v></c>"#,
            r#"<c t="s"><v>1<x/></v></c>"#,
            r#"<c t="s"><v>1</v><v>2</v></c>"#,
            r#"<c t="s"><v>1</v> <v>2</v></c>"#,
            r#"<c t="s"><x:v>1</x:v></c>"#,
            r#"<c t="s"><v a="b">1</v></c>"#,
            r#"<c t="s"><v/></c>"#,
            r#"<c t="s"></v></c>"#,
            r#"<c t="s"></v ></c>"#,
            "<c t='s'><v>1</v></c>",
            r#"<c  t="s"><v>1</v></c>"#,
            r#"<c t="s" t="n"><v>1</v></c>"#,
            r#"<c t="s" r="A1"><v>1</v></c>"#,
            r#"<c r="A0"/>"#,
            r#"<c r="AAAA1"/>"#,
            r#"<c r="A1" cm="1"/>"#,
            "<c><v>1.5</v></c>",
            "<v>1</v>",
            "<v>1</v></c>",
            "<c><c></c></c>",
            "<x:c/>",
        ] {
            assert!(!is_plain(cell(odd).as_bytes()), "{odd}");
        }
    }
}
